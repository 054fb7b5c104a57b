import type { FieldError } from '../shared/problem.ts';

/** Business dates, half-open; null is open-ended. */
export interface Validity {
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** A contract holds for whole months, for a month is settled under one contract. */
export function findValidityFaults({ validFrom, validTo }: Validity): FieldError[] {
  const faults: FieldError[] = [];
  if (!isFirstOfMonth(validFrom))
    faults.push({ pointer: '/validFrom', message: 'must be the first of a month' });
  if (validTo === null) return faults;
  if (!isFirstOfMonth(validTo)) faults.push({ pointer: '/validTo', message: 'must be the first of a month' });
  if (validTo <= validFrom) faults.push({ pointer: '/validTo', message: 'must be after validFrom' });
  return faults;
}

/** Whether two validities share a day. */
export function overlap(left: Validity, right: Validity): boolean {
  const beginsBeforeEnd = (one: Validity, other: Validity): boolean =>
    other.validTo === null || one.validFrom < other.validTo;
  return beginsBeforeEnd(left, right) && beginsBeforeEnd(right, left);
}

function isFirstOfMonth(date: string): boolean {
  return date.endsWith('-01');
}
