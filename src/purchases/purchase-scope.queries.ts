import { actorName, type Actor, type FormerTenure } from '../access/actor.ts';
import { ownedBy, type Owned } from '../access/owned-by.ts';
import type { PeriodState } from '../billing-periods/choose-period.rules.ts';
import type { PeriodKey } from '../billing-periods/ensure-billing-period.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { maskName } from '../personal-data/mask.rules.ts';
import { listRevealed, type TenureRef } from '../personal-data/personal-data.queries.ts';
import { Problem } from '../shared/problem.ts';

/** A person with an issued ID of the tenure; ended IDs included, because their purchases stay. */
export interface PersonOfLine {
  readonly id: number;
  readonly issuedId: string;
  readonly displayName: string;
  readonly state: 'active' | 'ended';
}

/**
 * Whose purchases an actor sees: of the holder of a line those of everybody in the holder's own tenure, of another person
 * only their own. Another tenure of the line has other people, so a change of holder divides the purchases at its day.
 */
export interface PurchaseScope {
  readonly lineId: string;
  readonly holderFrom: string;
  /** The signed-in person; 0 for people of the carrier. */
  readonly subscriberId: number;
  readonly isHolder: boolean;
  /** The tenure has ended: nothing of it runs any more. */
  readonly former: FormerTenure | undefined;
  readonly people: readonly PersonOfLine[];
  /** The condition on rows of charges, subscriptions and consents. */
  readonly owned: Owned;
}

/**
 * Finds whose purchases an actor sees. The carrier's people name a tenure and see what everybody in it bought; the names of its people
 * are masked for them until they have asked to see them. A person with an issued ID names none.
 * @throws Problem `permission-denied`.
 */
export async function getPurchaseScope(deps: Deps, actor: Actor, about?: TenureRef): Promise<PurchaseScope> {
  const owned = ownedBy(actor, 'purchases:read');
  if (actor.kind === 'staff' && about) return await getScopeOfTenure(deps, actor, { ...about, owned });
  if (actor.kind !== 'subscriber' || about)
    throw new Problem('permission-denied', { detail: 'Only a person with an issued ID has purchases.' });
  const { lineId, holderFrom, subscriberId, isHolder, former } = actor;
  const people = await listPeople(deps, { lineId, holderFrom }, owned.rows.subscriberId);
  if (people.length === 0) throw new Problem('permission-denied', { detail: 'There is no such issued ID.' });
  return { lineId, holderFrom, subscriberId, isHolder, former, people, owned };
}

/** No person has this number: who of the carrier looks is none of the line. */
const NOBODY = 0;

async function getScopeOfTenure(
  deps: Deps,
  actor: Actor,
  { lineId, holderFrom, owned }: TenureRef & { readonly owned: Owned },
): Promise<PurchaseScope> {
  const people = await listPeople(deps, { lineId, holderFrom });
  const isSeen = (await listRevealed(deps, { by: actorName(actor), lineId })).has(holderFrom);
  return {
    lineId,
    holderFrom,
    subscriberId: NOBODY,
    isHolder: true,
    former: undefined,
    people: isSeen ? people : people.map((one) => ({ ...one, displayName: maskName(one.displayName) })),
    owned,
  };
}

async function listPeople(
  deps: Deps,
  { lineId, holderFrom }: TenureRef,
  subscriberId?: number,
): Promise<PersonOfLine[]> {
  return await sqlOf(emOf(deps))
    .selectFrom('subscriber')
    .select(['id', 'issuedId', 'displayName', 'state'])
    .where('lineId', '=', lineId)
    .where('holderFrom', '=', holderFrom)
    .$if(subscriberId !== undefined, (query) => query.where('id', '=', subscriberId!))
    .orderBy('id')
    .execute();
}

/** A billing period in which a tenure has purchases, with its dates. */
export interface TenurePeriod extends PeriodKey, PeriodState {
  readonly startsOn: string;
  readonly issueOn: string;
  readonly dueOn: string;
}

/** The billing periods of a tenure, newest first, by the key of what it has spent. */
export function listTenurePeriods(
  deps: Deps,
  { lineId, holderFrom }: Pick<PurchaseScope, 'lineId' | 'holderFrom'>,
): Promise<TenurePeriod[]> {
  return sqlOf(emOf(deps))
    .selectFrom('line_period as l')
    .innerJoin('billing_period as b', (join) =>
      join.onRef('b.period', '=', 'l.period').onRef('b.closingGroup', '=', 'l.closingGroup'),
    )
    .select(['b.period', 'b.closingGroup', 'b.state', 'b.startsOn', 'b.closesOn', 'b.issueOn', 'b.dueOn'])
    .where('l.lineId', '=', lineId)
    .where('l.holderFrom', '=', holderFrom)
    .orderBy('l.period', 'desc')
    .execute();
}
