import { inTransaction, type InTransaction } from '../../database/transaction.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../shared/problem.ts';
import { actorName, type Actor } from '../actor.ts';
import { authorize } from '../authorize.ts';
import type { ApprovalKind, ApprovalKinds } from './approval-kind.ts';
import { lockApproval, type ApprovalRow } from './approval.queries.ts';
import { mayStillPropose } from './proposer-rights.queries.ts';
import {
  assertProvenPerson,
  checkNote,
  effectiveApprovalState,
  hashVersion,
  isSamePerson,
} from './approval.rules.ts';
import { ChangeAuthority } from './change-authority.ts';
import { recordDecision } from './record-decision.ts';

export interface Decision {
  readonly approvalId: string;
  readonly note?: string | undefined;
}

/**
 * Approves a proposal: the change is made now, by the use case itself and with all its checks, in the transaction that
 * records the approval. Of two people who approve at once the second is refused.
 * @throws Problem `approval-not-found`, `permission-denied`, `approval-needs-person`, `approval-own` for the person who
 * proposed it, `approval-decided`, `approval-expired`, `approval-void` when the subject has changed since or the person who
 * proposed it has lost the right to, and whatever the change itself refuses; then the proposal stays pending.
 */
export async function approveChange(
  deps: Deps,
  actor: Actor,
  kinds: ApprovalKinds,
  { approvalId, note }: Decision,
): Promise<void> {
  if (note !== undefined) checkNote({ note });
  const refusal = await inTransaction(deps, async (tx) => {
    const { approval, kind, input } = await openPending(tx, actor, kinds, approvalId);
    if (hasRunOut(tx, approval)) return recordExpiry(tx, actor, approval);
    if (!(await mayStillPropose(tx, approval.maker, kind.propose))) {
      await recordDecision(tx, actor, approval, { state: 'void', note });
      const detail = 'The person who proposed it has lost the right to.';
      return new Problem('approval-void', { detail });
    }
    const { version } = await kind.lockSubject(tx, input);
    if (hashVersion(version) !== approval.subjectHash) {
      await recordDecision(tx, actor, approval, { state: 'void', note });
      return new Problem('approval-void', {
        detail: `${approval.subject} has changed since it was proposed.`,
      });
    }
    // The decision first: what the change writes follows it in the audit trail.
    await recordDecision(tx, actor, approval, { state: 'executed', note });
    await kind.execute(tx, ChangeAuthority.ofTwoPeople(actor, approval.id), input);
    return undefined;
  });
  // After the commit: that it expired or became void stays recorded.
  if (refusal) throw refusal;
}

/**
 * Rejects a proposal; nothing changes. The person who proposed it withdraws it in the same way.
 * @throws Problem `approval-not-found`, `permission-denied`, `approval-needs-person`, `approval-decided`, `approval-expired`.
 */
export async function rejectChange(
  deps: Deps,
  actor: Actor,
  kinds: ApprovalKinds,
  { approvalId, note }: Decision,
): Promise<void> {
  if (note !== undefined) checkNote({ note });
  const refusal = await inTransaction(deps, async (tx) => {
    assertProvenPerson(actor, tx.config.mode);
    const approval = await lockApproval(tx, approvalId);
    const kind = kindOf(kinds, approval);
    const permission = isSamePerson(approval.maker, actorName(actor)) ? kind.propose : kind.approve;
    authorize(actor, permission);
    await kind.assertReach?.(tx, { actor, permission, isRejecting: true }, kind.readInput(approval.input));
    assertPending(approval);
    if (hasRunOut(tx, approval)) return recordExpiry(tx, actor, approval);
    await recordDecision(tx, actor, approval, { state: 'rejected', note });
    return undefined;
  });
  if (refusal) throw refusal;
}

function hasRunOut(tx: InTransaction<Deps>, approval: ApprovalRow): boolean {
  return effectiveApprovalState(approval, tx.clock.now()) === 'expired';
}

async function recordExpiry(tx: InTransaction<Deps>, actor: Actor, approval: ApprovalRow): Promise<Problem> {
  await recordDecision(tx, actor, approval, { state: 'expired' });
  return new Problem('approval-expired');
}

async function openPending(tx: InTransaction<Deps>, actor: Actor, kinds: ApprovalKinds, approvalId: string) {
  assertProvenPerson(actor, tx.config.mode);
  const approval = await lockApproval(tx, approvalId);
  const kind = kindOf(kinds, approval);
  authorize(actor, kind.approve);
  assertPending(approval);
  if (isSamePerson(approval.maker, actorName(actor))) throw new Problem('approval-own');
  const input = kind.readInput(approval.input);
  await kind.assertReach?.(tx, { actor, permission: kind.approve }, input);
  return { approval, kind, input };
}

function kindOf(kinds: ApprovalKinds, { kind }: ApprovalRow): ApprovalKind {
  const found = kinds.find((candidate) => candidate.kind === kind);
  if (!found) throw new Problem('approval-not-found', { detail: `This release knows no ${kind}.` });
  return found;
}

function assertPending({ state }: ApprovalRow): void {
  if (state === 'pending') return;
  if (state === 'expired') throw new Problem('approval-expired');
  if (state === 'void') throw new Problem('approval-void');
  throw new Problem('approval-decided', { facts: { state } });
}
