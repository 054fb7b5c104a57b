import { actorName, type Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { mayReopen, REOPEN_DAYS } from './answer-due.rules.ts';
import { appendCaseEvent } from './append-case-event.ts';
import { assertCaseMove } from './case.rules.ts';
import { findOpenCaseOf } from './find-open-case.ts';
import { lockCase } from './lock-case.ts';
import type { SupportCase } from './support-case.entity.ts';

/**
 * Takes up a closed case again: it is in progress, of the person who did it. A case that was merged stays closed.
 * @throws Problem `case-not-found`; `illegal-state` for a case that is open, merged, or closed for more than 30 days; `case-exists`
 *   when its purchase has another open case.
 */
export async function reopenCase(
  deps: Deps,
  actor: Actor,
  { number }: { readonly number: string },
): Promise<SupportCase> {
  const owned = ownedBy(actor, 'cases:take');
  return await inTransaction(deps, async (tx) => {
    const reopened = await lockCase(tx, owned, number);
    assertCaseMove(reopened.state, 'in-progress');
    await assertMayReopen(tx, reopened);
    await takeUpAgain(tx, actor, { case: reopened, assignedTo: actorName(actor) });
    return reopened;
  });
}

interface TakenUp {
  /** Closed, not merged, and locked by this transaction. */
  readonly case: SupportCase;
  readonly assignedTo: string | null;
}

/** Puts a closed case in progress again, of somebody, and says so in its history. */
export async function takeUpAgain(
  tx: InTransaction<Deps>,
  actor: Actor,
  { case: reopened, assignedTo }: TakenUp,
): Promise<void> {
  const changes = { state: 'in-progress', outcome: null, closedAt: null, companyDueAt: null } as const;
  Object.assign(reopened, { ...changes, assignedTo });
  await tx.em.flush();
  const { number: caseNumber } = reopened;
  await appendCaseEvent(tx, actor, { caseNumber, kind: 'reopened', isPublic: true, state: 'in-progress' });
}

async function assertMayReopen(tx: InTransaction<Deps>, found: SupportCase): Promise<void> {
  const { state, outcome, closedAt, subjectId } = found;
  const refuse = (detail: string) => new Problem('illegal-state', { detail, facts: { state } });
  if (state !== 'closed' || closedAt == null) throw refuse('The case is open.');
  if (outcome === 'merged') throw refuse('The case was merged into another one.');
  if (!mayReopen(closedAt, tx.clock.now()))
    throw refuse(`The case was closed more than ${REOPEN_DAYS} days ago: open another one.`);
  if (subjectId != null && (await findOpenCaseOf(tx, subjectId))) throw new Problem('case-exists');
}
