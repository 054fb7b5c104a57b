import type { DemoCompany, DemoGoods, DemoService } from './demo-company.ts';
import type { Random } from '../random.ts';
import { HOUR_MS, MINUTE_MS } from './demo-calendar.ts';
import type { Draft } from './draft.ts';
import { isSetAside } from './plan-lines.ts';
import type { PlannedLine } from './world-plan.ts';

/** Of five ordinary sales, one falls on a day outside the month's billing period of its line. */
const OUTSIDE_SHARE = 0.2;
/** Lines tried before a company gives a sale up. */
const ATTEMPTS = 60;

/**
 * Plans usage charges until the world has as many charges as it was asked for, shared out by the weights
 * of the companies. What one company cannot sell, for its customers have spent their month, the others
 * sell. Returns how many found no place.
 */
export function planOrdinarySales(draft: Draft): number {
  const shops = openShops(draft);
  let left = draft.options.charges - draft.chargeCount();
  for (const { shop, count } of shareOut(shops, left)) left -= sell(draft, shop, count);
  for (const shop of shops) {
    if (left <= 0) break;
    left -= sell(draft, shop, left);
  }
  return left;
}

/** A company with the lines that may become its customers. */
interface Shop {
  readonly company: DemoCompany;
  readonly random: Random;
  /** Lines in the company's own order, and how many of them it has asked so far. */
  readonly lines: readonly PlannedLine[];
  asked: number;
  /** Those who have bought, each of one service. */
  readonly customers: PlannedLine[];
  readonly services: Map<PlannedLine, DemoService>;
  soldInside: number;
}

function openShops(draft: Draft): Shop[] {
  const lines = draft.lines.filter(
    (line, index) => line.nextHolder === undefined && !isSetAside(index, draft.lines.length),
  );
  return draft.companies
    .filter(({ weight }) => weight > 0)
    .map((company) => {
      const random = draft.random(`sales:${company.code}`);
      const nobody = { asked: 0, customers: [], services: new Map(), soldInside: 0 };
      return { company, random, lines: random.shuffle(lines), ...nobody };
    });
}

/** What each shop should sell: at least one, or one for each line it needs, and the rest by weight. */
function shareOut(shops: readonly Shop[], count: number): { shop: Shop; count: number }[] {
  const least = shops.map(({ company }) => company.leastLines ?? 1);
  const free = Math.max(0, count - least.reduce((sum, value) => sum + value, 0));
  const weights = shops.reduce((sum, { company }) => sum + company.weight, 0);
  return shops.map((shop, index) => ({
    shop,
    count: Math.min(count, least[index]! + Math.floor((free * shop.company.weight) / weights)),
  }));
}

/** Sells up to `count` times; returns how often it succeeded. */
function sell(draft: Draft, shop: Shop, count: number): number {
  let sold = 0;
  for (let index = 0; index < count; index += 1) {
    const isFirst = shop.customers.length < (shop.company.leastLines ?? 1);
    const isOutside = !isFirst && !shop.company.isMonthOnly && shop.random.next() < OUTSIDE_SHARE;
    if (sellOnce(draft, shop, isOutside ? 'outside' : 'inside')) sold += 1;
  }
  return sold;
}

function sellOnce(draft: Draft, shop: Shop, where: 'inside' | 'outside'): boolean {
  const { company, random } = shop;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const line = wantsCustomer(shop, where) ? newCustomer(shop) : random.pick(shop.customers);
    const dates = draft.calendar.datesOf(line.closingGroup, where);
    if (dates.length === 0) continue;
    const service = shop.services.get(line) ?? random.pick(company.services);
    const goods = random.pick(service.goods);
    const amountMinor = attempt < ATTEMPTS / 2 ? random.pick(goods.pricesMinor) : company.lowestPriceMinor;
    const at = instantOf(draft, company, random.pick(dates), random);
    if (!draft.trySpend(line, at, amountMinor)) continue;
    if (!shop.services.has(line)) shop.customers.push(line);
    shop.services.set(line, service);
    if (where === 'inside') shop.soldInside += amountMinor;
    record(draft, { company, line, service, goods, amountMinor, at });
    return true;
  }
  return false;
}

/** Whether another customer brings the average nearer to what the company is to have. */
function wantsCustomer(shop: Shop, where: 'inside' | 'outside'): boolean {
  const { company, customers, lines, asked, soldInside } = shop;
  if (customers.length === 0) return true;
  if (asked >= lines.length || where === 'outside') return false;
  if (customers.length < (company.leastLines ?? 1)) return true;
  return company.averageMinor === undefined || soldInside >= company.averageMinor * customers.length;
}

/** The next line on the list; some find that the line has spent its month. */
function newCustomer(shop: Shop): PlannedLine {
  const line = shop.lines[shop.asked % shop.lines.length]!;
  shop.asked += 1;
  return line;
}

/** Companies that send requests of many do so once a day, late in the evening. */
function instantOf(draft: Draft, company: DemoCompany, date: string, random: Random): number {
  if (company.usageBy === 'batch') return draft.calendar.instant(date, 22 * HOUR_MS + 15 * MINUTE_MS);
  return draft.daytime(date, random);
}

interface OrdinarySale {
  readonly company: DemoCompany;
  readonly line: PlannedLine;
  readonly service: DemoService;
  readonly goods: DemoGoods;
  readonly amountMinor: number;
  readonly at: number;
}

function record(draft: Draft, { company, line, service, goods, amountMinor, at }: OrdinarySale): void {
  const subscriber = draft.subscriber(line);
  const consent = draft.consent(company, service, subscriber);
  draft.usages.push({ at, company, service, subscriber, goods, amountMinor, consent, via: company.usageBy });
}
