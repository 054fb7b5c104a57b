import type { PeopleNames } from '../../../accounts/people-names.queries.ts';
import type { ViewFrame } from '../../kit/define-page.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A length of time as people say it: `12分`, `3時間`, `2日`. */
export function lengthText(lengthMs: number, { t }: Pick<ViewFrame, 't'>): string {
  const ms = Math.max(0, lengthMs);
  if (ms < HOUR_MS) return t('support.cases.minutes', { count: Math.floor(ms / MINUTE_MS) });
  if (ms < 2 * DAY_MS) return t('support.cases.hours', { count: Math.floor(ms / HOUR_MS) });
  return t('support.cases.days', { count: Math.floor(ms / DAY_MS) });
}

/** How long ago something was. */
export function ageText(at: Date, now: Date, frame: Pick<ViewFrame, 't'>): string {
  return frame.t('support.cases.ago', { length: lengthText(now.getTime() - at.getTime(), frame) });
}

/** How much time is left until an instant, or by how much it is late. */
export function dueText(dueAt: Date, now: Date, frame: Pick<ViewFrame, 't'>): string {
  const leftMs = dueAt.getTime() - now.getTime();
  return leftMs > 0
    ? frame.t('support.cases.left', { length: lengthText(leftMs, frame) })
    : frame.t('support.cases.late', { length: lengthText(-leftMs, frame) });
}

/** The last minute before an instant, as people read a due time: the end of Friday, and not the beginning of Saturday. */
export function dueTimeText(dueAt: Date, { format }: Pick<ViewFrame, 'format'>): string {
  return format.dateTime(new Date(dueAt.getTime() - 1));
}

export const isLate = (dueAt: Date | null, now: Date): dueAt is Date => dueAt !== null && dueAt < now;

/** What a person is called; others, such as jobs, as the audit trail names them. */
export function personText(actor: string | null, names: PeopleNames): string {
  if (actor === null) return '';
  return names.get(actor) ?? actor.slice(actor.indexOf(':') + 1);
}
