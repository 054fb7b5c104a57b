import type { MailTemplate } from './mail-content.ts';
import type { MailKindName } from './mail-kinds.ts';
import { accountInvitation } from './account-invitation.ts';
import { accountPasswordReset } from './account-password-reset.ts';
import { accountSecurity } from './account-security.ts';
import { caseMessage } from './case-message.ts';
import { caseUpdated } from './case-updated.ts';
import { chargeRefunded } from './charge-refunded.ts';
import { companyAnswer } from './company-answer.ts';
import { companyCase } from './company-case.ts';
import { companyMessage } from './company-message.ts';
import { issuedIdCreated } from './issued-id-created.ts';
import { issuedIdEnded } from './issued-id-ended.ts';
import { limitChanged } from './limit-changed.ts';
import { limitNotice } from './limit-notice.ts';
import { passkeyAdded } from './passkey-added.ts';
import { passkeyRemoved } from './passkey-removed.ts';
import { passwordChanged } from './password-changed.ts';
import { passwordResetCode } from './password-reset-code.ts';
import { paymentRequest } from './payment-request.ts';
import { purchaseReceipt } from './purchase-receipt.ts';
import { purchaseReported } from './purchase-reported.ts';
import { purchasesOfDay } from './purchases-of-day.ts';
import { signInCode } from './sign-in-code.ts';
import { statementIssued } from './statement-issued.ts';
import { subscriptionCancelled } from './subscription-cancelled.ts';
import { subscriptionFirstCharge } from './subscription-first-charge.ts';
import { subscriptionStarted } from './subscription-started.ts';
import { webhookDisabled } from './webhook-disabled.ts';

/** The template of every kind; one that is missing does not compile. */
export const mailTemplates: { readonly [Kind in MailKindName]: MailTemplate<Kind> } = {
  'purchase-receipt': purchaseReceipt,
  'payment-request': paymentRequest,
  'charge-refunded': chargeRefunded,
  'limit-notice': limitNotice,
  'limit-changed': limitChanged,
  'subscription-started': subscriptionStarted,
  'subscription-cancelled': subscriptionCancelled,
  'subscription-first-charge': subscriptionFirstCharge,
  'sign-in-code': signInCode,
  'password-changed': passwordChanged,
  'password-reset-code': passwordResetCode,
  'issued-id-created': issuedIdCreated,
  'issued-id-ended': issuedIdEnded,
  'purchases-of-day': purchasesOfDay,
  'passkey-added': passkeyAdded,
  'passkey-removed': passkeyRemoved,
  'company-message': companyMessage,
  'company-answer': companyAnswer,
  'purchase-reported': purchaseReported,
  'case-updated': caseUpdated,
  'case-message': caseMessage,
  'company-case': companyCase,
  'statement-issued': statementIssued,
  'account-invitation': accountInvitation,
  'account-password-reset': accountPasswordReset,
  'account-security': accountSecurity,
  'webhook-disabled': webhookDisabled,
};
