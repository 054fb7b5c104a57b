import { join } from 'node:path';
import { sqlOf } from '../database/sql.ts';
import { emOf, inTransaction } from '../database/transaction.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { keptCompanyCode } from '../settlements/settlement-document.ts';
import { writeDocumentFile } from '../rendering/deliver-document.ts';
import { statementDocument } from '../rendering/printed-document.ts';
import { statementFileName, statementsDir } from './statement-file.ts';
import { findCorrection } from './statement-correction.queries.ts';
import { getCorrectedStatement, getStatement } from './statement.queries.ts';

interface StatementToExport {
  readonly companyCode: string;
  readonly period: string;
  /** 2 for the first correction; the statement itself by default. */
  readonly revision?: number | undefined;
}

/**
 * Writes an issued statement again, for a file that was lost or damaged. The bytes are compared with the checksum of its
 * issue before they replace the file; different bytes change nothing.
 * @throws Problem `illegal-state` when none was issued, `invariant-broken` when the bytes differ.
 */
export async function exportStatementAgain(
  deps: Deps,
  actor: Actor,
  { companyCode, period, revision = 1 }: StatementToExport,
): Promise<{ path: string; checksum: string }> {
  authorize(actor, 'statements:write');
  const issued = await findIssued(deps, { companyCode, period });
  if (!issued) {
    const detail =
      `No statement of ${companyCode} for ${period} was issued: nothing of that company and month is settled,` +
      ' or render-statements of the next night issues it.';
    throw new Problem('illegal-state', { detail });
  }
  const dir = statementsDir(deps.config.filesDir);
  const name = statementFileName(companyCode, period, revision);
  const { statement, expected } = await describe(deps, issued, revision);
  const { checksum } = await writeDocumentFile(statementDocument(statement), { dir, name, expected });
  const subject = `statement:${companyCode}/${period}${revision === 1 ? '' : `/${revision}`}`;
  const facts = { path: join(dir, name), checksum };
  await inTransaction(deps, (tx) =>
    recordAudit(tx, { actor: actorName(actor), action: 'statement.export', subject, facts }),
  );
  return facts;
}

/** The statement as it was issued, or one of its corrections. */
async function describe(
  deps: Deps,
  { id, checksum }: { readonly id: string; readonly checksum: string },
  revision: number,
) {
  if (revision === 1) return { statement: await getStatement(deps, id), expected: checksum };
  const correction = await findCorrection(deps, id, revision);
  if (!correction) throw new Problem('illegal-state', { detail: `There is no revision ${revision} of it.` });
  return { statement: await getCorrectedStatement(deps, correction), expected: correction.checksum };
}

function findIssued(deps: Deps, { companyCode, period }: { companyCode: string; period: string }) {
  return sqlOf(emOf(deps))
    .selectFrom('settlement as s')
    .innerJoin('company as c', 'c.id', 's.companyId')
    .innerJoin('settlement_document as d', 'd.settlementId', 's.id')
    .innerJoin('statement_file as f', 'f.settlementId', 's.id')
    .select(['s.id', 'f.checksum'])
    .where('s.billingPeriod', '=', period)
    .where(({ ref }) => keptCompanyCode(ref('d.content'), ref('c.code')), '=', companyCode)
    .executeTakeFirst();
}
