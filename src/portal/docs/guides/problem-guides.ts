import { problems, type ProblemCode } from '../../../shared/problem.ts';
import { accountProblems } from './account-problems.ts';
import { administrationProblems } from './administration-problems.ts';
import { checkoutProblems } from './checkout-problems.ts';
import { contactProblems } from './contact-problems.ts';
import { eventProblems } from './event-problems.ts';
import { paymentRequestProblems } from './payment-request-problems.ts';
import type { ProblemGuide } from './problem-guide.ts';
import { refundProblems } from './refund-problems.ts';
import { requestProblems } from './request-problems.ts';
import { saleProblems } from './sale-problems.ts';
import { usageFileProblems } from './usage-file-problems.ts';

/** The guide of each problem; a code without one does not compile. */
export const problemGuides: Readonly<Record<ProblemCode, ProblemGuide>> = {
  ...requestProblems,
  ...saleProblems,
  ...paymentRequestProblems,
  ...usageFileProblems,
  ...refundProblems,
  ...eventProblems,
  ...checkoutProblems,
  ...contactProblems,
  ...administrationProblems,
  ...accountProblems,
};

/** The problems grouped by where they occur, as the index lists them. */
export const problemGroups = {
  sale: codesOf({ ...saleProblems, ...paymentRequestProblems, ...usageFileProblems }),
  refund: codesOf(refundProblems),
  event: codesOf(eventProblems),
  request: codesOf(requestProblems),
  checkout: codesOf(checkoutProblems),
  contact: codesOf(contactProblems),
  administration: codesOf({ ...administrationProblems, ...accountProblems }),
} as const satisfies Record<string, readonly ProblemCode[]>;

export type ProblemGroup = keyof typeof problemGroups;

function codesOf(guides: Readonly<Partial<Record<ProblemCode, ProblemGuide>>>): ProblemCode[] {
  return (Object.keys(problems) as ProblemCode[]).filter((code) => Object.hasOwn(guides, code));
}
