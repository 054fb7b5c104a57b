import type { Group } from '../plan/world-plan.ts';
import { closeOf, periodAt, plusMonths } from './calendar.ts';
import { periodKey, type Shadow, type ShadowPeriod } from './state.ts';

export interface Place {
  readonly period: string;
  readonly group: Group;
  readonly late: boolean;
}

/** The period of that name, opened at its first use. */
export function periodOf(shadow: Shadow, period: string, group: Group): ShadowPeriod {
  const key = periodKey(period, group);
  const known = shadow.periods.get(key);
  if (known) return known;
  const opened = { period, group, closed: false };
  shadow.periods.set(key, opened);
  return opened;
}

/** A place for a charge that was found, and what has been looked at on the way to it. */
export interface FoundPlace extends Place {
  readonly looked: readonly { readonly period: string; readonly group: Group }[];
}

/** A line and the first day of a tenure. */
export interface Holder {
  readonly line: string;
  readonly holderFrom: string;
}

const begunKey = ({ holderFrom }: Holder, period: string): string => `${holderFrom} ${period}`;

/**
 * Where a charge of a day goes: the first period from that of the day on which is neither closed nor over by
 * then. A period a tenure was seen in before keeps the group of that time.
 */
export function findPlace(shadow: Shadow, holder: Holder, date: string): FoundPlace {
  const line = shadow.lines.get(holder.line)!;
  const looked: { period: string; group: Group }[] = [];
  let late = false;
  for (let period = periodAt(date, line.group); ; period = plusMonths(period, 1)) {
    const group = line.begun.get(begunKey(holder, period)) ?? line.group;
    looked.push({ period, group });
    const isOver = closeOf(period, group) < date;
    if (!isClosed(shadow, period, group) && !isOver) return { period, group, late, looked };
    late ||= !isOver;
  }
}

/** A period that was never opened closes with the first one after it. */
function isClosed(shadow: Shadow, period: string, group: Group): boolean {
  const known = shadow.periods.get(periodKey(period, group));
  if (known) return known.closed;
  return [...shadow.periods.values()].some((one) => one.closed && one.group === group && one.period > period);
}

/** Remembers where a tenure has been looked for. */
export function keepPlace(shadow: Shadow, holder: Holder, { looked }: FoundPlace): void {
  const line = shadow.lines.get(holder.line)!;
  for (const { period, group } of looked) {
    line.begun.set(begunKey(holder, period), group);
    if (!isClosed(shadow, period, group)) periodOf(shadow, period, group);
  }
}
