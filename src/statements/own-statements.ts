import type { Readable } from 'node:stream';
import type { Actor } from '../access/actor.ts';
import { actingCompany } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { approvedOf } from '../settlements/approved-of-company.queries.ts';
import { Problem } from '../shared/problem.ts';
import { writeFeeInvoice, type FeeInvoiceToExport } from './export-fee-invoice.ts';
import { openIssuedFile } from './read-statement.ts';
import { findRevisions, type StatementRevision } from './statement-revisions.queries.ts';

interface OwnStatement {
  /** Of the settlement. */
  readonly number: string;
  readonly revision?: number | undefined;
}

/** The approved settlement of the actor's own company that a number names. @throws Problem `settlement-not-found` */
async function findOwn(deps: Deps, actor: Actor, number: string) {
  const companyId = actingCompany(actor, 'settlement-figures:read');
  const row = await approvedOf(deps, companyId)
    .innerJoin('company as c', 'c.id', 's.companyId')
    .select(['s.id', 's.number', 's.billingPeriod as period', 'c.code as companyCode'])
    .where('s.number', '=', number)
    .executeTakeFirst();
  if (!row) throw new Problem('settlement-not-found', { detail: `There is no settlement ${number}.` });
  return row;
}

/** What was issued for a settlement of the actor's own company, the first one first. @throws Problem `permission-denied`, `settlement-not-found` */
export async function listOwnStatements(
  deps: Deps,
  actor: Actor,
  { number }: OwnStatement,
): Promise<StatementRevision[]> {
  return await findRevisions(deps, await findOwn(deps, actor, number));
}

/**
 * The PDF of a statement of the actor's own company, as it was issued.
 * @throws Problem `permission-denied`, `settlement-not-found`; `illegal-state` before the night after its approval
 */
export async function readOwnStatement(
  deps: Deps,
  actor: Actor,
  { number, revision }: OwnStatement,
): Promise<{ readonly name: string; readonly body: Readable }> {
  const { companyCode, period } = await findOwn(deps, actor, number);
  return await openIssuedFile(deps, { companyCode, period, revision });
}

/**
 * The carrier's invoice for its fee to the actor's own company, as JP PINT.
 * @throws Problem `permission-denied`, `settlement-not-found`; `illegal-state` when there is none
 */
export async function exportOwnFeeInvoice(
  deps: Deps,
  actor: Actor,
  { number, ...which }: OwnStatement & Pick<FeeInvoiceToExport, 'of'>,
): Promise<{ readonly name: string; readonly xml: string }> {
  const { companyCode, period } = await findOwn(deps, actor, number);
  return await writeFeeInvoice(deps, { companyCode, period, ...which });
}
