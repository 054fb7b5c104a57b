import type { ApprovalRow } from '../../../access/approvals/approval.queries.ts';
import { payeeInBankFile } from '../../../bank-accounts/bank-account.rules.ts';
import { formatIban } from '../../../shared/iban.rules.ts';
import type { Currency } from '../../../shared/money.ts';
import { publicId } from '../../../shared/public-id.rules.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { Translate } from '../../messages/translate.ts';
import { companyFrame, crumbsTo } from './company-frame.rules.ts';
import { companyHref, factsOf, fieldLabel, nameIn, valueWord } from './company-words.rules.ts';
import { choice, field } from './form-words.rules.ts';
import { pendingSections } from './pending.view.rules.ts';
import type { FormPageView, SectionView, SubjectView } from './subject.types.ts';
import type { BankAccount, Company } from './loaded.types.ts';

export interface LoadedAccounts {
  readonly company: Company;
  /** The current one first. */
  readonly accounts: readonly BankAccount[];
  /** Of accounts that two people decided, as far as the person may read proposals. */
  readonly decisions: ReadonlyMap<string, ApprovalRow>;
  readonly pending: readonly ApprovalRow[];
  /** What the company is paid in: its accounts are of that kind. */
  readonly currency: Currency;
}

const euroTerms = ['iban', 'bic', 'accountHolder'];
const japaneseTerms = [
  'bankCode',
  'bankName',
  'branchCode',
  'branchName',
  'accountType',
  'accountNumber',
  'accountHolder',
];

/** Where a company is paid, where it was paid before, and by whom that was decided. */
export function bankAccountsView(loaded: LoadedAccounts, frame: ViewFrame): SubjectView {
  const { company, accounts, pending } = loaded;
  const { t, can } = frame;
  const [current] = accounts;
  const propose = {
    href: companyHref(company.code, 'bank-accounts/new'),
    label: t('billing.companies.bank-propose'),
    isPrimary: true,
  };
  return {
    ...companyFrame(company, 'bank-accounts', frame),
    ...(can('bank-accounts:propose') && { actions: [propose] }),
    banners: [{ tone: 'info', text: t('billing.companies.bank-two') }],
    sections: [
      ...pendingSections(
        pending.filter(({ kind }) => kind === 'company.bank-account'),
        frame,
      ),
      {
        id: 'current',
        title: t('billing.companies.bank-now'),
        ...(current
          ? {
              facts: [
                ...termFacts(current, frame),
                { label: fieldLabel('payeeInBankFile', t), text: payeeInBankFile(current) },
                { label: t('billing.companies.decided'), text: decidedBy(current, loaded, frame) },
              ],
            }
          : { texts: [t('billing.companies.no-bank')] }),
      },
      historyOf(loaded, frame),
    ],
  };
}

function termFacts(account: BankAccount, frame: ViewFrame) {
  if (account.iban === '') return factsOf(account, japaneseTerms, frame);
  const { iban, bic, accountHolder } = account;
  return factsOf({ iban: formatIban(iban), bic, accountHolder }, euroTerms, frame);
}

function decidedBy(
  { approvalId }: BankAccount,
  { decisions }: LoadedAccounts,
  { t, nameOf }: ViewFrame,
): string {
  if (approvalId === null || approvalId === undefined) return t('billing.companies.one-person');
  const decision = decisions.get(approvalId);
  if (!decision) return publicId('approval', approvalId);
  const [maker, checker] = [nameOf(decision.maker), nameOf(decision.checker ?? '')];
  return t('billing.companies.two-people', { maker, checker });
}

function historyOf(loaded: LoadedAccounts, frame: ViewFrame): SectionView {
  const { t, format } = frame;
  return {
    id: 'history',
    title: t('billing.companies.bank-history'),
    table: {
      caption: t('billing.companies.bank-history'),
      isCaptionUnseen: true,
      isDense: true,
      isWide: true,
      columns: [
        { label: t('billing.companies.bank-version') },
        { label: t('billing.companies.bank-since') },
        ...historyColumns[loaded.currency].map((name) => ({ label: t(`billing.companies.field.${name}`) })),
        { label: t('billing.companies.field.accountHolder'), isLong: true },
        { label: t('billing.companies.decided') },
      ],
      rows: loaded.accounts.map((account) => ({
        cells: [
          format.count(account.version),
          format.dateTime(account.createdAt),
          ...placeOf(account, loaded.currency, frame),
          account.accountHolder,
          decidedBy(account, loaded, frame),
        ],
      })),
      empty: { title: t('billing.companies.no-bank'), text: '' },
    },
  };
}

const historyColumns = {
  JPY: ['bankName', 'branchName', 'accountNumber'],
  EUR: ['iban', 'bic'],
} as const;

function placeOf(account: BankAccount, currency: Currency, { t }: ViewFrame): string[] {
  // An account of an earlier release has codes, which no euro transfer takes.
  const { iban, bic, bankCode, branchCode, accountNumber } = account;
  if (currency === 'EUR') return [formatIban(iban) || `${bankCode}-${branchCode}-${accountNumber}`, bic];
  return [
    `${account.bankName} (${account.bankCode})`,
    `${account.branchName} (${account.branchCode})`,
    `${valueWord(account.accountType, t)} ${account.accountNumber}`,
  ];
}

function fieldsOf(currency: Currency, t: Translate) {
  const digits = { isShort: true, inputmode: 'numeric' } as const;
  if (currency === 'EUR') {
    return [
      field('iban', t, { hint: t('billing.account-hint.iban') }),
      field('bic', t, { isShort: true, hint: t('billing.account-hint.bic') }),
      field('accountHolder', t, { hint: t('billing.account-hint.euro-holder') }),
    ];
  }
  return [
    field('bankCode', t, { ...digits, hint: t('billing.companies.bank-code-hint') }),
    field('bankName', t, { hint: t('billing.companies.kana-hint') }),
    field('branchCode', t, { ...digits, hint: t('billing.companies.branch-code-hint') }),
    field('branchName', t, { hint: t('billing.companies.kana-hint') }),
    choice('accountType', ['ordinary', 'current', 'savings', 'other'], { t, value: 'ordinary' }),
    field('accountNumber', t, { ...digits, hint: t('billing.companies.account-number-hint') }),
    field('accountHolder', t, { hint: t('billing.companies.holder-hint') }),
  ];
}

/** Asks for the account to propose. It stands empty: an account is typed from the company's letter, not from the former one. */
export function newBankAccountView(
  { company, pending, currency }: LoadedAccounts,
  frame: ViewFrame,
): FormPageView {
  const { t } = frame;
  const open = pending.filter(({ kind }) => kind === 'company.bank-account');
  return {
    title: t('billing.companies.bank-propose'),
    lead: nameIn(company, frame),
    crumbs: crumbsTo(company, 'bank-accounts', frame),
    banners: [
      ...pendingSections(open, frame).map(({ title, texts = [] }) => ({
        tone: 'warn' as const,
        title,
        text: texts.join(' '),
      })),
      { tone: 'info', text: t('billing.companies.bank-two') },
    ],
    formName: 'billing.new-bank-account-form',
    action: companyHref(company.code, 'bank-accounts/new'),
    groups: [
      {
        title: t('billing.companies.group.account'),
        fields: fieldsOf(currency, t),
      },
      {
        title: t('billing.companies.group.reason'),
        fields: [field('reason', t, { hint: t('billing.companies.reason-hint') })],
      },
    ],
    label: t('billing.companies.propose-yes'),
    back: companyHref(company.code, 'bank-accounts'),
  };
}
