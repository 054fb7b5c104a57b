import type { Actor } from '../../src/access/actor.ts';
import {
  countPendingApprovals,
  getApproval,
  listApprovals,
} from '../../src/access/approvals/approval.queries.ts';
import { approveChange, rejectChange } from '../../src/access/approvals/decide-approval.ts';
import { expireApprovals } from '../../src/access/approvals/expire-approvals.ts';
import { proposeChange } from '../../src/access/approvals/propose-change.ts';
import { watchUseCases } from './watch-use-cases.ts';
import { lineUseCases } from './line-use-cases.ts';
import { caseDeskUseCases } from './case-desk-use-cases.ts';
import { supportUseCases } from './support-use-cases.ts';
import { listAudit } from '../../src/access/audit/audit.queries.ts';
import { approvalKinds } from '../../src/approval-kinds.ts';
import { listBankAccounts } from '../../src/bank-accounts/bank-account.queries.ts';
import { enterFirstAccount } from '../../src/bank-accounts/enter-first-account.ts';
import { authorizeCharge } from '../../src/charges/authorize-charge.ts';
import { cancelCharge, declineCharge } from '../../src/charges/cancel-charge.ts';
import { captureCharge } from '../../src/charges/capture-charge.ts';
import { getCharge, listCharges } from '../../src/charges/charge.queries.ts';
import { createCharge } from '../../src/charges/create-charge.ts';
import { recordUsageCharges } from '../../src/charges/record-usage-charges.ts';
import { explainCharge, listAgreements } from '../../src/charges/support.queries.ts';
import { chargeUsages } from '../../src/charges/usage-charge.presenter.ts';
import { purchaseUseCases } from './purchase-use-cases.ts';
import { changeCompanyState } from '../../src/companies/change-company-state.ts';
import { changeServiceState } from '../../src/companies/change-service-state.ts';
import {
  getCompany,
  listApiKeys,
  listCompanies,
  listContracts,
  getService,
  listServices,
} from '../../src/companies/company.queries.ts';
import { applyPartyChanges } from '../../src/companies/apply-party-changes.ts';
import { editCompany } from '../../src/companies/edit-company.ts';
import { listPartyChanges } from '../../src/companies/party-change.queries.ts';
import { withdrawPartyChange } from '../../src/companies/withdraw-party-change.ts';
import { staff } from '../support/actors.ts';
import { createCompany } from '../../src/companies/create-company.ts';
import { createService } from '../../src/companies/create-service.ts';
import { editService } from '../../src/companies/edit-service.ts';
import { sandboxUseCases } from './sandbox-use-cases.ts';
import { issueApiKey } from '../../src/companies/issue-api-key.ts';
import { restrictApiKey } from '../../src/companies/restrict-api-key.ts';
import { rotateApiKey } from '../../src/companies/rotate-api-key.ts';
import { revokeApiKey } from '../../src/companies/revoke-api-key.ts';
import {
  getApprovedSettlement,
  listApprovedSettlementLines,
  listApprovedSettlements,
} from '../../src/own-settlements/own-settlements.queries.ts';
import { readApprovedStatement } from '../../src/own-settlements/read-own-statement.ts';
import { listDailySales } from '../../src/reports/daily-sales.queries.ts';
import { checkLine } from '../../src/line-checks/check-line.ts';
import { getOfferedService, listOfferedServices } from '../../src/services/offered-services.queries.ts';
import { getConsent, listConsents } from '../../src/consents/consent.queries.ts';
import { createConsent } from '../../src/consents/create-consent.ts';
import { declineConsent, grantConsent, revokeConsent } from '../../src/consents/grant-consent.ts';
import { contractEndApproval } from '../../src/contracts/contract-approvals.ts';
import { drawContract } from '../../src/contract-documents/draw-contract.ts';
import { createContract } from '../../src/contracts/create-contract.ts';
import { endContract } from '../../src/contracts/end-contract.ts';
import type { InTransaction } from '../../src/database/transaction.ts';
import type { Deps } from '../../src/deps.ts';
import { endSubscriber } from '../../src/identity/end-subscriber.ts';
import { issueSubscriber } from '../../src/identity/issue-subscriber.ts';
import {
  endIdOnLine,
  issueIdOnLine,
  listPeople,
  renameId,
  resetIdPassword,
} from '../../src/identity/people-of-line.ts';
import { setPassword } from '../../src/identity/set-password.ts';
import { setSubscriberLimit } from '../../src/identity/set-subscriber-limit.ts';
import { acceptRecords } from '../../src/invariants/accept-records.ts';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { getBillingPeriod, listBillingPeriods } from '../../src/billing-periods/billing-period.queries.ts';
import { exportAgain } from '../../src/invoices/export-again.ts';
import { listProofEquations } from '../../src/invoices/proof-equations.ts';
import { describeInvoiceDetails, readInvoiceDetails } from '../../src/invoices/read-invoice-details.ts';
import { listParkedOfPeriod } from '../../src/runs/parked-of-period.queries.ts';
import { importLines } from '../../src/line-import/import-lines.ts';
import { getLineLimit } from '../../src/limits/line-limit.queries.ts';
import { getLineMaster, listLinesOfTelephone, listSubscribersOfLine } from '../../src/lines/line.queries.ts';
import { setLineLimit } from '../../src/lines/set-line-limit.ts';
import { findGuardableServices, getGuardable } from '../../src/safeguards/sellers.queries.ts';
import { getSafeguardsOfLine } from '../../src/safeguards/safeguards-of-line.queries.ts';
import { setOwnLimit } from '../../src/safeguards/set-own-limit.ts';
import { setOnlyListed, setPurchaseRule } from '../../src/safeguards/set-purchase-rule.ts';
import { setSpendingNotices } from '../../src/safeguards/set-spending-notices.ts';
import { undoScheduled } from '../../src/safeguards/undo-scheduled.ts';
import { verifySeals } from '../../src/seals/verify-seals.ts';
import { correctStatement } from '../../src/statements/correct-statement.ts';
import { drawDraftStatement } from '../../src/statements/draw-draft-statement.ts';
import { exportStatementAgain } from '../../src/statements/export-statement-again.ts';
import { cancelSubscription } from '../../src/subscriptions/cancel-subscription.ts';
import { createSubscription } from '../../src/subscriptions/create-subscription.ts';
import { declineSubscription } from '../../src/subscriptions/decline-subscription.ts';
import { getConfirmation } from '../../src/checkout/confirmation.queries.ts';
import { Charge } from '../../src/charges/charge.entity.ts';
import { previewPurchase } from '../../src/purchases/preview-purchase.ts';
import { joinSubscription } from '../../src/subscriptions/join-subscription.ts';
import { getSubscription, listSubscriptions } from '../../src/subscriptions/subscription.queries.ts';
import { listMails } from '../../src/mails/mail.queries.ts';
import { reportBounce, restoreAddress } from '../../src/mails/report-bounce.ts';
import { retryMail } from '../../src/mails/retry-mail.ts';
import { sendMails } from '../../src/mails/send-mails.ts';
import { addTariff } from '../../src/tariffs/add-tariff.ts';
import { getTariffOn, listTariffs } from '../../src/tariffs/tariff.queries.ts';
import { accountUseCases } from './account-use-cases.ts';
import { eventUseCases } from './event-use-cases.ts';
import { usageFileUseCases } from './usage-file-use-cases.ts';
import { contactUseCases } from './contact-use-cases.ts';
import { collectionUseCases } from './collection-use-cases.ts';
import { documentUseCases } from './document-use-cases.ts';
import { ownAccessUseCases } from './own-access-use-cases.ts';
import { partnerUseCases } from './partner-use-cases.ts';
import { paymentRequestUseCases } from './payment-request-use-cases.ts';
import { payoutUseCases } from './payout-use-cases.ts';
import { runUseCases } from './run-use-cases.ts';
import { refundUseCases } from './refund-use-cases.ts';
import { bank, goods, type UseCaseWorld } from './use-case-world.ts';
import { recordUseCases } from './record-use-cases.ts';
import { reportUseCases } from './report-use-cases.ts';
import { rehearsalUseCases } from './rehearsal-use-cases.ts';
import { settlementUseCases } from './settlement-use-cases.ts';
import { companyDeskUseCases } from './company-desk-use-cases.ts';
import { signingUseCases } from './signing-use-cases.ts';
import { ownBusinessUseCases } from './own-business-use-cases.ts';

