import type { Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { appendCaseEvent } from './append-case-event.ts';
import { listColleagues } from './colleague.queries.ts';
import { lockCase } from './lock-case.ts';
import { assertOpen } from './lock-live-case.ts';
import type { SupportCase } from './support-case.entity.ts';

export interface GiveCase {
  readonly number: string;
  /** Reference of the colleague's account, `acct-12`. */
  readonly to: string;
}

/**
 * Gives a case to a colleague of the support centre, also one that nobody has taken. Giving it to who has it changes nothing.
 * @throws Problem `case-not-found`, `account-not-found` for somebody who takes no cases, `illegal-state` for a closed case.
 */
export async function giveCase(deps: Deps, actor: Actor, { number, to }: GiveCase): Promise<SupportCase> {
  const owned = ownedBy(actor, 'cases:take');
  return await inTransaction(deps, async (tx) => {
    const given = await lockCase(tx, owned, number);
    assertOpen(given);
    const colleagues = await listColleagues(tx, actor);
    if (!colleagues.some(({ account }) => account === to)) throw new Problem('account-not-found');
    const assignedTo = `staff:${to}`;
    if (given.assignedTo === assignedTo) return given;
    const state = given.state === 'open' ? 'in-progress' : given.state;
    Object.assign(given, { state, assignedTo });
    await tx.em.flush();
    const event = {
      caseNumber: number,
      kind: 'given',
      isPublic: false,
      state,
      refersTo: assignedTo,
    } as const;
    await appendCaseEvent(tx, actor, event);
    return given;
  });
}
