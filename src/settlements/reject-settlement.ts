import { actorName, type Actor } from '../access/actor.ts';
import { lockApproval, listPending } from '../access/approvals/approval.queries.ts';
import { assertProvenPerson, checkReason } from '../access/approvals/approval.rules.ts';
import { recordDecision } from '../access/approvals/record-decision.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { authorize } from '../access/authorize.ts';
import { releaseClawbacks } from '../collections/pending-clawbacks.queries.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { appendEvents } from '../events/append-events.ts';
import { Problem } from '../shared/problem.ts';
import { lockSettlement } from './lock-draft.ts';

/**
 * Rejects a draft, and a proposal to approve it: something has to be corrected first. The next night drafts it again, under
 * its number.
 * @throws Problem `permission-denied`, `approval-needs-person`, `invalid-request`, `settlement-not-found`, `illegal-state`
 */
export async function rejectSettlement(
  deps: Deps,
  actor: Actor,
  { number, reason }: { readonly number: string; readonly reason: string },
): Promise<void> {
  authorize(actor, 'settlements:reject');
  assertProvenPerson(actor, deps.config.mode);
  checkReason({ reason });
  await inTransaction(deps, async (tx) => {
    const subject = `settlement:${number}`;
    // Proposals first, in the order in which an approval locks.
    for (const { id } of await listPending(tx, subject)) {
      const approval = await lockApproval(tx, id);
      if (approval.state === 'pending')
        await recordDecision(tx, actor, approval, { state: 'rejected', note: reason });
    }
    const { id, companyId, billingPeriod, state, revision } = await lockSettlement(tx, number);
    if (state !== 'draft') {
      throw new Problem('illegal-state', { detail: `${number} is ${state}: a draft alone is rejected.` });
    }
    await sqlOf(tx.em)
      .updateTable('settlement')
      .set({ state: 'rejected', rejectedReason: reason })
      .where('id', '=', id)
      .execute();
    await releaseClawbacks(tx, [id]);
    const facts = { revision, reason };
    await recordAudit(tx, { actor: actorName(actor), action: 'settlement.reject', subject, facts });
    const snapshot = { number, billingPeriod, revision, reason };
    await appendEvents(tx, [{ type: 'settlement.rejected', subject: id, companyId, snapshot }]);
  });
}
