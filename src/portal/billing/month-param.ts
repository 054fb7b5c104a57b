import { isMonth } from '../../shared/calendar-date.rules.ts';
import { Problem } from '../../shared/problem.ts';

/** The month that an address names. @throws Problem `not-found` for another text */
export function requireMonth(text: string | undefined): string {
  if (text === undefined || !isMonth(text)) throw new Problem('not-found');
  return text;
}
