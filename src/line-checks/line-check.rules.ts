import { Problem, type ProblemCode } from '../shared/problem.ts';

/**
 * Refusals that are about the company, its contract or the consent: it may know them anyway. Everything else is about the buyer, and
 * is a bare no.
 */
const OF_THE_COMPANY: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'consent-not-found',
  'consent-not-active',
  'company-suspended',
  'contract-missing',
  'amount-above-contract',
  'amount-above-consent',
]);

/** Whether a use could be charged, from what it would be refused with. @throws the problem if it is one of the company */
export function isPossible(problem: Problem | undefined): boolean {
  if (problem && OF_THE_COMPANY.has(problem.code)) throw problem;
  return problem === undefined;
}

/**
 * Only fixed amounts can be checked: with any amount, a few checks would find a limit by halving.
 * @throws Problem `amount-not-checked` with the amounts that can be
 */
export function assertCheckedAmount(amountMinor: bigint, steps: readonly bigint[]): void {
  if (steps.includes(amountMinor)) return;
  const amounts = steps.join(', ');
  throw new Problem('amount-not-checked', {
    detail: `The amounts that can be checked are ${amounts}.`,
    facts: { amounts },
    errors: [{ pointer: '/amount', message: `must be one of ${amounts}` }],
  });
}