export interface UseCaseRow {
  /** One sign an actor, in the order of `actorsOf`: `+` allowed, `-` refused, `0` not found. */
  readonly rule: string;
  /** Where an allowed actor is refused for another reason than who it is: the code. */
  readonly but?: string;
  run(tx: InTransaction<Deps>, actor: Actor, at: UseCaseWorld): Promise<unknown>;
}

const terms = {
  tariffCode: 'flets-2011',
  legalModel: 'agency',
  validFrom: '2026-07-01',
  perChargeMaxMinor: 5_000n,
  lateCharges: 'accept',
  authorizationDays: 7,
  payoutMonths: 2,
  payoutDay: 31,
  payoutBankDay: 'previous',
} as const;
const ending = { validFrom: '2026-01-01', validTo: '2026-08-01' };
const tariff = {
  code: 'spec',
  validFrom: '2026-07-01',
  name: '定率',
  nameEn: 'Flat',
  definition: { monthlyBaseMinor: 0, percentBps: 500, perLineMinimumMinor: 0, bands: [] },
};
const party = { code: 'fresh', name: '株式会社東雲', nameEn: 'Shinonome Inc.', address: '東京都江東区1-1' };
const site = { name: '動画', nameEn: 'Video', siteOrigin: 'https://video.example' };
async function* linesOfFile() {
  yield Buffer.from('line_id,holder,closing_group,status,valid_from,valid_to\n');
}

