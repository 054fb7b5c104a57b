import type { CompanyNames } from '../../../companies/company-names.queries.ts';
import { maskAccount } from '../../../shared/mask-account.rules.ts';
import type { PayoutRunState, PayoutState } from '../../../payouts/payout.rules.ts';
import type { PayoutLine } from '../../../payouts/payout-run.queries.ts';
import { formatIban, maskIban } from '../../../shared/iban.rules.ts';
import { publicId } from '../../../shared/public-id.rules.ts';
import type { BadgeView, TabsView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { Translate } from '../../messages/translate.ts';
import { companyText } from '../company-text.rules.ts';

export const PAYOUTS = '/billing/payouts';

const tabs = ['due', 'runs', 'returned', 'results', 'reconcile'] as const;
export type PayoutTab = (typeof tabs)[number];

export const tabHref = (tab: PayoutTab): string => (tab === 'due' ? PAYOUTS : `${PAYOUTS}/${tab}`);
export const runHref = (number: string): string => `${PAYOUTS}/runs/${number}`;
export const reportHref = (name: string): string => `${PAYOUTS}/results/${encodeURIComponent(name)}`;
export const correctHref = (payoutId: string): string => `${PAYOUTS}/returned/${payoutId}/account`;

/** A company by its name, or a former holder. */
export function payeeText(company: string | null, names: CompanyNames, frame: ViewFrame): string {
  return company === null ? frame.t('billing.payouts.former-holder') : companyText(company, names, frame);
}

/** The parts of the area, each at its own address. */
export function payoutTabs(t: Translate, current: PayoutTab): TabsView {
  return {
    label: t('billing.payouts.nav'),
    tabs: tabs.map((tab) => ({
      href: tabHref(tab),
      label: t(`billing.payouts.tab.${tab}`),
      isCurrent: tab === current,
    })),
  };
}

const runTones = { draft: 'plain', approved: 'warn', sent: 'good', void: 'plain' } as const;

export function runBadge(t: Translate, state: PayoutRunState, isProposed = false): BadgeView {
  if (state === 'draft' && isProposed) return { tone: 'warn', text: t('billing.payouts.run.proposed') };
  return { tone: runTones[state], text: t(`billing.payouts.run.${state}`) };
}

const payoutTones = {
  planned: 'plain',
  dropped: 'plain',
  sent: 'warn',
  settled: 'good',
  returned: 'bad',
} as const;

export function payoutBadge(t: Translate, state: PayoutState): BadgeView {
  return { tone: payoutTones[state], text: t(`billing.payouts.state.${state}`) };
}

type Account = Pick<
  PayoutLine,
  'bankCode' | 'bankName' | 'branchCode' | 'branchName' | 'accountType' | 'accountNumber' | 'iban' | 'bic'
>;

/** An account; its number in full for those who propose or approve payouts, whose task is to compare it. */
export function accountText(account: Account, { t, can }: Pick<ViewFrame, 't' | 'can'>): string {
  const isWhole = can('payouts:propose') || can('payouts:approve');
  if (account.iban !== '')
    return `${isWhole ? formatIban(account.iban) : maskIban(account.iban)} ${account.bic}`.trim();
  const number = isWhole ? account.accountNumber : maskAccount(account.accountNumber);
  const { bankCode, bankName, branchCode, branchName, accountType } = account;
  const type = accountType === '' ? '' : t(`billing.payouts.account.${accountType}`);
  return `${bankName} (${bankCode}) ${branchName} (${branchCode}) ${type} ${number}`;
}

/** What a payout is of, as a link to its page. */
export function referenceCell({ reference, refundId }: Pick<PayoutLine, 'reference' | 'refundId'>): {
  readonly text: string;
  readonly href: string;
} {
  if (refundId === null) return { text: reference, href: `/billing/settlements/${reference}` };
  const id = publicId('refund', refundId);
  return { text: id, href: `/billing/collections/refunds/${id}` };
}
