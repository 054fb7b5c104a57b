import { nextBankDay } from '../shared/bank-days.rules.ts';
import type { CaseState } from './case.rules.ts';
import { addDays, businessDateOf, endOfBusinessDate } from '../shared/calendar.rules.ts';

interface Promised {
  readonly timeZone: string;
  /** Bank days after the day it began on: 1 is the end of the next one. */
  readonly days: number;
}

/**
 * Until when something is answered that began at an instant: the end of so many bank days later (`CASE_ANSWER_DAYS`,
 * `CASE_COMPANY_DAYS`). What begins on a holiday counts from the next bank day.
 */
export function answerDueAt(from: Date, { timeZone, days }: Promised): Date {
  let date = businessDateOf(from, timeZone);
  for (let left = days; left > 0; left -= 1) date = nextBankDay(addDays(date, 1));
  return endOfBusinessDate(nextBankDay(date), timeZone);
}

interface DueCase {
  readonly state: CaseState;
  readonly answeredAt: Date | null;
  readonly answerDueAt: Date | null;
  readonly companyDueAt: Date | null;
}

/**
 * Until when something has to happen in a case: the first answer, or the company's, whichever is earlier. The table has the same as
 * `due_at`, by which the queue is found.
 */
export function dueAtOf({ state, answeredAt, answerDueAt, companyDueAt }: DueCase): Date | null {
  if (state === 'closed') return null;
  const dues = [
    ...(answeredAt === null && answerDueAt !== null ? [answerDueAt] : []),
    ...(state === 'waiting-company' && companyDueAt !== null ? [companyDueAt] : []),
  ];
  return dues.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

const DAY_MS = 86_400_000;

/** Days after its closing in which a case is opened again (our decision); after them a new case is opened. */
export const REOPEN_DAYS = 30;

/** Whether a case that was closed then may still be opened again. */
export function mayReopen(closedAt: Date, now: Date): boolean {
  return now.getTime() - closedAt.getTime() <= REOPEN_DAYS * DAY_MS;
}
