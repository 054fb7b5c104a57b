import { addDays } from '../shared/calendar-date.rules.ts';

/**
 * `monthly-limit`, `charge-limit`: the most that may be spent in a billing period, and on one purchase.
 * `block`: a company or service that nothing is bought from. `only-listed`: the ID may buy nothing but what is allowed, and
 * `allow` is that list.
 */
export type SafeguardKind = 'monthly-limit' | 'charge-limit' | 'block' | 'allow' | 'only-listed';

/** What a setting is about: a later one of the same subject replaces it. */
export interface SafeguardSubject {
  readonly kind: SafeguardKind;
  /** Null: the line as a whole. */
  readonly subscriberId: number | null;
  readonly companyId: number | null;
  /** Null: all services of the company. */
  readonly serviceId: number | null;
}

/** What is set. A limit is in force when it is an amount. */
export interface SafeguardValue {
  readonly limitMinor: bigint | null;
  readonly inForce: boolean;
}

/** A setting of a tenure, from its first business date on. */
export interface SafeguardRow extends SafeguardSubject, SafeguardValue {
  /** Grows with each setting of the tenure. */
  readonly version: number;
  readonly validFrom: string;
}

export const NOTHING_SET: SafeguardValue = { limitMinor: null, inForce: false };

/** One text for a subject. */
export const subjectKey = ({ kind, subscriberId, companyId, serviceId }: SafeguardSubject): string =>
  [kind, subscriberId ?? '', companyId ?? '', serviceId ?? ''].join('|');

/**
 * What is in force on a business date: of each subject the newest setting that has begun. A later word replaces an earlier one
 * whole, so a limit that is lowered today also cancels the raise that was to begin tomorrow.
 */
export function safeguardsOn<R extends SafeguardRow>(rows: readonly R[], businessDate: string): R[] {
  const begun = rows.filter(({ validFrom }) => validFrom <= businessDate);
  return newestOfEach(begun).filter(({ inForce }) => inForce);
}

/** What is set and has not begun on a business date. */
export function scheduledAfter<R extends SafeguardRow>(rows: readonly R[], businessDate: string): R[] {
  return newestOfEach(rows).filter(({ validFrom }) => validFrom > businessDate);
}

function newestOfEach<R extends SafeguardRow>(rows: readonly R[]): R[] {
  const newest = new Map<string, R>();
  for (const row of rows) {
    const known = newest.get(subjectKey(row));
    if (!known || row.version > known.version) newest.set(subjectKey(row), row);
  }
  return [...newest.values()];
}

/** The value of one subject on a business date. */
export function valueOn(
  rows: readonly SafeguardRow[],
  subject: SafeguardSubject,
  businessDate: string,
): SafeguardValue {
  const key = subjectKey(subject);
  const row = safeguardsOn(rows, businessDate).find((known) => subjectKey(known) === key);
  return row ? { limitMinor: row.limitMinor, inForce: row.inForce } : NOTHING_SET;
}

interface Change {
  /** Settings of the tenure until now. */
  readonly rows: readonly SafeguardRow[];
  readonly subject: SafeguardSubject;
  readonly value: SafeguardValue;
  readonly businessDate: string;
}

/** Whether a change permits more than is permitted on the business date. */
export function permitsMore({ rows, subject, value, businessDate }: Change): boolean {
  const current = valueOn(rows, subject, businessDate);
  switch (subject.kind) {
    case 'monthly-limit':
    case 'charge-limit':
      if (current.limitMinor === null) return false;
      return value.limitMinor === null || value.limitMinor > current.limitMinor;
    case 'block':
    case 'only-listed':
      return current.inForce && !value.inForce;
    case 'allow':
      // While the list does not restrict, it can be filled at once.
      return (
        value.inForce &&
        !current.inForce &&
        valueOn(rows, onlyListed(subject.subscriberId), businessDate).inForce
      );
    default:
      return subject.kind satisfies never;
  }
}

/** First business date of a change: what permits less counts at once, what permits more on the next day (domain.md §2). */
export function validFromOf(change: Change): string {
  return permitsMore(change) ? addDays(change.businessDate, 1) : change.businessDate;
}

/** Whether a change would change nothing, now or later. */
export function isSetAlready({ rows, subject, value, businessDate }: Change): boolean {
  const key = subjectKey(subject);
  const pending = scheduledAfter(rows, businessDate).find((row) => subjectKey(row) === key);
  const last = pending ?? valueOn(rows, subject, businessDate);
  return last.inForce === value.inForce && last.limitMinor === value.limitMinor;
}

/** The switch that makes the list of an ID the only thing it may buy from. */
export const onlyListed = (subscriberId: number | null): SafeguardSubject => ({
  kind: 'only-listed',
  subscriberId,
  companyId: null,
  serviceId: null,
});
