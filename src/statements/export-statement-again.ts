import { join } from 'node:path';
import { inTransaction } from '../database/transaction.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { writeDocumentFile } from '../rendering/deliver-document.ts';
import { statementDocument } from '../rendering/printed-document.ts';
import { statementFileName, statementsDir } from './statement-file.ts';
import { getIssued, getIssuedStatement } from './issued-statement.queries.ts';

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
  const issued = await getIssued(deps, { companyCode, period });
  const dir = statementsDir(deps.config.filesDir);
  const name = statementFileName(companyCode, period, revision);
  const { statement, expected } = await getIssuedStatement(deps, issued, revision);
  const { checksum } = await writeDocumentFile(statementDocument(statement), { dir, name, expected });
  const subject = `statement:${companyCode}/${period}${revision === 1 ? '' : `/${revision}`}`;
  const facts = { path: join(dir, name), checksum };
  await inTransaction(deps, (tx) =>
    recordAudit(tx, { actor: actorName(actor), action: 'statement.export', subject, facts }),
  );
  return facts;
}
