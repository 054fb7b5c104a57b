import type { BankAccountTerms } from '../../../bank-accounts/bank-account.rules.ts';
import type { ListedPayout } from '../../../payouts/payout-run.queries.ts';
import { payoutCode } from '../../../payouts/payout.rules.ts';
import { sumMinor } from '../../../shared/money.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import type { Translate } from '../../messages/translate.ts';
import { accountText, correctHref, payoutTabs, runHref, tabHref } from './payout-parts.rules.ts';

/** What the bank returned and nobody has sent again. */
export function returnedView(returned: readonly ListedPayout[], frame: ViewFrame): SectionsView {
  const { t, format, can } = frame;
  const total = sumMinor(returned.map(({ amountMinor }) => amountMinor));
  return {
    title: t('billing.payouts.returned.title'),
    lead: t('billing.payouts.returned.lead', {
      count: format.count(returned.length),
      total: format.money(total),
    }),
    parts: payoutTabs(t, 'returned'),
    sections: [
      {
        id: 'returned',
        title: t('billing.payouts.tab.returned'),
        text: t('billing.payouts.returned.text'),
        table: {
          caption: t('billing.payouts.returned.title'),
          isCaptionUnseen: true,
          isDense: true,
          columns: [
            { label: t('billing.payouts.column.transfer') },
            { label: t('billing.payouts.column.payee') },
            { label: t('billing.payouts.column.account'), isLess: true },
            { label: t('billing.payouts.column.returned-on') },
            { label: t('billing.payouts.column.why') },
            { label: t('billing.payouts.column.amount'), isNumber: true },
            { label: t('billing.payouts.column.next') },
          ],
          rows: returned.map((payout) => ({
            cells: [
              { text: payoutCode(payout), href: runHref(payout.number) },
              { text: payout.company ?? t('billing.payouts.former-holder'), note: payout.payee },
              accountText(payout, frame),
              payout.resultOn === null ? '' : format.date(payout.resultOn),
              payout.returnedReason ?? '',
              format.money(payout.amountMinor),
              can('bank-accounts:propose')
                ? { text: t('billing.payouts.correct.action'), href: correctHref(payout.id) }
                : '',
            ],
          })),
          empty: { title: t('billing.payouts.returned.none'), text: '' },
        },
      },
    ],
  };
}

function accountField(name: keyof BankAccountTerms, t: Translate, hint?: string) {
  const label = t(`billing.payouts.account-field.${name}`);
  return { name, label, ...(hint !== undefined && { hint }) };
}

function japaneseFields(t: Translate) {
  return [
    accountField('bankCode', t, t('billing.payouts.account-hint.bank')),
    accountField('bankName', t),
    accountField('branchCode', t, t('billing.payouts.account-hint.branch')),
    accountField('branchName', t),
    {
      ...accountField('accountType', t),
      options: (['ordinary', 'current', 'savings', 'other'] as const).map((value) => ({
        value,
        label: t(`billing.payouts.account.${value}`),
      })),
    },
    accountField('accountNumber', t, t('billing.payouts.account-hint.number')),
    accountField('accountHolder', t, t('billing.payouts.account-hint.holder')),
  ];
}

function euroFields(t: Translate) {
  return [
    accountField('iban', t, t('billing.account-hint.iban')),
    accountField('bic', t, t('billing.account-hint.bic')),
    accountField('accountHolder', t, t('billing.account-hint.euro-holder')),
  ];
}

/** Another account for a payout that came back. Nothing of the old one is filled in: it is what was wrong. */
export function correctView(payout: ListedPayout, frame: ViewFrame): SectionsView {
  const { t, format } = frame;
  return {
    title: t('billing.payouts.correct.title'),
    lead: t('billing.payouts.correct.lead', {
      payee: payout.company ?? t('billing.payouts.former-holder'),
      amount: format.money(payout.amountMinor),
    }),
    crumbs: [{ href: tabHref('returned'), label: t('billing.payouts.returned.title') }],
    sections: [],
    confirm: {
      title: t('billing.payouts.correct.question'),
      texts: [t('billing.payouts.correct.text')],
      facts: [
        {
          label: t('billing.payouts.column.transfer'),
          text: payoutCode(payout),
          href: runHref(payout.number),
        },
        { label: t('billing.payouts.column.why'), text: payout.returnedReason ?? '' },
        { label: t('billing.payouts.correct.old'), text: accountText(payout, frame), note: payout.payee },
      ],
      banner: { tone: 'info', text: t('billing.payouts.two-people') },
      fields: [
        ...(payout.iban === '' ? japaneseFields(t) : euroFields(t)),
        {
          name: 'reason',
          label: t('billing.payouts.reason'),
          hint: t('billing.payouts.reason-hint'),
          rows: 2,
        },
      ],
      formName: 'billing.payout-correct-form',
      action: correctHref(payout.id),
      label: t('billing.payouts.correct.submit'),
      back: tabHref('returned'),
    },
  };
}
