import { queryRows } from '../database/statement-pipeline.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { endOfBusinessDate, startOfBusinessDate } from '../shared/calendar.rules.ts';
import type { PurchaseScope, TenurePeriod } from './purchase-scope.queries.ts';

/** What purchases are searched by; all of it at once. Dates are inclusive, amounts include tax. */
export interface PurchaseFilter {
  /** Part of the description, or of the name of the company or service; case and width of letters do not matter. */
  readonly text?: string | undefined;
  /** Its code. */
  readonly company?: string | undefined;
  readonly personId?: number | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly minMinor?: bigint | undefined;
  readonly maxMinor?: bigint | undefined;
}

export interface PurchasePage extends PurchaseFilter {
  readonly limit: number;
  /** The last identifier of the page before; identifiers rise in time and pages start with the newest. */
  readonly after?: string | undefined;
}

interface Searched {
  readonly scope: Pick<PurchaseScope, 'people'>;
  readonly periods: readonly TenurePeriod[];
  readonly timeZone: string;
}

type Condition = readonly [text: string, ...values: unknown[]];

/**
 * Identifiers of purchases, newest first: captured ones by billing period and buyer, and those that were authorized and not
 * captured, which have no period, by the same key (`charge_of_buyer`). It reads the purchases of these people and no other row.
 */
export async function findPurchaseIds(
  deps: Deps,
  searched: Omit<Searched, 'timeZone'>,
  page: PurchasePage,
): Promise<string[]> {
  const query = purchaseQuery({ ...searched, timeZone: deps.config.timeZone }, page);
  if (!query) return [];
  const rows = await queryRows<{ id: string }>(emOf(deps), query.text, query.values);
  return rows.map(({ id }) => id);
}

/** The statement of `findPurchaseIds`; undefined where nothing can be found. */
export function purchaseQuery({ scope, periods, timeZone }: Searched, page: PurchasePage) {
  const people = scope.people.flatMap(({ id }) =>
    page.personId === undefined || page.personId === id ? [id] : [],
  );
  if (people.length === 0 || !ASCII.test(page.company ?? '')) return undefined;
  const buyers: Condition = ['c.subscriber_id IN (?)', people];
  const inPeriods = periodsOf(periods, page).map(({ period }) => period);
  const branches: Condition[][] = [
    [['c.billing_period IS NULL'], buyers, ["c.state <> 'pending'"], ...datesOfOpen(page, timeZone)],
    ...(inPeriods.length > 0
      ? [[['c.billing_period IN (?)', inPeriods] as Condition, buyers, ...datesOfCaptured(page)]]
      : []),
  ];
  const selects = branches.map((branch) => selectOf([...branch, ...commonConditions(page)], page));
  return {
    text: `SELECT id FROM (${selects.map(({ text }) => text).join(' UNION ALL ')}) AS page ORDER BY id DESC LIMIT ?`,
    values: [...selects.flatMap(({ values }) => values), page.limit],
  };
}

/** A purchase may be late, but no period has one from after its end. */
const periodsOf = (periods: readonly TenurePeriod[], { from = '' }: PurchaseFilter) =>
  periods.filter(({ closesOn }) => closesOn >= from);

function datesOfCaptured({ from, to }: PurchaseFilter): Condition[] {
  return [
    ...(from === undefined ? [] : [['c.business_date >= ?', from] as const]),
    ...(to === undefined ? [] : [['c.business_date <= ?', to] as const]),
  ];
}

function datesOfOpen({ from, to }: PurchaseFilter, timeZone: string): Condition[] {
  return [
    ...(from === undefined ? [] : [['c.authorized_at >= ?', startOfBusinessDate(from, timeZone)] as const]),
    ...(to === undefined ? [] : [['c.authorized_at < ?', endOfBusinessDate(to, timeZone)] as const]),
  ];
}

function commonConditions({ company, minMinor, maxMinor, after, text }: PurchasePage): Condition[] {
  const amount = 'COALESCE(c.captured_minor, c.amount_minor)';
  return [
    ...(after === undefined ? [] : [['c.id < ?', after] as const]),
    ...(company === undefined ? [] : [[OF_COMPANY, company] as const]),
    ...(minMinor === undefined ? [] : [[`${amount} >= ?`, minMinor] as const]),
    ...(maxMinor === undefined ? [] : [[`${amount} <= ?`, maxMinor] as const]),
    ...(text === undefined ? [] : [textCondition(text)]),
  ];
}

/** Codes are ASCII; the database refuses to compare others. */
const ASCII = /^\p{ASCII}*$/u;

const OF_COMPANY = 'c.company_id = (SELECT id FROM company WHERE code = ?)';

const TEXTS = ['c.description', 'co.name', 'co.name_en', 's.name', 's.name_en'];

function textCondition(text: string): Condition {
  const pattern = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const likes = TEXTS.map((column) => `${column} COLLATE utf8mb4_unicode_ci LIKE ?`);
  return [`(${likes.join(' OR ')})`, ...TEXTS.map(() => pattern)];
}

function selectOf(conditions: readonly Condition[], { limit, text }: PurchasePage) {
  const sellers = 'JOIN company co ON co.id = c.company_id JOIN service s ON s.id = c.service_id';
  return {
    text: `(SELECT c.id FROM charge c FORCE INDEX (charge_of_buyer) ${text === undefined ? '' : sellers}
      WHERE ${conditions.map(([condition]) => condition).join(' AND ')} ORDER BY c.id DESC LIMIT ?)`,
    values: [...conditions.flatMap(([, ...values]) => values), limit],
  };
}
