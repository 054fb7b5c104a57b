import type { Area } from '../../kit/console-area.ts';
import { approvalPage, approvalsPage, approveForm, rejectForm, rejectPage } from './approvals.pages.ts';
import { cancelChargeForm, cancelChargePage } from './cancel-charge.pages.ts';
import { cancelMonthForm, cancelMonthPage } from './cancel-month.pages.ts';
import { cancelSubscriptionForm, cancelSubscriptionPage } from './cancel-subscription.pages.ts';
import { proposeRefundForm, refundForm, refundPage } from './refund.pages.ts';
import { revokeConsentForm, revokeConsentPage } from './revoke-consent.pages.ts';

/** What is done for a caller, each after a question; and what a second person decides. */
export const actsArea: Area = {
  pages: [
    cancelChargePage,
    refundPage,
    cancelSubscriptionPage,
    cancelMonthPage,
    revokeConsentPage,
    approvalsPage,
    approvalPage,
    rejectPage,
  ],
  forms: [
    cancelChargeForm,
    refundForm,
    proposeRefundForm,
    cancelSubscriptionForm,
    cancelMonthForm,
    revokeConsentForm,
    approveForm,
    rejectForm,
  ],
};
