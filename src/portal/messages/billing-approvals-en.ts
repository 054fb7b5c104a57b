import type { billingApprovalsJa } from './billing-approvals-ja.ts';

/** English texts of approvals in the console of billing. */
export const billingApprovalsEn = {
  'billing.approvals.nav': 'Approvals',
} as const satisfies Readonly<Record<keyof typeof billingApprovalsJa, string>>;
