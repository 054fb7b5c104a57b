import type { Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { appendCaseEvent } from './append-case-event.ts';
import { lockCase } from './lock-case.ts';
import { assertOpen } from './lock-live-case.ts';
import type { SupportCase } from './support-case.entity.ts';

export interface MergeCase {
  readonly number: string;
  /** The case that has both from now on. */
  readonly into: string;
}

/**
 * Merges an open case into another open one of the same line and holder: the first closes and points to the second; its history stays
 * where it is. Merging again into the same case changes nothing.
 * @throws Problem `case-not-found`, `illegal-state` when one of them is closed, `case-of-other-line`.
 */
export async function mergeCase(deps: Deps, actor: Actor, { number, into }: MergeCase): Promise<SupportCase> {
  const owned = ownedBy(actor, 'cases:take');
  if (number === into) throw new Problem('illegal-state', { detail: 'A case is not merged into itself.' });
  return await inTransaction(deps, async (tx) => {
    // In the order of their numbers: two merges against each other cannot deadlock, and the second finds its target closed.
    const locked = new Map<string, SupportCase>();
    for (const one of [number, into].toSorted()) locked.set(one, await lockCase(tx, owned, one));
    const [merged, target] = [locked.get(number)!, locked.get(into)!];
    if (merged.mergedInto === into) return target;
    for (const one of [merged, target]) assertOpen(one);
    if (merged.lineId == null || merged.lineId !== target.lineId || merged.holderFrom !== target.holderFrom)
      throw new Problem('case-of-other-line');
    const closedAt = tx.clock.now();
    Object.assign(merged, { state: 'closed', outcome: 'merged', mergedInto: into, closedAt });
    await tx.em.flush();
    const both = { isPublic: false } as const;
    await appendCaseEvent(tx, actor, {
      ...both,
      caseNumber: number,
      kind: 'merged',
      state: 'closed',
      refersTo: into,
    });
    await appendCaseEvent(tx, actor, {
      ...both,
      caseNumber: into,
      kind: 'joined',
      state: target.state,
      refersTo: number,
    });
    return target;
  });
}
