import type { Actor } from '../access/actor.ts';
import { actingCompany } from '../access/owned-by.ts';
import { CompanySchema } from '../companies/company.entity.ts';
import { ContractSchema } from '../contracts/contract.entity.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { contractDocument } from '../rendering/printed-document.ts';
import type { DownloadedFile } from '../shared/downloaded-file.ts';
import { Problem } from '../shared/problem.ts';
import { describeContract, type ContractToDraw } from './draw-contract.ts';
import { termsOfContract } from './contract-document.queries.ts';

/**
 * A contract of the actor's own company as a PDF. What is only proposed is not there for its people.
 * @throws Problem `permission-denied`, `contract-not-found`; `service-unavailable` when too many are being drawn
 */
export async function drawOwnContract(
  deps: Deps,
  actor: Actor,
  { validFrom, language }: Omit<ContractToDraw, 'companyCode'>,
): Promise<DownloadedFile> {
  const companyId = actingCompany(actor, 'settlement-figures:read');
  const { code: companyCode } = await emOf(deps).findOneOrFail(CompanySchema, { id: companyId });
  const contract = await emOf(deps).findOne(ContractSchema, { companyId, validFrom });
  if (!contract) throw new Problem('contract-not-found');
  const content = await describeContract(deps, {
    input: { companyCode, validFrom, language },
    companyId,
    contract,
    terms: termsOfContract(contract),
  });
  const body = await deps.documents.draw(contractDocument(content));
  return { filename: `contract-${content.number}-${language}.pdf`, type: 'application/pdf', body };
}
