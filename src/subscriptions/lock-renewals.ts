import { sql, type Selectable } from 'kysely';
import type { Deps } from '../deps.ts';
import { toMinor, sqlOf, type Tables } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Entitlement } from '../lines/entitlement.queries.ts';
import type { EndingFacts } from '../lines/entitlement.rules.ts';
import { applySafeguards, readSafeguards, type SafeguardsInForce } from '../safeguards/safeguard.queries.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';

export type SubscriptionRow = Selectable<Tables['subscription']>;

/** A joined subscription, locked, with the entitlement of its line and person. */
export interface LockedRenewal {
  readonly subscription: SubscriptionRow & { readonly joinedOn: string };
  readonly entitlement: Entitlement;
  readonly ending: EndingFacts;
  readonly freeMonths: FreeMonthsOf;
}

/** Which free months of its tenure and item are this subscription's. */
interface FreeMonthsOf {
  readonly first: boolean;
  readonly last: boolean;
  /** Its first month is the free first month of a subscription that the same person cancelled in it and that is not billed yet. */
  readonly firstOfLeft: boolean;
}

/**
 * Locks those of the subscriptions that have not ended, then their subscribers: the months of an item
 * are billed per subscriber, so a transaction that bills one for the same person waits, and finds it billed.
 */
export async function lockRenewals(
  tx: InTransaction<Deps>,
  ids: readonly string[],
): Promise<LockedRenewal[]> {
  const db = sqlOf(tx.em);
  const subscriptions = await db
    .selectFrom('subscription')
    .selectAll()
    .where('id', 'in', ids)
    .where('state', 'in', ['active', 'leaving'])
    .orderBy('id')
    .forUpdate()
    .execute();
  if (subscriptions.length === 0) return [];
  const subscriberIds = [...new Set(subscriptions.map(({ subscriberId }) => subscriberId))];
  await db
    .selectFrom('subscriber')
    .select('id')
    .where('id', 'in', subscriberIds)
    .orderBy('id')
    .forUpdate()
    .execute();
  const holders = await findHolders(
    tx,
    subscriptions.map(({ id }) => id),
  );
  const inForce = await readSafeguards(tx, [...holders.values()]);
  return subscriptions.map((subscription) =>
    joinHolder(tx, { subscription, holder: holders.get(subscription.id), inForce }),
  );
}

type Holder = Awaited<ReturnType<typeof findHolders>> extends ReadonlyMap<string, infer H> ? H : never;

async function findHolders(tx: InTransaction<Deps>, ids: readonly string[]) {
  const rows = await sqlOf(tx.em)
    .selectFrom('subscription as s')
    .innerJoin('subscriber as p', 'p.id', 's.subscriberId')
    .innerJoin('line as l', 'l.lineId', 's.lineId')
    .innerJoin('line_holder as h', (join) =>
      join.onRef('h.lineId', '=', 's.lineId').onRef('h.validFrom', '=', 's.holderFrom'),
    )
    .leftJoin('free_month as ff', (join) =>
      join.onRef('ff.subscriptionId', '=', 's.id').on('ff.kind', '=', 'first'),
    )
    .leftJoin('free_month as fl', (join) =>
      join.onRef('fl.subscriptionId', '=', 's.id').on('fl.kind', '=', 'last'),
    )
    .select(['ff.month as firstMonth', 'fl.month as lastMonth', firstOfLeft.as('firstOfLeft')])
    .select(['s.id', 'p.endedAt', 'p.monthlyLimitMinor as subscriberLimitMinor'])
    .select([
      'l.status',
      'l.closingGroup',
      'l.monthlyLimitMinor as lineLimitMinor',
      'h.lineId',
      'h.validFrom as holderFrom',
      'h.validTo',
      'h.birthDate',
      'h.hasSafeguards',
    ])
    .where('s.id', 'in', ids)
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      {
        ...row,
        lineLimitMinor: toMinor(row.lineLimitMinor),
        subscriberLimitMinor: toMinor(row.subscriberLimitMinor),
      },
    ]),
  );
}

/** The cancelled one may be billed after the charge day of the new one. */
const firstOfLeft = sql<number>`EXISTS (
  SELECT 1 FROM free_month lf JOIN subscription l ON l.id = lf.subscription_id
  WHERE lf.line_id = s.line_id AND lf.holder_from = s.holder_from AND lf.service_id = s.service_id
    AND lf.item_code = s.item_code AND lf.kind = 'first' AND lf.month = LEFT(s.joined_on, 7)
    AND l.id <> s.id AND l.subscriber_id = s.subscriber_id AND l.state = 'leaving' AND l.first_month_free)`;

interface Found {
  readonly subscription: SubscriptionRow;
  readonly holder: Holder | undefined;
  readonly inForce: SafeguardsInForce;
}

function joinHolder(deps: Deps, { subscription, holder, inForce }: Found): LockedRenewal {
  const { id, subscriberId, lineId, holderFrom, joinedOn } = subscription;
  if (!holder || subscriberId === null || lineId === null || holderFrom === null || joinedOn === null) {
    throw new Error(`subscription ${id} is active without a buyer`);
  }
  const { closingGroup, birthDate, lineLimitMinor, subscriberLimitMinor, endedAt } = holder;
  return {
    subscription: { ...subscription, joinedOn },
    entitlement: applySafeguards(
      { subscriberId, lineId, holderFrom, closingGroup, birthDate, lineLimitMinor, subscriberLimitMinor },
      inForce,
    ),
    freeMonths: {
      first: holder.firstMonth !== null,
      last: holder.lastMonth !== null,
      firstOfLeft: Boolean(holder.firstOfLeft),
    },
    ending: {
      lineStatus: holder.status,
      holderTo: holder.validTo,
      subscriberEndedOn: endedAt === null ? null : businessDateOf(endedAt, deps.config.timeZone),
    },
  };
}
