/** What decides how much money goes where, each as a page and the command line ask for it. `FILE` is a file with a definition of a tariff. */
export interface ChangeForTwo {
  readonly name: string;
  readonly kind: string;
  readonly path: string;
  readonly fields: Readonly<Record<string, string>>;
  /** The command that would make the change at once. */
  readonly command: string;
}

const account = {
  bankCode: '9999',
  bankName: 'ミホン',
  branchCode: '002',
  branchName: 'シブヤ',
  accountType: 'ordinary',
  accountNumber: '7654321',
  accountHolder: 'カ）アオバ',
};
const terms = {
  tariffCode: 'flets-2011',
  legalModel: 'agency',
  settlementBasis: 'billed',
  feeTaxable: 'true',
  setUpFeeMinor: '0',
  minimumPayoutMinor: '0',
  feeBearer: 'carrier',
  transferFeeMinor: '0',
  payoutMonths: '2',
  payoutDay: '31',
  payoutBankDay: 'previous',
  perChargeMaxMinor: '10000',
  lateCharges: 'accept',
  authorizationDays: '7',
  refundDays: '60',
  partialRefunds: 'true',
  signedRequests: 'false',
};
const tariff = {
  code: 'flets-2012',
  validFrom: '2026-07-01',
  name: '改定料金',
  nameEn: 'Revised',
  monthlyBaseMinor: '0',
  percent: '1',
  perLineMinimumMinor: '0',
};
const reason = '届出書のとおり';

export const changesForTwo: readonly ChangeForTwo[] = [
  {
    name: 'another bank account',
    kind: 'company.bank-account',
    path: '/billing/companies/aoba/bank-accounts/new',
    fields: { ...account, reason },
    command:
      'bank-account enter --company aoba --bank-code 9999 --bank-name ミホン --branch-code 002 --branch-name シブヤ --account-number 7654321 --account-holder カ）アオバ',
  },
  {
    name: 'the next version of a tariff',
    kind: 'tariff.add',
    path: '/billing/tariffs/draft',
    fields: { ...tariff, reason },
    command:
      'tariff add --code flets-2012 --valid-from 2026-07-01 --name 改定料金 --name-en Revised --definition FILE',
  },
  {
    name: 'the end of a contract',
    kind: 'contract.end',
    path: '/billing/companies/aoba/contracts/2026-01-01/end',
    fields: { validTo: '2026-09-01', reason },
    command: 'contract end --company aoba --valid-from 2026-01-01 --valid-to 2026-09-01',
  },
  {
    // The contract before ends on that day.
    name: 'another contract',
    kind: 'contract.create',
    path: '/billing/companies/aoba/contracts/new',
    fields: { ...terms, validFrom: '2026-09-01', validTo: '', reason },
    command:
      'contract create --company aoba --tariff flets-2011 --legal-model agency --valid-from 2026-09-01 --per-charge-max 10000',
  },
];
