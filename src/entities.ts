import type { InferKyselyDB } from '@mikro-orm/mariadb';
import { ApprovalSchema } from './access/approvals/approval.entity.ts';
import { AnswerLinkSchema } from './enquiries/answer-link.entity.ts';
import { ContactQuotaSchema } from './enquiries/contact-quota.entity.ts';
import { EnquirySchema } from './enquiries/enquiry.entity.ts';
import { EnquiryMessageSchema } from './enquiries/enquiry-message.entity.ts';
import { CaseMailSchema } from './case-mails/case-mail.entity.ts';
import { CaseEventSchema } from './cases/case-event.entity.ts';
import { CaseNumberSchema } from './cases/case-number.entity.ts';
import { SupportCaseSchema } from './cases/support-case.entity.ts';
import { BankAccountSchema } from './bank-accounts/bank-account.entity.ts';
import { EventSchema } from './events/event.entity.ts';
import { WebhookEndpointSchema } from './webhooks/webhook-endpoint.entity.ts';
import {
  WebhookAttemptSchema,
  WebhookDeliverySchema,
  WebhookReplaySchema,
} from './webhooks/webhook-delivery.entity.ts';
import { PublishedEventSchema } from './published-events/published-event.entity.ts';
import {
  EventMarkSchema,
  EventPublisherSchema,
  EventSequenceSchema,
} from './published-events/publisher.entity.ts';
import { AccountSchema, AccountRoleSchema } from './accounts/account.entity.ts';
import { AccountRecoveryCodeSchema, AccountTotpSchema } from './accounts/account-factors.entity.ts';
import { ChargeSchema } from './charges/charge.entity.ts';
import { CheckoutSchema } from './checkout/checkout.entity.ts';
import { PaymentRequestDaySchema } from './payment-requests/payment-request-day.entity.ts';
import { PaymentRequestSchema } from './payment-requests/payment-request.entity.ts';
import { LineCheckSchema } from './line-checks/line-check.entity.ts';
import { ConfirmationSchema } from './checkout/confirmation.entity.ts';
import { ClawbackSchema } from './collections/clawback.entity.ts';
import { CollectionCutoffSchema } from './collections/collection-cutoff.entity.ts';
import { CollectionImportSchema } from './collections/collection-import.entity.ts';
import { CollectionResultSchema } from './collections/collection-result.entity.ts';
import { CompanyCollectionSchema } from './collections/company-collection.entity.ts';
import { InvoiceAnswerSchema } from './collections/invoice-answer.entity.ts';
import { InvoiceCollectionSchema } from './collections/invoice-collection.entity.ts';
import { ConsentSchema } from './consents/consent.entity.ts';
import { UsageItemKeySchema } from './charges/usage-item-key.entity.ts';
import { SigningKeySchema } from './signing-keys/signing-key.entity.ts';
import { SignatureNonceSchema } from './signing-keys/signature-nonce.entity.ts';
import { ApiRequestCountSchema, ApiRequestSchema } from './request-log/api-request.entity.ts';
import { ApiKeyUseSchema } from './companies/api-key-use.entity.ts';
import { ApiKeySchema } from './companies/api-key.entity.ts';
import { CompanySchema } from './companies/company.entity.ts';
import { ContractSchema } from './contracts/contract.entity.ts';
import { PartyChangeSchema } from './companies/party-change.entity.ts';
import { PartyVersionSchema } from './companies/party-version.entity.ts';
import { ServiceSchema } from './companies/service.entity.ts';
import { AuditEntrySchema } from './access/audit/audit-entry.entity.ts';
import { BillingSettingsSchema } from './database/billing-settings.entity.ts';
import { IdempotencyKeySchema } from './api/idempotency/idempotency-key.entity.ts';
import { OneTimeTokenSchema } from './identity/one-time-token.entity.ts';
import { PasskeySchema } from './identity/passkey.entity.ts';
import { SessionSchema } from './identity/session.entity.ts';
import { SignInFailureSchema } from './identity/sign-in-failure.entity.ts';
import { OneTimeCodeSchema } from './identity/one-time-code.entity.ts';
import { SubscriberSchema } from './identity/subscriber.entity.ts';
import { BillingPeriodLaneSchema } from './billing-periods/billing-period-lane.entity.ts';
import { BillingPeriodSchema } from './billing-periods/billing-period.entity.ts';
import { ClosedPeriodPartySchema } from './invoices/closed-period-party.entity.ts';
import { InvoiceItemSchema } from './invoices/invoice-item.entity.ts';
import { LineInvoiceSchema } from './invoices/line-invoice.entity.ts';
import { LineInvoiceTaxSchema } from './invoices/line-invoice-tax.entity.ts';
import { LedgerAccountSchema } from './ledger/ledger-account.entity.ts';
import { LedgerEntrySchema } from './ledger/ledger-entry.entity.ts';
import { LineSchema } from './lines/line.entity.ts';
import { LineHolderSchema } from './lines/line-holder.entity.ts';
import { LinePeriodSchema } from './limits/line-period.entity.ts';
import { OpenAuthorizationSchema } from './limits/open-authorization.entity.ts';
import { UsageHoldSchema } from './limits/usage-hold.entity.ts';
import {
  UsageFilePieceSchema,
  UsageFileRowSchema,
  UsageFileSchema,
} from './usage-files/usage-file.entity.ts';
import { TenureHoldSchema } from './limits/tenure-hold.entity.ts';
import { MailSchema } from './mails/mail.entity.ts';
import { MailAddressSchema } from './mails/mail-address.entity.ts';
import { ParkedSchema } from './runs/parked.entity.ts';
import { PersonSearchSchema } from './personal-data/person-search.entity.ts';
import { PersonalDataRevealSchema } from './personal-data/personal-data-reveal.entity.ts';
import { RunRequestSchema } from './runs/run-request.entity.ts';
import { RunStopSchema } from './runs/run-stop.entity.ts';
import { PayoutSchema } from './payouts/payout.entity.ts';
import { PayoutRunSchema } from './payouts/payout-run.entity.ts';
import { BankRefundSchema } from './refunds/bank-refund.entity.ts';
import { RefundAccountSchema } from './refunds/refund-account.entity.ts';
import { PartnerCommissionSchema } from './partners/partner-commission.entity.ts';
import { PartnerServiceSchema, PartnerTermsSchema } from './partners/partner-terms.entity.ts';
import { PartnerSchema } from './partners/partner.entity.ts';
import { RefundedDaySchema } from './refunds/refunded-day.entity.ts';
import { RehearsalSchema } from './rehearsals/rehearsal.entity.ts';
import { RehearsalCompanyGroupSchema, RehearsalGroupSchema } from './rehearsals/rehearsal-group.entity.ts';
import { RehearsalSettlementSchema } from './rehearsals/rehearsal-settlement.entity.ts';
import { RefundSchema } from './refunds/refund.entity.ts';
import { DailyCollectionSchema } from './reports/daily-collection.entity.ts';
import { DailyFigureSchema, DailyTotalSchema } from './reports/daily-figure.entity.ts';
import { DailySubscriptionSchema } from './reports/daily-subscription.entity.ts';
import { ReportFigureSchema } from './reports/report-figure.entity.ts';
import { RunSchema } from './runs/run.entity.ts';
import { SafeguardSchema } from './safeguards/safeguard.entity.ts';
import {
  PurchaseMailSchema,
  SpendingNoticeSchema,
  SpendingNoticeSentSchema,
} from './safeguards/spending-notice.entity.ts';
import { SealMemberSchema } from './seals/seal-member.entity.ts';
import { SealSchema } from './seals/seal.entity.ts';
import { SettlementSchema } from './settlements/settlement.entity.ts';
import { SettlementDocumentSchema } from './settlements/settlement-document.entity.ts';
import { SettlementLineSchema } from './settlements/settlement-line.entity.ts';
import { InvoiceCorrectionSchema } from './invoices/invoice-correction.entity.ts';
import { StatementCorrectionSchema } from './statements/statement-correction.entity.ts';
import { StatementFileSchema } from './statements/statement-file.entity.ts';
import { TariffSchema } from './tariffs/tariff.entity.ts';
import { FreeMonthSchema } from './subscriptions/free-month.entity.ts';
import { SubscriptionSchema } from './subscriptions/subscription.entity.ts';
import { SubscriptionMonthSchema } from './subscriptions/subscription-month.entity.ts';

