import type { Actor } from '../access/actor.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { TenureRef } from '../personal-data/personal-data.queries.ts';
import { sumMinor } from '../shared/money.ts';
import { Problem } from '../shared/problem.ts';
import { getPurchaseScope, type PurchaseScope } from './purchase-scope.queries.ts';
import { readRefunds } from './refunds-of-purchases.queries.ts';
import { findOutlookFacts } from '../subscriptions/subscription-outlook.queries.ts';
import { freeMonthAhead, nextChargeOf, previewCancel } from '../subscriptions/subscription-outlook.rules.ts';

/** A subscription that somebody on the line has joined, with what is charged next. */
export type SubscriptionOfLine = Awaited<ReturnType<typeof withOutlook>>;

/** The subscriptions of an actor's people: those that run first, then those that have ended, each the newest first. */
export async function listSubscriptionsOfLine(
  deps: Deps,
  actor: Actor,
  about?: TenureRef,
): Promise<SubscriptionOfLine[]> {
  const scope = await getPurchaseScope(deps, actor, about);
  if (scope.people.length === 0) return [];
  const rows = await selectSubscriptions(deps, scope).execute();
  const subscriptions = await Promise.all(rows.map((row) => withOutlook(deps, scope, row)));
  return [
    ...subscriptions.filter(({ state }) => state !== 'ended'),
    ...subscriptions.filter(({ state }) => state === 'ended'),
  ];
}

/** One subscription, what cancelling it today would do, and its months. @throws Problem `subscription-not-found`. */
export async function getSubscriptionOfLine(deps: Deps, actor: Actor, subscriptionId: string) {
  const scope = await getPurchaseScope(deps, actor);
  const row = await selectSubscriptions(deps, scope).where('s.id', '=', subscriptionId).executeTakeFirst();
  if (!row) throw new Problem('subscription-not-found');
  const { facts, ...subscription } = await withOutlook(deps, scope, row);
  return {
    ...subscription,
    cancel: subscription.state === 'active' && facts ? previewCancel(facts) : undefined,
    months: await listMonths(deps, row),
    isHolder: scope.isHolder,
  };
}

type Row = Awaited<ReturnType<ReturnType<typeof selectSubscriptions>['execute']>>[number];

async function withOutlook(deps: Deps, scope: PurchaseScope, { freeFirst, freeLast, ...row }: Row) {
  const { subscriberId } = row;
  const facts =
    row.state === 'ended' ? undefined : await findOutlookFacts(deps, { ...row, freeFirst, freeLast });
  return {
    ...row,
    person: scope.people.find(({ id }) => id === subscriberId),
    next: facts && nextChargeOf(facts),
    freeMonth: facts && freeMonthAhead(facts),
    facts,
  };
}

/** Of a tenure that has ended those that have ended too: the night ends the others. */
function selectSubscriptions(deps: Deps, { lineId, holderFrom, people, former }: PurchaseScope) {
  return sqlOf(emOf(deps))
    .selectFrom('subscription as s')
    .innerJoin('company as co', 'co.id', 's.companyId')
    .innerJoin('service as sv', 'sv.id', 's.serviceId')
    .leftJoin('free_month as ff', (join) =>
      join.onRef('ff.subscriptionId', '=', 's.id').on('ff.kind', '=', 'first'),
    )
    .leftJoin('free_month as fl', (join) =>
      join.onRef('fl.subscriptionId', '=', 's.id').on('fl.kind', '=', 'last'),
    )
    .select([
      's.id',
      's.subscriberId',
      's.lineId',
      's.holderFrom',
      's.companyId',
      's.serviceId',
      's.itemCode',
    ])
    .select([
      's.description',
      's.amountMinor',
      's.taxCode',
      's.chargeDay',
      's.firstMonthFree',
      's.lastMonthFree',
    ])
    .select(['s.state', 's.joinedAt', 's.joinedOn', 's.leftAt', 's.leftOn', 's.renewedThrough'])
    .select(['co.name as company', 'co.nameEn as companyEn', 'sv.name as service', 'sv.nameEn as serviceEn'])
    .select(['ff.month as freeFirst', 'fl.month as freeLast', 'sv.cancellation', 'sv.cancellationEn'])
    .where('s.lineId', '=', lineId)
    .where('s.holderFrom', '=', holderFrom)
    .where(
      's.subscriberId',
      'in',
      people.map(({ id }) => id),
    )
    .where('s.state', 'in', former ? ['ended'] : ['active', 'leaving', 'ended'])
    .orderBy('s.id', 'desc');
}

/** The months of a subscription, newest first, with their charges and what was given back of them. */
async function listMonths(deps: Deps, { id, subscriberId, serviceId, itemCode }: Row) {
  const months = await sqlOf(emOf(deps))
    .selectFrom('subscription_month as m')
    .leftJoin('charge as c', 'c.id', 'm.chargeId')
    .select(['m.month', 'm.outcome', 'm.chargeId', 'c.capturedMinor', 'c.businessDate', 'c.billingPeriod'])
    .where('m.subscriberId', '=', subscriberId)
    .where('m.serviceId', '=', serviceId)
    .where('m.itemCode', '=', itemCode)
    .where('m.subscriptionId', '=', id)
    .orderBy('m.month', 'desc')
    .execute();
  const charges = months.flatMap(({ chargeId }) => (chargeId === null ? [] : [chargeId]));
  const refunds = await readRefunds(deps, charges);
  return months.map((month) => {
    const ofMonth = month.chargeId === null ? [] : (refunds.get(month.chargeId) ?? []);
    return { ...month, refundedMinor: sumMinor(ofMonth.map(({ amountMinor }) => amountMinor)) };
  });
}

/** A subscription with its months. */
export type SubscriptionDetails = Awaited<ReturnType<typeof getSubscriptionOfLine>>;
