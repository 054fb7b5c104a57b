import { actorName, type Actor } from '../access/actor.ts';
import { assertProvenPerson, checkReason } from '../access/approvals/approval.rules.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { lockSettlement } from './lock-draft.ts';

interface HoldReason {
  readonly number: string;
  readonly reason: string;
}

/**
 * Holds the payout of an approved settlement; the company's later months go on. A payout that is ordered already is not
 * called back.
 * @throws Problem `permission-denied`, `approval-needs-person`, `invalid-request`, `settlement-not-found`, `illegal-state`
 */
export async function holdSettlement(deps: Deps, actor: Actor, input: HoldReason): Promise<void> {
  await changeHold(deps, actor, { ...input, hold: true });
}

/** Lets a held payout go. @throws Problem like `holdSettlement` */
export async function releaseSettlement(deps: Deps, actor: Actor, input: HoldReason): Promise<void> {
  await changeHold(deps, actor, { ...input, hold: false });
}

async function changeHold(
  deps: Deps,
  actor: Actor,
  { number, reason, hold }: HoldReason & { readonly hold: boolean },
): Promise<void> {
  authorize(actor, 'settlements:approve');
  assertProvenPerson(actor, deps.config.mode);
  checkReason({ reason });
  await inTransaction(deps, async (tx) => {
    const { id, state, heldReason } = await lockSettlement(tx, number);
    if (state !== 'approved' || (heldReason === null) !== hold) {
      const now = heldReason === null ? state : 'held';
      throw new Problem('illegal-state', { detail: `${number} is ${now}.` });
    }
    await sqlOf(tx.em)
      .updateTable('settlement')
      .set({ heldReason: hold ? reason : null })
      .where('id', '=', id)
      .execute();
    await recordAudit(tx, {
      actor: actorName(actor),
      action: hold ? 'settlement.hold' : 'settlement.release',
      subject: `settlement:${number}`,
      facts: { reason },
      changed: { table: 'settlement', key: [id] },
    });
  });
}
