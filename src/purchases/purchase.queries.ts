import type { Actor } from '../access/actor.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { TenureRef } from '../personal-data/personal-data.queries.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { sumMinor } from '../shared/money.ts';
import { findPurchaseIds, type PurchasePage } from './find-purchases.queries.ts';
import { refundState } from './refund-state.rules.ts';
import { readRefunds, type RefundOfPurchase } from './refunds-of-purchases.queries.ts';
import { purchaseStatus, type PurchaseStatus } from './purchase-status.rules.ts';
import {
  getPurchaseScope,
  listTenurePeriods,
  type PersonOfLine,
  type PurchaseScope,
} from './purchase-scope.queries.ts';

/** A charge as the person sees it who pays it. */
export type Purchase = Awaited<ReturnType<typeof readPurchases>>[number];

export interface PurchaseList {
  readonly purchases: readonly Purchase[];
  /** There are more: the identifier after which the next page begins. */
  readonly next: string | undefined;
  readonly people: readonly PersonOfLine[];
  readonly isHolder: boolean;
}

/** A page of the purchases that an actor sees, newest first; `about` is the tenure that the carrier's people look at. */
export async function listPurchases(
  deps: Deps,
  actor: Actor,
  page: PurchasePage,
  about?: TenureRef,
): Promise<PurchaseList> {
  const scope = await getPurchaseScope(deps, actor, about);
  const periods = await listTenurePeriods(deps, scope);
  const ids = await findPurchaseIds(deps, { scope, periods }, { ...page, limit: page.limit + 1 });
  const shown = ids.slice(0, page.limit);
  return {
    purchases: await readPurchases(deps, scope, shown),
    next: ids.length > page.limit ? shown.at(-1) : undefined,
    people: scope.people,
    isHolder: scope.isHolder,
  };
}

/** Purchases by their identifiers, newest first; those that are not the actor's are left out. */
export async function readPurchases(deps: Deps, scope: PurchaseScope, ids: readonly string[]) {
  if (ids.length === 0) return [];
  const rows = await selectPurchases(deps, scope).where('c.id', 'in', ids).execute();
  const refunds = await readRefunds(
    deps,
    rows.flatMap(({ id, capturedMinor }) => (capturedMinor === null ? [] : [id])),
  );
  const people = new Map(scope.people.map((person) => [person.id, person]));
  const now = deps.clock.now();
  return rows.map(({ itemId, subscriberId, ...row }) => ({
    ...row,
    ...refundsOf(row, refunds.get(row.id) ?? []),
    status: statusOf({ ...row, itemId }, now),
    person: people.get(subscriberId ?? 0),
    /** What it costs: charged, or reserved for it. */
    priceMinor: row.capturedMinor ?? row.amountMinor,
    /** When it was confirmed; months and uses are charged without a confirmation of their own. */
    boughtAt: boughtAt(row),
    /** The business date it counts on, or on which it was confirmed. */
    date: row.businessDate ?? businessDateOf(boughtAt(row), deps.config.timeZone),
  }));
}

/** What was given back of a purchase. */
function refundsOf({ capturedMinor }: Pick<Selected, 'capturedMinor'>, refunds: readonly RefundOfPurchase[]) {
  const refundedMinor = sumMinor(refunds.map(({ amountMinor }) => amountMinor));
  return { refunds, refundedMinor, refundState: refundState({ capturedMinor, refundedMinor }) };
}

const boughtAt = (row: Pick<Selected, 'authorizedAt' | 'capturedAt' | 'createdAt'>): Date =>
  row.authorizedAt ?? row.capturedAt ?? row.createdAt;

type Selected = Awaited<ReturnType<ReturnType<typeof selectPurchases>['execute']>>[number];

function statusOf(
  row: Pick<Selected, 'state' | 'openUntil' | 'itemId' | 'periodState'>,
  now: Date,
): PurchaseStatus {
  return purchaseStatus({ ...row, isOnInvoice: row.itemId !== null }, now);
}

function selectPurchases(deps: Deps, { lineId, holderFrom, owned }: PurchaseScope) {
  const { subscriberId } = owned.rows;
  return sqlOf(emOf(deps))
    .selectFrom('charge as c')
    .innerJoin('company as co', 'co.id', 'c.companyId')
    .innerJoin('service as s', 's.id', 'c.serviceId')
    .leftJoin('invoice_item as i', (join) => join.onRef('i.chargeId', '=', 'c.id').on('i.refundId', '=', ''))
    .leftJoin('line_invoice as l', (join) =>
      join
        .onRef('l.billingPeriod', '=', 'i.billingPeriod')
        .onRef('l.closingGroup', '=', 'i.closingGroup')
        .onRef('l.lineId', '=', 'i.lineId')
        .onRef('l.holderFrom', '=', 'i.holderFrom'),
    )
    .leftJoin('billing_period as b', (join) =>
      join.onRef('b.period', '=', 'c.billingPeriod').onRef('b.closingGroup', '=', 'c.closingGroup'),
    )
    .select(['c.id', 'c.kind', 'c.state', 'c.amountMinor', 'c.capturedMinor', 'c.taxCode', 'c.taxRateBps'])
    .select(['c.description', 'c.reference', 'c.companyId', 'c.serviceId', 'c.subscriberId', 'c.lineId'])
    .select(['c.consentId', 'c.subscriptionId', 'c.subscriptionMonth', 'c.createdAt', 'c.authorizedAt'])
    .select(['c.capturedAt', 'c.openUntil', 'c.endedAt', 'c.endedBy', 'c.businessDate', 'c.late'])
    .select(['c.billingPeriod', 'c.closingGroup', 'i.chargeId as itemId', 'l.number as invoiceNumber'])
    .select(['b.state as periodState', 'b.startsOn', 'b.closesOn', 'b.issueOn', 'b.dueOn'])
    .select(['co.name as company', 'co.nameEn as companyEn', 's.name as service', 's.nameEn as serviceEn'])
    .where('c.lineId', '=', lineId)
    .where('c.holderFrom', '=', holderFrom)
    .where('c.state', '<>', 'pending')
    .$if(subscriberId !== undefined, (query) => query.where('c.subscriberId', '=', subscriberId!))
    .orderBy('c.id', 'desc');
}
