import { addMonths, dayOfMonth, type ClosingGroup } from '../../../src/shared/calendar.rules.ts';
import { leastCharges, type DemoOptions } from '../options.ts';
import { HOUR_MS } from './demo-calendar.ts';
import type { DemoCompany } from './demo-company.ts';
import type { Draft } from './draft.ts';
import { isSetAside, LINES_TO_SET_ASIDE } from './plan-lines.ts';
import type { PlannedSubscriber } from './world-plan.ts';

/** Charges that the cases of lines set aside take. */
const CHARGES = 16;
/** A day of the month that lies in the periods of the month before. */
export const BEFORE_CLOSE = 3;
/** A day of the month on which most periods of the month before have closed. */
export const AFTER_CLOSE = 20;

/** Whether a world is large enough for lines that have a case of their own. */
export function hasLinesSetAside({ lines, charges, companies }: DemoOptions): boolean {
  return lines >= LINES_TO_SET_ASIDE && charges >= leastCharges(companies) + CHARGES;
}

/** The subscriber of the line of a closing group that buys nothing but what a case arranges. */
export function subscriberSetAside(draft: Draft, group: ClosingGroup): PlannedSubscriber {
  const line = draft.lines.find(
    (one, index) => one.closingGroup === group && isSetAside(index, draft.lines.length),
  );
  if (!line) throw new Error(`no line of closing group ${group} is set aside`);
  return draft.subscriber(line);
}

/** An hour of a day of the demo's month, or of a later one. */
export function on({ calendar }: Draft, day: number, hour: number, monthsLater = 0): number {
  return calendar.instant(dayOfMonth(addMonths(calendar.month, monthsLater), day), hour * HOUR_MS);
}

/** A company of the world; undefined in a world that is too small for it. */
export function companyNamed({ companies }: Draft, code: string): DemoCompany | undefined {
  return companies.find((company) => company.code === code);
}