/** What somebody of the carrier says besides: for which tenure, and on whose word. */
const onBehalf = ({ kind }: Actor, { lineId, holderFrom }: { lineId: string; holderFrom: string }) =>
  kind === 'staff'
    ? { tenure: { lineId, holderFrom }, reason: { askedBy: 'holder', why: '窓口でのお申し出' } as const }
    : {};

/** Each use case with what every kind of actor gets from it. */
export const useCases: Readonly<Record<string, UseCaseRow>> = {
  // columns: key, other's key, no scope | owner, other's owner, partner |
  // buyer, the same elsewhere, line's holder, the same elsewhere, other subscriber, visitor |
  // agent, lead, billing, approver, administrator, auditor | job
  createCharge: {
    rule: '+0- +0- ------ ------ -',
    run: (tx, actor, { requested }) => createCharge(tx, actor, { ...requested, automaticCapture: true }),
  },
  captureCharge: {
    rule: '+0- +0- ------ ------ -',
    run: (tx, actor, { held }) => captureCharge(tx, actor, { chargeId: held }),
  },
  cancelCharge: {
    rule: '+0- +0- ------ ++---- -',
    run: (tx, actor, { held }) => cancelCharge(tx, actor, { chargeId: held }),
  },
  getCharge: {
    rule: '+0- +0- ------ ++++-+ -',
    run: (tx, actor, { held }) => getCharge(tx, actor, held),
  },
  listCharges: {
    rule: '++- ++- ------ ++++-+ -',
    run: (tx, actor) => listCharges(tx, actor, { limit: 10 }),
  },
  ...eventUseCases,
  ...usageFileUseCases,
  ...purchaseUseCases,
  ...paymentRequestUseCases,
  ...refundUseCases,
  authorizeCharge: {
    rule: '--- --- +-+-+- ------ -',
    run: (tx, actor, { pending }) => authorizeCharge(tx, actor, { chargeId: pending }),
  },
  getConfirmation: {
    // Nothing was confirmed on a page.
    but: 'not-found',
    rule: '--- --- +++++- ++++-+ -',
    run: (tx, actor, { held }) => getConfirmation(tx, actor, held),
  },
  previewPurchase: {
    rule: '--- --- +-+-+- ------ -',
    run: async (tx, actor, { pending }) => {
      const row = await tx.em.findOneOrFail(Charge, { id: pending });
      await previewPurchase(tx, actor, { sale: { kind: 'charge', row }, history: {} });
    },
  },
  declineCharge: {
    rule: '--- --- -----+ ------ -',
    run: (tx, actor, { pending }) => declineCharge(tx, actor, { chargeId: pending }),
  },
  explainCharge: {
    rule: '--- --- ------ ++++-+ -',
    run: (tx, actor, { held }) => explainCharge(tx, actor, held),
  },
  recordUsageCharges: {
    rule: '+0- +0- ------ ------ -',
    run: async (tx, actor, { sale }) => {
      const { amountMinor, taxCode, description } = goods;
      const item = { consentId: sale.consent.id, amountMinor, taxCode, description };
      const [outcome] = await recordUsageCharges(tx, actor, { items: [item] });
      if (outcome?.kind === 'refused') throw outcome.problem;
    },
  },
  checkLine: {
    rule: '+0- +0- ------ ------ -',
    run: (tx, actor, { sale }) => checkLine(tx, actor, { consentId: sale.consent.id, amountMinor: 500n }),
  },
  chargeUsages: {
    rule: '++- ++- ------ ------ -',
    run: (tx, actor) => chargeUsages(tx, actor, []),
  },
  createConsent: {
    rule: '+0- +0- ------ ------ -',
    run: (tx, actor, { requested }) => createConsent(tx, actor, requested),
  },
  getConsent: {
    rule: '+0- +0- ------ ++++-+ -',
    run: (tx, actor, { asked }) => getConsent(tx, actor, asked),
  },
  listConsents: {
    rule: '++- ++- ------ ++++-+ -',
    run: (tx, actor) => listConsents(tx, actor, { limit: 10 }),
  },
  grantConsent: {
    rule: '--- --- +-+-+- ------ -',
    run: (tx, actor, { asked }) => grantConsent(tx, actor, { consentId: asked }),
  },
  declineConsent: {
    // The visitor has come to another sale.
    rule: '--- --- -----0 ------ -',
    run: (tx, actor, { asked }) => declineConsent(tx, actor, { consentId: asked }),
  },
  revokeConsent: {
    rule: '+0- +0- ++++0- ++---- -',
    run: (tx, actor, { sale }) => revokeConsent(tx, actor, { consentId: sale.consent.id }),
  },
  createSubscription: {
    rule: '+0- +0- ------ ------ -',
    run: (tx, actor, { requested, months }) => createSubscription(tx, actor, { ...requested, ...months }),
  },
  getSubscription: {
    rule: '+0- +0- ------ ++++-+ -',
    run: (tx, actor, { joined }) => getSubscription(tx, actor, joined),
  },
  listSubscriptions: {
    rule: '++- ++- ------ ++++-+ -',
    run: (tx, actor) => listSubscriptions(tx, actor, { limit: 10, state: 'active' }),
  },
  joinSubscription: {
    rule: '--- --- +-+-+- ------ -',
    run: (tx, actor, { offered }) => joinSubscription(tx, actor, { subscriptionId: offered }),
  },
  declineSubscription: {
    // The visitor has come to another sale.
    rule: '--- --- -----0 ------ -',
    run: (tx, actor, { offered }) => declineSubscription(tx, actor, { subscriptionId: offered }),
  },
  cancelSubscription: {
    rule: '+0- +0- ++++0- ++---- -',
    run: (tx, actor, { joined }) => cancelSubscription(tx, actor, { subscriptionId: joined }),
  },
  listAgreements: {
    rule: '--- --- ------ ++--++ -',
    run: (tx, actor, { sale }) => listAgreements(tx, actor, sale.subscriber.issuedId),
  },

  ...contactUseCases,

  createCompany: {
    rule: '--- --- ------ --+-+- -',
    run: (tx, actor) => createCompany(tx, actor, party),
  },
  changeCompanyState: {
    rule: '--- --- ------ --+-+- -',
    run: (tx, actor, { sale }) =>
      changeCompanyState(tx, actor, { companyCode: sale.company.code, state: 'suspended' }),
  },
  editCompany: {
    rule: '--- --- ------ --+-+- -',
    run: (tx, actor, { sale }) =>
      editCompany(tx, actor, { companyCode: sale.company.code, address: '東京都港区2-2' }),
  },
  listPartyChanges: {
    rule: '--- --- ------ ++++++ -',
    run: (tx, actor, { sale }) => listPartyChanges(tx, actor, sale.company.code),
  },
  withdrawPartyChange: {
    rule: '--- --- ------ --+-+- -',
    run: async (tx, actor, { sale: { company } }) => {
      const plan = { companyCode: company.code, address: '東京都港区2-2', validFrom: '2099-01-01' };
      const { change = '' } = await editCompany(tx, staff('planner'), plan);
      return withdrawPartyChange(tx, actor, { companyCode: company.code, change });
    },
  },
  applyPartyChanges: { rule: '--- --- ------ ------ +', run: (tx, actor) => applyPartyChanges(tx, actor) },
  getCompany: {
    rule: '--- --- ------ ++++++ -',
    run: (tx, actor, { sale }) => getCompany(tx, actor, sale.company.code),
  },
  listCompanies: { rule: '--- --- ------ ++++++ -', run: (tx, actor) => listCompanies(tx, actor) },
  listServices: {
    rule: '--- --- ------ ++++++ -',
    run: (tx, actor, { sale }) => listServices(tx, actor, sale.company.code),
  },
  listOfferedServices: {
    rule: '++- ++- ------ ++++-+ -',
    run: (tx, actor) => listOfferedServices(tx, actor, { limit: 10 }),
  },
  getOfferedService: {
    rule: '+0- +0- ------ ++++-+ -',
    run: (tx, actor, { sale }) => getOfferedService(tx, actor, sale.service.code),
  },
  listApprovedSettlements: {
    rule: '++- ++- ------ ------ -',
    run: (tx, actor) => listApprovedSettlements(tx, actor, { limit: 10 }),
  },
  getApprovedSettlement: {
    rule: '00- 00- ------ ------ -',
    run: (tx, actor) => getApprovedSettlement(tx, actor, 'S209901-000000'),
  },
  listApprovedSettlementLines: {
    rule: '00- 00- ------ ------ -',
    run: (tx, actor) => listApprovedSettlementLines(tx, actor, 'S209901-000000'),
  },
  readApprovedStatement: {
    rule: '00- 00- ------ ------ -',
    run: (tx, actor) => readApprovedStatement(tx, actor, 'S209901-000000'),
  },
  listDailySales: {
    rule: '++- ++- ------ ------ -',
    run: (tx, actor) => listDailySales(tx, actor, { from: '2026-05-10', through: '2026-05-10' }),
  },
  listContracts: {
    rule: '--- --- ------ ++++++ -',
    run: (tx, actor, { sale }) => listContracts(tx, actor, sale.company.code),
  },
  drawContract: {
    rule: '--- --- ------ ++++++ -',
    run: (tx, actor, { sale: { company, contract } }) =>
      drawContract(tx, actor, { companyCode: company.code, validFrom: contract.validFrom, language: 'en' }),
  },
  ...sandboxUseCases,
  listApiKeys: {
    rule: '--- +0- ------ ----++ -',
    run: (tx, actor, { sale }) => listApiKeys(tx, actor, sale.company.code),
  },
  issueApiKey: {
    rule: '--- +0- ------ ----+- -',
    run: (tx, actor, { sale }) => issueApiKey(tx, actor, { companyCode: sale.company.code, label: 'shop' }),
  },
  rotateApiKey: {
    rule: '--- +0- ------ ----+- -',
    run: (tx, actor, { apiKey }) => rotateApiKey(tx, actor, { id: apiKey, overlapHours: 1 }),
  },
  restrictApiKey: {
    rule: '--- +0- ------ ----+- -',
    run: (tx, actor, { apiKey }) => restrictApiKey(tx, actor, { id: apiKey, addresses: ['192.0.2.0/24'] }),
  },
  revokeApiKey: {
    rule: '--- +0- ------ ----+- -',
    run: (tx, actor, { apiKey }) => revokeApiKey(tx, actor, { id: apiKey }),
  },
  createService: {
    rule: '--- --- ------ --+-+- -',
    run: (tx, actor, { sale }) =>
      createService(tx, actor, { companyCode: sale.company.code, code: 'fresh', ...site }),
  },
  editService: {
    rule: '--- --- ------ --+-+- -',
    run: (tx, actor, { sale: { company, service } }) =>
      editService(tx, actor, {
        companyCode: company.code,
        code: service.code,
        sellerTelephone: '0120-000-000',
      }),
  },
  getService: {
    rule: '--- --- ------ ++++++ -',
    run: (tx, actor, { sale: { company, service } }) =>
      getService(tx, actor, { companyCode: company.code, code: service.code }),
  },
  changeServiceState: {
    rule: '--- --- ------ --+-+- -',
    run: (tx, actor, { sale: { company, service } }) =>
      changeServiceState(tx, actor, { companyCode: company.code, code: service.code, state: 'suspended' }),
  },
  createContract: {
    rule: '--- --- ------ --+--- -',
    run: async (tx, actor, { newcomer }) => {
      await enterFirstAccount(tx, actor, { companyCode: newcomer.code, ...bank });
      return await createContract(tx, actor, { companyCode: newcomer.code, ...terms });
    },
  },
  endContract: {
    rule: '--- --- ------ --+--- -',
    run: (tx, actor, { sale }) => endContract(tx, actor, { companyCode: sale.company.code, ...ending }),
  },
  enterFirstAccount: {
    rule: '--- --- ------ --+--- -',
    run: (tx, actor, { newcomer }) => enterFirstAccount(tx, actor, { companyCode: newcomer.code, ...bank }),
  },
  listBankAccounts: {
    rule: '--- --- ------ ++++++ -',
    run: (tx, actor, { sale }) => listBankAccounts(tx, actor, sale.company.code),
  },
  addTariff: { rule: '--- --- ------ --+--- -', run: (tx, actor) => addTariff(tx, actor, tariff) },
  ...partnerUseCases,
  listTariffs: { rule: '--- --- ------ ++++++ -', run: (tx, actor) => listTariffs(tx, actor) },
  getTariffOn: {
    rule: '--- --- ------ ++++++ -',
    run: (tx, actor) => getTariffOn(tx, actor, { code: 'flets-2011', date: '2026-05-10' }),
  },

  issueSubscriber: {
    rule: '--- --- ------ ++--+- -',
    run: (tx, actor, { sale }) =>
      issueSubscriber(tx, actor, { lineId: sale.line.lineId, displayName: '花子' }),
  },
  setPassword: {
    rule: '--- --- ------ ++--+- -',
    run: (tx, actor, { sale }) =>
      setPassword(tx, actor, { issuedId: sale.subscriber.issuedId, password: { generate: true } }),
  },
  endSubscriber: {
    rule: '--- --- ------ ++--+- -',
    run: (tx, actor, { sale }) => endSubscriber(tx, actor, { issuedId: sale.subscriber.issuedId }),
  },
  setSubscriberLimit: {
    rule: '--- --- ------ ++--+- -',
    run: (tx, actor, { sale }) =>
      setSubscriberLimit(tx, actor, { issuedId: sale.subscriber.issuedId, limitMinor: 100n }),
  },
  setLineLimit: {
    rule: '--- --- ------ ++--+- -',
    run: (tx, actor, { sale }) => setLineLimit(tx, actor, { lineId: sale.line.lineId, limitMinor: 100n }),
  },
  setOwnLimit: {
    rule: '--- --- +-++0- ++---- -',
    run: (tx, actor, { sale }) => {
      const { subscriberId } = sale.buyer;
      const limit = { subscriberId, kind: 'monthly-limit', limitMinor: 100n } as const;
      return setOwnLimit(tx, actor, { ...limit, ...onBehalf(actor, sale.buyer) });
    },
  },
  setPurchaseRule: {
    rule: '--- --- +-++0- ++---- -',
    run: (tx, actor, { sale: { buyer, company } }) => {
      const block = { kind: 'block', companyId: company.id, serviceId: null, inForce: true } as const;
      const { subscriberId } = buyer;
      return setPurchaseRule(tx, actor, { ...block, subscriberId, ...onBehalf(actor, buyer) });
    },
  },
  setOnlyListed: {
    rule: '--- --- +-++0- ++---- -',
    run: (tx, actor, { sale: { buyer } }) => {
      const { subscriberId } = buyer;
      return setOnlyListed(tx, actor, { subscriberId, inForce: true, ...onBehalf(actor, buyer) });
    },
  },
  setSpendingNotices: {
    rule: '--- --- --+--- ------ -',
    run: (tx, actor) => setSpendingNotices(tx, actor, { amounts: [3_000n], everyPurchase: true }),
  },
  listPeople: { rule: '--- --- --++-- ------ -', run: (tx, actor) => listPeople(tx, actor) },
  issueIdOnLine: {
    rule: '--- --- --+--- ------ -',
    run: (tx, actor) => issueIdOnLine(tx, actor, { displayName: '太郎', issueKey: tx.ids.next() }),
  },
  renameId: {
    rule: '--- --- --+--- ------ -',
    run: (tx, actor, { sale }) =>
      renameId(tx, actor, { subscriberId: sale.buyer.subscriberId, displayName: '花子' }),
  },
  endIdOnLine: {
    rule: '--- --- --++-- ------ -',
    run: (tx, actor, { sale }) => endIdOnLine(tx, actor, { subscriberId: sale.buyer.subscriberId }),
  },
  resetIdPassword: {
    rule: '--- --- --+--- ------ -',
    run: (tx, actor, { sale }) => resetIdPassword(tx, actor, { subscriberId: sale.buyer.subscriberId }),
  },
  getSafeguardsOfLine: {
    rule: '--- --- +++++- ------ -',
    run: (tx, actor) => getSafeguardsOfLine(tx, actor),
  },
  getLineLimit: { rule: '--- --- +++++- ------ -', run: (tx, actor) => getLineLimit(tx, actor) },
  findGuardableServices: {
    rule: '--- --- +++++- ------ -',
    run: (tx, actor) => findGuardableServices(tx, actor, { text: '動画' }),
  },
  getGuardable: {
    rule: '--- --- +++++- ------ -',
    run: (tx, actor, { sale }) =>
      getGuardable(tx, actor, { companyId: sale.company.id, serviceId: sale.service.id }),
  },
  undoScheduled: {
    // The raise is of the whole line.
    rule: '--- --- 0-++0- ++---- -',
    run: (tx, actor, { sale }) => undoScheduled(tx, actor, { version: 2, ...onBehalf(actor, sale.buyer) }),
  },
  listLinesOfTelephone: {
    rule: '--- --- ------ ++++++ -',
    run: (tx, actor) => listLinesOfTelephone(tx, actor, { telephone: '+81312345678', date: '2026-05-10' }),
  },
  getLineMaster: {
    rule: '--- --- ------ ++++++ -',
    run: (tx, actor, { sale }) => getLineMaster(tx, actor, sale.line.lineId),
  },
  listSubscribersOfLine: {
    rule: '--- --- ------ ++--++ -',
    run: (tx, actor, { sale }) => listSubscribersOfLine(tx, actor, sale.line.lineId),
  },
  importLines: {
    rule: '--- --- ------ --+-+- +',
    run: (tx, actor) => importLines(tx, actor, { source: linesOfFile(), fileName: 'lines.csv' }),
  },
  ...lineUseCases,
  ...supportUseCases,
  ...caseDeskUseCases,
  ...watchUseCases,

  proposeChange: {
    rule: '--- --- ------ --+--- -',
    run: (tx, actor, { sale }) =>
      proposeChange(tx, actor, contractEndApproval, {
        input: { companyCode: sale.company.code, ...ending },
        reason: 'it ends',
      }),
  },
  approveChange: {
    rule: '--- --- ------ ---+-- -',
    run: (tx, actor, { approval }) => approveChange(tx, actor, approvalKinds, { approvalId: approval }),
  },
  rejectChange: {
    rule: '--- --- ------ ---+-- -',
    run: (tx, actor, { approval }) => rejectChange(tx, actor, approvalKinds, { approvalId: approval }),
  },
  getApproval: {
    rule: '--- --- ------ -+++++ -',
    run: (tx, actor, { approval }) => getApproval(tx, actor, approval),
  },
  listApprovals: { rule: '--- --- ------ -+++++ -', run: (tx, actor) => listApprovals(tx, actor, {}) },
  countPendingApprovals: {
    rule: '--- --- ------ -+++++ -',
    run: (tx, actor) => countPendingApprovals(tx, actor),
  },
  sendMails: { rule: '--- --- ------ ------ +', run: (tx, actor) => sendMails(tx, actor) },
  listMails: { rule: '--- --- ------ ++--++ -', run: (tx, actor) => listMails(tx, actor) },
  retryMail: {
    rule: '--- --- ------ -+--+- -',
    but: 'mail-not-found',
    run: (tx, actor) => retryMail(tx, actor, { mailId: '01JV0000000000000000000000' }),
  },
  reportBounce: {
    rule: '--- --- ------ -+--+- -',
    run: (tx, actor) => reportBounce(tx, actor, { address: 'a@mail.example', reason: '5.1.1' }),
  },
  restoreAddress: {
    rule: '--- --- ------ -+--+- -',
    run: (tx, actor) => restoreAddress(tx, actor, { address: 'a@mail.example' }),
  },
  expireApprovals: { rule: '--- --- ------ ------ +', run: (tx, actor) => expireApprovals(tx, actor) },

  ...collectionUseCases,
  ...runUseCases,
  ...documentUseCases,
  ...recordUseCases,
  ...reportUseCases,
  ...rehearsalUseCases,
  ...settlementUseCases,
  ...companyDeskUseCases,
  ...ownBusinessUseCases,
  ...signingUseCases,
  ...ownAccessUseCases,
  ...payoutUseCases,
  listBillingPeriods: {
    rule: '--- --- ------ --++++ -',
    run: (tx, actor) => listBillingPeriods(tx, actor, { limit: 1 }),
  },
  getBillingPeriod: {
    rule: '--- --- ------ --++++ -',
    but: 'not-found',
    run: (tx, actor) => getBillingPeriod(tx, actor, { period: '2019-05', closingGroup: 31 }),
  },
  listProofEquations: {
    rule: '--- --- ------ --++++ -',
    run: (tx, actor) =>
      listProofEquations(tx, actor, { period: '2019-05', closingGroup: 31, state: 'closed' }),
  },
  describeInvoiceDetails: {
    rule: '--- --- ------ --++++ -',
    run: (tx, actor) => describeInvoiceDetails(tx, actor, { period: '2019-05', closingGroup: 31 }),
  },
  readInvoiceDetails: {
    rule: '--- --- ------ --+--- +',
    but: 'illegal-state',
    run: (tx, actor) => readInvoiceDetails(tx, actor, { period: '2019-05', closingGroup: 31 }),
  },
  listParkedOfPeriod: {
    rule: '--- --- ------ --++++ -',
    run: (tx, actor) =>
      listParkedOfPeriod(tx, actor, { job: 'fold-charges', prefix: '2019-05', from: '2019-05-01', limit: 1 }),
  },
  exportAgain: {
    rule: '--- --- ------ --+--- +',
    but: 'illegal-state',
    run: (tx, actor) => exportAgain(tx, actor, { period: '2026-05', closingGroup: 31 }),
  },
  exportStatementAgain: {
    rule: '--- --- ------ --+--- +',
    but: 'illegal-state',
    run: (tx, actor, { sale }) =>
      exportStatementAgain(tx, actor, { companyCode: sale.company.code, period: '2026-05' }),
  },
  drawDraftStatement: {
    rule: '--- --- ------ -+++-+ -',
    but: 'settlement-not-found',
    run: (tx, actor, { sale }) =>
      drawDraftStatement(tx, actor, { companyCode: sale.company.code, period: '2026-05' }),
  },
  correctStatement: {
    rule: '--- --- ------ --+--- -',
    but: 'illegal-state',
    run: (tx, actor, { sale }) =>
      correctStatement(tx, actor, { companyCode: sale.company.code, period: '2026-05', reason: 'misspelt' }),
  },
  acceptRecords: {
    rule: '--- --- ------ ----+- -',
    run: (tx, actor) => acceptRecords(tx, actor, { reason: 'examined' }),
  },
  checkInvariants: {
    rule: '--- --- ------ --++++ +',
    run: (tx, actor) => checkInvariants(tx, actor, { months: { since: '2026-05' } }),
  },
  verifySeals: { rule: '--- --- ------ --++++ +', run: (tx, actor) => verifySeals(tx, actor) },
  ...accountUseCases,
  listAudit: { rule: '--- --- ------ -+-+++ -', run: (tx, actor) => listAudit(tx, actor, { limit: 10 }) },
};
