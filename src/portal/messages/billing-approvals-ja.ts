/** Japanese texts of approvals in the console of billing. */
export const billingApprovalsJa = {
  'billing.approvals.nav': '承認',
} as const;
