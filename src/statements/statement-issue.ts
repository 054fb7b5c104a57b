import { recordAudit } from '../access/audit/record-audit.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { mailStatement } from './mail-statement.ts';

/** Stores the checksum of a statement that was rendered for the first time: it is issued, its bytes stay the same, and the company is sent it. */
export async function recordIssue(
  tx: InTransaction<Deps>,
  {
    id: settlementId,
    number,
    file,
  }: { readonly id: string; readonly number: string; readonly file?: string },
  checksum: string,
): Promise<void> {
  const row = { settlementId, checksum, createdAt: tx.clock.now() };
  await sqlOf(tx.em).insertInto('statement_file').values(row).execute();
  await recordAudit(tx, {
    actor: 'job:render-statements',
    action: 'statement.issue',
    subject: `settlement:${number}`,
    facts: { checksum },
    changed: { table: 'statement_file', key: [settlementId] },
  });
  if (file !== undefined) await mailStatement(tx, { settlementId, revision: 1, number, file });
}
