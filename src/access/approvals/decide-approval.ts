import { recordAudit } from '../audit/record-audit.ts';
import { sqlOf } from '../../database/sql.ts';
import { inTransaction, type InTransaction } from '../../database/transaction.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../shared/problem.ts';
import { actorName, type Actor } from '../actor.ts';
import { authorize } from '../authorize.ts';
import type { ApprovalKind } from './approval-kind.ts';
import { lockApproval, type ApprovalRow } from './approval.queries.ts';
import { assertProvenPerson, hashVersion } from './approval.rules.ts';

/** The kinds of change there are; a proposal of another kind cannot be decided by this release. */
export type ApprovalKinds = readonly ApprovalKind<never>[];

interface Decision {
  readonly approvalId: string;
  readonly note?: string | undefined;
}

/**
 * Approves a proposal: the change is made now, by the use case itself and with all its checks, in the transaction that
 * records the approval. Of two people who approve at once the second is told that it is decided.
 * @throws Problem `approval-not-found`, `permission-denied`, `approval-needs-person`, `approval-own` for the person who
 * proposed it, `approval-decided`, `approval-expired`, `approval-void` when the subject has changed since, and whatever
 * the change itself refuses; then the proposal waits on.
 */
export async function approveChange(
  deps: Deps,
  actor: Actor,
  kinds: ApprovalKinds,
  { approvalId, note }: Decision,
): Promise<void> {
  const refusal = await inTransaction(deps, async (tx) => {
    const { approval, kind } = await openPending(tx, actor, kinds, approvalId);
    if (approval.expiresAt <= tx.clock.now()) {
      await end(tx, approval, { state: 'expired' });
      return new Problem('approval-expired');
    }
    const { version } = await kind.prepare(tx, approval.input as never);
    if (hashVersion(version) !== approval.subjectHash) {
      await end(tx, approval, { state: 'void' });
      await audit(tx, actor, approval, 'approval.void', note);
      return new Problem('approval-void', {
        detail: `${approval.subject} has changed since it was proposed.`,
      });
    }
    // First the decision, so that what the change writes stands behind it in the audit trail.
    await end(tx, approval, { state: 'executed', checker: actorName(actor), note: note ?? null });
    await audit(tx, actor, approval, 'approval.approve', note);
    await kind.execute(tx, actor, approval.input as never);
    return undefined;
  });
  // After the commit: that it expired or became void stays recorded.
  if (refusal) throw refusal;
}

/**
 * Rejects a proposal; nothing changes. Whoever proposed it may withdraw it in the same way.
 * @throws Problem `approval-not-found`, `permission-denied`, `approval-needs-person`, `approval-decided`.
 */
export function rejectChange(
  deps: Deps,
  actor: Actor,
  kinds: ApprovalKinds,
  { approvalId, note }: Decision,
): Promise<void> {
  return inTransaction(deps, async (tx) => {
    assertProvenPerson(actor, tx.config.mode);
    const approval = await lockApproval(tx, approvalId);
    const kind = kindOf(kinds, approval);
    const isOwn = approval.maker === actorName(actor);
    authorize(actor, isOwn ? kind.propose : kind.approve);
    assertPending(approval);
    await end(tx, approval, {
      state: 'rejected',
      checker: isOwn ? null : actorName(actor),
      note: note ?? null,
    });
    await audit(tx, actor, approval, isOwn ? 'approval.withdraw' : 'approval.reject', note);
  });
}

async function openPending(tx: InTransaction<Deps>, actor: Actor, kinds: ApprovalKinds, approvalId: string) {
  assertProvenPerson(actor, tx.config.mode);
  const approval = await lockApproval(tx, approvalId);
  const kind = kindOf(kinds, approval);
  authorize(actor, kind.approve);
  assertPending(approval);
  if (approval.maker === actorName(actor)) throw new Problem('approval-own');
  return { approval, kind };
}

function kindOf(kinds: ApprovalKinds, { kind }: ApprovalRow): ApprovalKind<never> {
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

async function end(
  tx: InTransaction<Deps>,
  { id }: ApprovalRow,
  change: Partial<Pick<ApprovalRow, 'checker' | 'note'>> & Pick<ApprovalRow, 'state'>,
): Promise<void> {
  await sqlOf(tx.em)
    .updateTable('approval')
    .set({ ...change, decidedAt: tx.clock.now() })
    .where('id', '=', id)
    .execute();
}

async function audit(
  tx: InTransaction<Deps>,
  actor: Actor,
  { id, kind, subject, maker }: ApprovalRow,
  action: string,
  note: string | undefined,
): Promise<void> {
  const facts = { approval: id, kind, maker, ...(note !== undefined && { note }) };
  await recordAudit(tx, { actor: actorName(actor), action, subject, facts });
}
