import { recordAudit } from '../access/audit/record-audit.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

/** Stores the checksum of a statement that was rendered for the first time: it is issued, and its bytes stay the same. */
export async function recordIssue(
  tx: InTransaction<Deps>,
  { id: settlementId, number }: { readonly id: string; readonly number: string },
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
}
