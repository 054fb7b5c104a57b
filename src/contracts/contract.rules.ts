import type { DateRange } from '../shared/date-range.rules.ts';
import type { FieldError } from '../shared/problem.ts';

/** A contract has whole months, because a month is settled under one contract. */
export function findValidityFaults({ validFrom, validTo }: DateRange): FieldError[] {
  const faults: FieldError[] = [];
  if (!isFirstOfMonth(validFrom))
    faults.push({ pointer: '/validFrom', message: 'must be the first of a month' });
  if (validTo === null) return faults;
  if (!isFirstOfMonth(validTo)) faults.push({ pointer: '/validTo', message: 'must be the first of a month' });
  if (validTo <= validFrom) faults.push({ pointer: '/validTo', message: 'must be after validFrom' });
  return faults;
}

function isFirstOfMonth(date: string): boolean {
  return date.endsWith('-01');
}
