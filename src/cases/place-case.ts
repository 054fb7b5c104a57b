import type { Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { getCurrentTenure } from '../lines/current-tenure.queries.ts';
import { Problem } from '../shared/problem.ts';
import { appendCaseEvent } from './append-case-event.ts';
import { requireTenure } from './case-tenure.queries.ts';
import { lockCase } from './lock-case.ts';
import { assertOpen } from './lock-live-case.ts';
import type { SupportCase } from './support-case.entity.ts';

export interface PlaceCase {
  readonly number: string;
  readonly lineId: string;
  /** First day of the tenure; today's or the last one without it. */
  readonly holderFrom?: string | undefined;
}

/**
 * Says whose line a case is about that came by mail from an unknown address. It is said once.
 * @throws Problem `case-not-found`, `line-not-found`, `illegal-state` for a closed case or one that has a line.
 */
export async function placeCase(deps: Deps, actor: Actor, input: PlaceCase): Promise<SupportCase> {
  const owned = ownedBy(actor, 'cases:take');
  const { number, lineId, holderFrom } = input;
  return await inTransaction(deps, async (tx) => {
    const placed = await lockCase(tx, owned, number);
    assertOpen(placed);
    if (placed.lineId != null)
      throw new Problem('illegal-state', {
        detail: 'The case has a line already.',
        facts: { state: placed.state },
      });
    const tenure =
      holderFrom === undefined
        ? await getCurrentTenure(tx, lineId)
        : await requireTenure(tx, { lineId, holderFrom });
    Object.assign(placed, tenure);
    await tx.em.flush();
    const { state } = placed;
    const event = { caseNumber: number, kind: 'placed', isPublic: false, state, refersTo: lineId } as const;
    await appendCaseEvent(tx, actor, event);
    return placed;
  });
}
