import type { Actor } from '../access/actor.ts';
import { assertProvenPerson, checkReason } from '../access/approvals/approval.rules.ts';
import { ChangeAuthority } from '../access/approvals/change-authority.ts';
import { isSetByTwo } from '../access/approvals/set-by-two.queries.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { holdKinds, holdSubject } from './hold-kinds.rules.ts';
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

/**
 * Lets a held payout go, that one person has held; what two have held, two let go.
 * @throws Problem like `holdSettlement`, `approval-required`
 */
export async function releaseSettlement(deps: Deps, actor: Actor, input: HoldReason): Promise<void> {
  await changeHold(deps, actor, { ...input, hold: false });
}

async function changeHold(deps: Deps, actor: Actor, change: HoldChange): Promise<void> {
  authorize(actor, 'settlements:approve');
  assertProvenPerson(actor, deps.config.mode);
  checkReason({ reason: change.reason });
  await inTransaction(deps, async (tx) => {
    await lockSettlement(tx, change.number);
    if (!change.hold) await assertHeldByOne(tx, change.number);
    await applyHold(tx, ChangeAuthority.ofOnePerson(actor, true), change);
  });
}

async function assertHeldByOne(tx: InTransaction<Deps>, number: string): Promise<void> {
  if (!(await isSetByTwo(tx, holdKinds, holdSubject(number)))) return;
  const detail = `Two people hold the payout of ${number}: propose its release on the pages of the watch.`;
  throw new Problem('approval-required', { detail, facts: { reason: 'set-by-two' } });
}

type HoldChange = HoldReason & { readonly hold: boolean };

/** The change itself, of somebody whose right was checked. @throws Problem `settlement-not-found`, `illegal-state` */
export async function applyHold(
  tx: InTransaction<Deps>,
  authority: ChangeAuthority,
  { number, reason, hold }: HoldChange,
): Promise<void> {
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
    actor: authority.actorName,
    action: hold ? 'settlement.hold' : 'settlement.release',
    subject: holdSubject(number),
    facts: { reason, ...(authority.approvalId !== null && authority.facts) },
    changed: { table: 'settlement', key: [id] },
  });
}
