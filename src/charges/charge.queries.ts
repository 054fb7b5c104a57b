import type { Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { keysetList } from '../database/keyset-list.ts';
import { emOf } from '../database/transaction.ts';
import { Problem } from '../shared/problem.ts';
import { Charge } from './charge.entity.ts';
import type { ChargeState } from './charge.rules.ts';
import { dependsOnTime, findIdsInState } from './effective-state.queries.ts';

/** One charge. @throws Problem `charge-not-found`. */
export async function getCharge(deps: Deps, actor: Actor, chargeId: string): Promise<Charge> {
  const owned = ownedBy(actor, 'charges:read');
  const charge = await emOf(deps).findOne(Charge, { $and: [owned.rows, { id: chargeId }] });
  if (!charge) throw new Problem('charge-not-found');
  return charge;
}

interface ChargeList {
  readonly limit: number;
  /** The last id of the page before; ids rise in time, the list runs from the newest. */
  readonly after?: string | undefined;
  readonly state?: ChargeState | undefined;
  readonly reference?: string | undefined;
}

/**
 * A page of charges, newest first, found by key however many came before. A state is the one in which
 * they are read now (`effectiveState`).
 */
export async function listCharges(deps: Deps, actor: Actor, list: ChargeList): Promise<Charge[]> {
  const owned = ownedBy(actor, 'charges:read');
  const { after, state, reference } = list;
  if (state !== undefined && dependsOnTime(state)) {
    const ids = await findIdsInState(deps, 'charge', owned, { ...list, state });
    return emOf(deps).find(Charge, { id: { $in: ids } }, { orderBy: { id: 'desc' } });
  }
  return await emOf(deps).find(
    Charge,
    {
      ...owned.rows,
      ...(after === undefined ? {} : { id: { $lt: after } }),
      ...(state === undefined ? {} : { state }),
      ...(reference === undefined ? {} : { reference }),
    },
    keysetList('charge', owned, list),
  );
}
