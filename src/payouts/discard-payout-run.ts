import { actorName, type Actor } from '../access/actor.ts';
import { assertProvenPerson } from '../access/approvals/approval.rules.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { payoutCode } from './payout.rules.ts';
import { lockPayoutRun } from './payout-run.queries.ts';

/**
 * Discards a payout run that was not sent: what it would have paid is due again. A sent one stays, whatever happened to its file:
 * the bank may have it.
 * @throws Problem `payout-run-not-found`, `illegal-state`, `permission-denied`, `approval-needs-person`
 */
export async function discardPayoutRun(
  deps: Deps,
  actor: Actor,
  { number }: { number: string },
): Promise<void> {
  authorize(actor, 'payouts:propose');
  assertProvenPerson(actor, deps.config.mode);
  await inTransaction(deps, async (tx) => {
    const { run, lines } = await lockPayoutRun(tx, number);
    if (run.state !== 'draft' && run.state !== 'approved') {
      throw new Problem('illegal-state', {
        detail: `Payout run ${number} is ${run.state}.`,
        facts: { state: run.state },
      });
    }
    const sql = sqlOf(tx.em);
    await sql.updateTable('payout_run').set({ state: 'void' }).where('id', '=', run.id).execute();
    const by = actorName(actor);
    const changed = { table: 'payout_run', key: [run.id] } as const;
    await recordAudit(tx, {
      actor: by,
      action: 'payout-run.discard',
      subject: `payout-run:${number}`,
      changed,
    });
    for (const { id, lineNumber } of lines) {
      await sql.updateTable('payout').set({ state: 'dropped' }).where('id', '=', id).execute();
      const subject = `payout:${payoutCode({ number, lineNumber })}`;
      await recordAudit(tx, {
        actor: by,
        action: 'payout.drop',
        subject,
        changed: { table: 'payout', key: [id] },
      });
    }
  });
}
