import { sql } from 'kysely';
import { listPending } from '../access/approvals/approval.queries.ts';
import { can } from '../access/can.rules.ts';
import type { Actor } from '../access/actor.ts';
import { partiesOn } from '../companies/party-versions.ts';
import { contractApproval } from '../contracts/contract-approvals.ts';
import { readContractTerms, type ContractTerms } from '../contracts/contract-input.rules.ts';
import type { Contract } from '../contracts/contract.entity.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

export type DocumentTerms = ContractTerms & { readonly validTo?: string | null | undefined };

interface ContractKey {
  readonly companyCode: string;
  readonly validFrom: string;
}

/** The terms of a contract that is proposed and not decided, for who may read proposals. */
export async function findProposedTerms(
  deps: Deps,
  { companyCode, validFrom }: ContractKey,
  actor: Actor,
): Promise<DocumentTerms | undefined> {
  if (!can(actor, 'approvals:read')) return undefined;
  const pending = await listPending(deps, `company:${companyCode}`);
  const terms = pending
    .filter(({ kind }) => kind === contractApproval.kind)
    .map(({ input }) => readContractTerms(contractApproval.readInput(input)));
  return terms.find((proposed) => proposed.validFrom === validFrom);
}

/** The terms of a contract that holds. */
export const termsOfContract = ({ ...terms }: Contract): DocumentTerms => terms;

/** How documents of a date name a company. */
export async function getNamedCompany(deps: Deps, companyId: number, date: string) {
  const { rows } = await sql<{
    name: string;
    nameEn: string;
    address: string;
    registrationNumber: string | null;
    registeredFrom: string | null;
    registeredTo: string | null;
  }>`
    SELECT p.name, p.name_en AS nameEn, p.address, p.registration_number AS registrationNumber,
      p.registered_from AS registeredFrom, p.registered_to AS registeredTo
    FROM ${partiesOn('company', date)} p WHERE p.party_id = ${companyId}`.execute(sqlOf(emOf(deps)));
  const [company] = rows;
  if (!company) throw new Error(`there is no company ${companyId}`);
  return company;
}

/** The services of a company as documents of a date name them, by code. */
export async function listNamedServices(deps: Deps, companyId: number, date: string) {
  const { rows } = await sql<{
    code: string;
    name: string;
    nameEn: string;
    site: string;
    state: 'active' | 'suspended';
  }>`
    SELECT s.code, p.name, p.name_en AS nameEn, s.site_origin AS site, s.state
    FROM service s JOIN ${partiesOn('service', date)} p ON p.party_id = s.id
    WHERE s.company_id = ${companyId} ORDER BY s.code`.execute(sqlOf(emOf(deps)));
  return rows;
}
