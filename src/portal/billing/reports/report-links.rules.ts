import type { ReportRow } from '../../../reports/report.types.ts';
import { settlementNumber } from '../../../settlements/settlement.rules.ts';
import { monthOf } from '../../../shared/calendar-date.rules.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import { tabHref } from '../collections/collection-parts.rules.ts';
import { settlementHref, settlementsHref } from '../settlements/settlements.query.ts';
import type { ReportChoice } from './report-query.rules.ts';

/** Addresses of the pages behind the figures of a row, by the column of the figure. */
export type FigureLinks = Readonly<Record<string, string>>;

type Can = ViewFrame['can'];

/** Reports of which every figure of a day is booked on that day. */
const BOOKED = new Set<ReportChoice['report']>(['sales', 'losses', 'collection']);

/** The journal of a day, in which everything of all companies is; undefined where only a part of it is asked for. */
export function dayHref({ report, grain, company }: ReportChoice, day: string, can: Can): string | undefined {
  if (grain !== 'day' || company !== undefined || !BOOKED.has(report) || !can('journal:read'))
    return undefined;
  return `/billing/journal?${new URLSearchParams({ from: day, to: day }).toString()}`;
}

/** Of a month of fees: its settlements, where they are those of all companies. */
export function linksOfMonth(
  { report, company }: ReportChoice,
  startsOn: string,
  can: Can,
): FigureLinks | undefined {
  if (report !== 'fees' || company !== undefined || !can('settlements:read')) return undefined;
  return { settlementCount: settlementsHref({ period: monthOf(startsOn) }) };
}

/** Of a company: the settlement of the one month that its fees are of, and its clawbacks. */
export function linksOfRow(
  { report, by, from, through }: ReportChoice,
  { key, code }: ReportRow,
  can: Can,
): FigureLinks | undefined {
  if (by !== 'company' || code === null) return undefined;
  if (report === 'fees' && from === through && can('settlements:read')) {
    const href = settlementHref(settlementNumber(from, Number(key)));
    return { settlementCount: href, feeMinor: href, payoutMinor: href };
  }
  if (report === 'losses' && can('collections:read')) {
    const href = `${tabHref('clawbacks')}?${new URLSearchParams({ company: code }).toString()}`;
    return { clawbackMinor: href, recoveredMinor: href };
  }
  return undefined;
}
