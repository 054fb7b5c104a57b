import { encodeTime } from 'ulid';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { addDays } from '../shared/calendar-date.rules.ts';

/** Identifiers between which a month's rows of a company lie: from the first, before the second. */
export interface MonthWindow {
  readonly companyId: number;
  readonly period: string;
  readonly from: string;
  readonly before: string;
}

/** No charge is captured longer after it was created: authorizations end within days, late charges within two months. */
const CREATED_BEFORE_DAYS = 92;
const DAY_MS = 86_400_000;

/**
 * Identifiers are in the order of time: what is in a billing period was created before its last group was closed, and refunds by
 * bank of its calendar month before that too.
 */
export async function findMonthWindow(
  deps: Deps,
  { companyId, period }: Pick<MonthWindow, 'companyId' | 'period'>,
): Promise<MonthWindow> {
  const groups = await sqlOf(emOf(deps))
    .selectFrom('billing_period')
    .select('closedAt')
    .where('period', '=', period)
    .execute();
  const ends = groups.map(({ closedAt }) => closedAt ?? deps.clock.now());
  const end = ends.length === 0 ? deps.clock.now() : new Date(Math.max(...ends.map(Number)));
  return {
    companyId,
    period,
    from: encodeTime(Date.parse(addDays(`${period}-01`, -CREATED_BEFORE_DAYS))),
    before: encodeTime(end.getTime() + DAY_MS),
  };
}