/** Every table of the service. The migrations make them, these describe them; a test holds the two together. */
export const entities = [
  ApprovalSchema,
  AccountSchema,
  AccountRoleSchema,
  AccountRecoveryCodeSchema,
  AccountTotpSchema,
  ChargeSchema,
  CheckoutSchema,
  ConfirmationSchema,
  LineCheckSchema,
  PaymentRequestSchema,
  PaymentRequestDaySchema,
  ClawbackSchema,
  CollectionCutoffSchema,
  CollectionImportSchema,
  CollectionResultSchema,
  CompanyCollectionSchema,
  InvoiceAnswerSchema,
  InvoiceCollectionSchema,
  ConsentSchema,
  UsageItemKeySchema,
  ApiKeySchema,
  ApiKeyUseSchema,
  ApiRequestSchema,
  ApiRequestCountSchema,
  SigningKeySchema,
  SignatureNonceSchema,
  BankAccountSchema,
  EventSchema,
  PublishedEventSchema,
  WebhookEndpointSchema,
  WebhookDeliverySchema,
  WebhookAttemptSchema,
  WebhookReplaySchema,
  EventMarkSchema,
  EventPublisherSchema,
  EventSequenceSchema,
  CompanySchema,
  ContractSchema,
  ServiceSchema,
  PartyChangeSchema,
  PartyVersionSchema,
  AuditEntrySchema,
  BillingSettingsSchema,
  IdempotencyKeySchema,
  OneTimeTokenSchema,
  PasskeySchema,
  SessionSchema,
  SignInFailureSchema,
  OneTimeCodeSchema,
  SubscriberSchema,
  BillingPeriodSchema,
  BillingPeriodLaneSchema,
  ClosedPeriodPartySchema,
  InvoiceItemSchema,
  LineInvoiceSchema,
  LineInvoiceTaxSchema,
  LedgerAccountSchema,
  LedgerEntrySchema,
  LineSchema,
  LineHolderSchema,
  LinePeriodSchema,
  OpenAuthorizationSchema,
  TenureHoldSchema,
  UsageHoldSchema,
  UsageFileSchema,
  UsageFilePieceSchema,
  UsageFileRowSchema,
  MailSchema,
  MailAddressSchema,
  ParkedSchema,
  PartnerSchema,
  PartnerTermsSchema,
  PartnerServiceSchema,
  PartnerCommissionSchema,
  PayoutSchema,
  PayoutRunSchema,
  RefundSchema,
  RehearsalSchema,
  RehearsalGroupSchema,
  RehearsalCompanyGroupSchema,
  RehearsalSettlementSchema,
  RefundedDaySchema,
  RefundAccountSchema,
  BankRefundSchema,
  DailyCollectionSchema,
  DailyFigureSchema,
  DailySubscriptionSchema,
  DailyTotalSchema,
  ReportFigureSchema,
  RunSchema,
  PersonSearchSchema,
  PersonalDataRevealSchema,
  RunRequestSchema,
  RunStopSchema,
  SafeguardSchema,
  PurchaseMailSchema,
  SpendingNoticeSchema,
  SpendingNoticeSentSchema,
  SealMemberSchema,
  SealSchema,
  SettlementSchema,
  SettlementDocumentSchema,
  SettlementLineSchema,
  StatementCorrectionSchema,
  InvoiceCorrectionSchema,
  StatementFileSchema,
  TariffSchema,
  FreeMonthSchema,
  SubscriptionSchema,
  SubscriptionMonthSchema,
  AnswerLinkSchema,
  ContactQuotaSchema,
  EnquirySchema,
  EnquiryMessageSchema,
  CaseEventSchema,
  CaseMailSchema,
  CaseNumberSchema,
  SupportCaseSchema,
] as const;

declare module './database/sql.ts' {
  interface Register {
    readonly tables: InferKyselyDB<(typeof entities)[number], typeof naming>;
  }
}
