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
    const assignedTo = actorName(actor);
    Object.assign(reopened, { state: 'in-progress', outcome: null, closedAt: null, assignedTo });
    await tx.em.flush();
    const event = { caseNumber: number, kind: 'reopened', isPublic: true, state: 'in-progress' } as const;
    await appendCaseEvent(tx, actor, event);
    return reopened;
  });
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
