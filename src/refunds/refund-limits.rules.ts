import type { Config } from '../../config/config.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { Problem } from '../shared/problem.ts';

export type RefundLimits = Config['refundLimits'];

/** What a refund comes to together with what was given back before it, itself included. */
export interface RefundSums {
  /** All refunds of the charge. */
  readonly chargeMinor: bigint;
  /** Of the business date, to the line, of all refunders. */
  readonly lineDayMinor: bigint;
  /** Of the business date, by the refunder, without a second person. */
  readonly refunderDayMinor: bigint;
}

/** Whose refunds of a day are added up: a person of the carrier, or a company with all its keys and people. */
export function refunderOf(actor: Actor): string {
  if (actor.kind === 'company-key' || actor.kind === 'company-user') return `company:${actor.companyId}`;
  return actorName(actor);
}

export type ExceededLimit = 'charge' | 'line-day' | 'person-day' | 'company-day';

/**
 * Which limit of what one person may give back alone a refund exceeds (domain.md §9). A company gives back its own money, so
 * only the sum of its day counts: a stolen key must not empty a month. A person of the carrier gives back other people's.
 */
export function exceededLimit(
  limits: RefundLimits,
  sums: RefundSums,
  isCompany: boolean,
): ExceededLimit | undefined {
  if (isCompany) return sums.refunderDayMinor > limits.companyDayMinor ? 'company-day' : undefined;
  if (sums.chargeMinor > limits.chargeMinor) return 'charge';
  if (sums.lineDayMinor > limits.lineDayMinor) return 'line-day';
  return sums.refunderDayMinor > limits.personDayMinor ? 'person-day' : undefined;
}

const because: Readonly<Record<ExceededLimit | 'window', string>> = {
  charge: 'The refunds of this charge are above what one person may give back.',
  'line-day': 'The refunds to this line today are above what one person may give back.',
  'person-day': 'Your refunds of today are above what one person may give back.',
  'company-day': 'The refunds of your company today are above what a company may give back by itself.',
  window: 'The window of refunds has passed.',
};

/** The refusal of a refund that takes two people, and what to do: a company asks the support centre, which proposes it. */
export function needsApproval(why: ExceededLimit | 'window', contact: string): Problem {
  const todo =
    why === 'company-day' ? `Ask the support centre: ${contact}.` : 'Propose it: another person approves it.';
  return new Problem('refund-needs-approval', { detail: `${because[why]} ${todo}`, facts: { because: why } });
}
