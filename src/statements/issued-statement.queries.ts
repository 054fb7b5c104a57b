import type { Statement } from '../../templates/statement/statement.types.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { keptCompanyCode } from '../settlements/settlement-document.ts';
import { Problem } from '../shared/problem.ts';
import { findCorrection } from './statement-correction.queries.ts';
import { getCorrectedStatement, getStatement } from './statement.queries.ts';

/**
 * Which statement of a company and month was issued, and the checksum of its bytes.
 * @throws Problem `illegal-state` when none was issued.
 */
export async function getIssued(
  deps: Deps,
  { companyCode, period }: { readonly companyCode: string; readonly period: string },
): Promise<{ readonly id: string; readonly checksum: string }> {
  const issued = await sqlOf(emOf(deps))
    .selectFrom('settlement as s')
    .innerJoin('company as c', 'c.id', 's.companyId')
    .innerJoin('settlement_document as d', 'd.settlementId', 's.id')
    .innerJoin('statement_file as f', 'f.settlementId', 's.id')
    .select(['s.id', 'f.checksum'])
    .where('s.billingPeriod', '=', period)
    .where(({ ref }) => keptCompanyCode(ref('d.content'), ref('c.code')), '=', companyCode)
    .executeTakeFirst();
  if (issued) return issued;
  const detail =
    `No statement of ${companyCode} for ${period} was issued: nothing of that company and month is settled,` +
    ' or render-statements of the next night issues it.';
  throw new Problem('illegal-state', { detail });
}

/** The statement as it was issued (revision 1), or one of its corrections, with the checksum of its bytes. */
export async function getIssuedStatement(
  deps: Deps,
  { id, checksum }: { readonly id: string; readonly checksum: string },
  revision: number,
): Promise<{ readonly statement: Statement; readonly expected: string }> {
  if (revision === 1) return { statement: await getStatement(deps, id), expected: checksum };
  const correction = await findCorrection(deps, id, revision);
  if (!correction) throw new Problem('illegal-state', { detail: `There is no revision ${revision} of it.` });
  return { statement: await getCorrectedStatement(deps, correction), expected: correction.checksum };
}
