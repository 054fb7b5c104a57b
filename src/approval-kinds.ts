import type { ApprovalKinds } from './access/approvals/approval-kind.ts';
import {
  accountFactorResetApproval,
  accountInviteApproval,
  accountRolesApproval,
} from './accounts/account-approvals.ts';
import { bankAccountApproval } from './bank-accounts/bank-account-approval.ts';
import { contractApproval, contractEndApproval } from './contracts/contract-approvals.ts';
import { payoutRunApproval } from './payouts/payout-run-approval.ts';
import { partnerTermsApproval } from './partners/partner-terms-approval.ts';
import { settlementApproval } from './settlements/settlement-approval.ts';
import { refundAccountApproval } from './refunds/refund-account-approval.ts';
import { reopenRefundApproval } from './refunds/reopen-refund-approval.ts';
import { refundApproval } from './refunds/refund-approval.ts';
import {
  watchHoldApproval,
  watchReleaseApproval,
  watchResumptionApproval,
  watchSuspensionApproval,
} from './watch/watch-approvals.ts';
import { tariffApproval } from './tariffs/tariff-approval.ts';

/** Everything that one person proposes and another approves. */
export const approvalKinds: ApprovalKinds = [
  bankAccountApproval,
  contractApproval,
  contractEndApproval,
  tariffApproval,
  partnerTermsApproval,
  payoutRunApproval,
  settlementApproval,
  accountInviteApproval,
  accountRolesApproval,
  accountFactorResetApproval,
  refundApproval,
  refundAccountApproval,
  reopenRefundApproval,
  watchHoldApproval,
  watchReleaseApproval,
  watchSuspensionApproval,
  watchResumptionApproval,
];
