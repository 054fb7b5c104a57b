import type { Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { emOf } from '../database/transaction.ts';
import { Problem } from '../shared/problem.ts';
import { Charge } from './charge.entity.ts';
import type { ChargeState } from './charge.rules.ts';
import { listInEffectiveState, type ListRequest } from './effective-list.queries.ts';

/** One charge. @throws Problem `charge-not-found`. */
export async function getCharge(deps: Deps, actor: Actor, chargeId: string): Promise<Charge> {
  const owned = ownedBy(actor, 'charges:read');
  const charge = await emOf(deps).findOne(Charge, { $and: [owned.rows, { id: chargeId }] });
  if (!charge) throw new Problem('charge-not-found');
  return charge;
}

/** A page of charges, newest first. */
export function listCharges(deps: Deps, actor: Actor, list: ListRequest<ChargeState>): Promise<Charge[]> {
  const owned = ownedBy(actor, 'charges:read');
  return listInEffectiveState(deps, { entity: Charge, table: 'charge', owned }, list);
}
