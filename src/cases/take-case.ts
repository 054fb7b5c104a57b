import { actorName, type Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { appendCaseEvent } from './append-case-event.ts';
import { Problem } from '../shared/problem.ts';
import { assertCaseMove } from './case.rules.ts';
import { lockCase } from './lock-case.ts';
import type { SupportCase } from './support-case.entity.ts';

/**
 * A person of the support centre takes a case, also from a colleague. Who has it already changes nothing.
 * @throws Problem `case-not-found`, `illegal-state` for a closed case.
 */
export async function takeCase(
  deps: Deps,
  actor: Actor,
  input: { readonly number: string },
): Promise<SupportCase> {
  const owned = ownedBy(actor, 'cases:take');
  return await inTransaction(deps, async (tx) => {
    const taken = await lockCase(tx, owned, input.number);
    const assignedTo = actorName(actor);
    if (taken.state === 'closed')
      throw new Problem('illegal-state', { detail: 'The case is closed.', facts: { state: taken.state } });
    if (taken.assignedTo === assignedTo) return taken;
    const state = taken.state === 'open' ? 'in-progress' : taken.state;
    if (state !== taken.state) assertCaseMove(taken.state, state);
    Object.assign(taken, { state, assignedTo });
    await tx.em.flush();
    await appendCaseEvent(tx, actor, { caseNumber: taken.number, kind: 'taken', isPublic: false, state });
    return taken;
  });
}
