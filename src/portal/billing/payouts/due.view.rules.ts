import type { DuePayout } from '../../../payouts/list-due-payouts.ts';
import type { CompanyNames } from '../../../companies/company-names.queries.ts';
import { sumMinor } from '../../../shared/money.ts';
import type { CellView, TableView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView, SectionView } from '../../kit/sections.types.ts';
import { accountText, payeeText, PAYOUTS, payoutTabs, referenceCell } from './payout-parts.rules.ts';

/** Rows shown; the sums are of all. */
const MAX_ROWS = 500;

type Payable = DuePayout & Required<Pick<DuePayout, 'to'>>;

const isPayable = (payout: DuePayout): payout is Payable => payout.to !== undefined;

interface Due {
  readonly due: readonly DuePayout[];
  readonly names: CompanyNames;
}

/** What is due, by the day of its transfer: what can be paid, and what cannot and why. */
export function dueView({ due, names }: Due, frame: ViewFrame): SectionsView {
  const { t, format, can } = frame;
  const payable = due.filter(isPayable);
  const blocked = due.filter((payout) => !isPayable(payout));
  const facts = {
    count: format.count(payable.length),
    total: format.money(totalOf(payable)),
    blocked: format.count(blocked.length),
  };
  return {
    title: t('billing.payouts.due.title'),
    lead: t(blocked.length > 0 ? 'billing.payouts.due.lead-blocked' : 'billing.payouts.due.lead', facts),
    parts: payoutTabs(t, 'due'),
    ...(payable.length > 0 &&
      can('payouts:propose') && {
        actions: [
          { href: `${PAYOUTS}/prepare`, label: t('billing.payouts.prepare.action'), isPrimary: true },
        ],
      }),
    sections: [
      ...(blocked.length > 0 ? [blockedSection(blocked, names, frame)] : []),
      daysSection(payable, frame),
      ...(payable.length > 0 ? [payableSection(payable, names, frame)] : []),
    ],
  };
}

const totalOf = (payouts: readonly DuePayout[]) => sumMinor(payouts.map(({ amountMinor }) => amountMinor));

/** The days of transfers with what each has, for the page that prepares them too. */
export function daysTable(payable: readonly DuePayout[], { t, format }: ViewFrame): TableView {
  const byDay = [...Map.groupBy(payable, ({ payOn }) => payOn)].sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
  const countOf = (payouts: readonly DuePayout[], kind: DuePayout['kind']) =>
    format.count(payouts.filter((payout) => payout.kind === kind).length);
  const cellsOf = (label: string, payouts: readonly DuePayout[]) => [
    label,
    countOf(payouts, 'settlement'),
    countOf(payouts, 'refund'),
    format.money(totalOf(payouts)),
  ];
  return {
    caption: t('billing.payouts.due.days'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('billing.payouts.column.pay-on') },
      { label: t('billing.payouts.column.companies'), isNumber: true },
      { label: t('billing.payouts.column.refunds'), isNumber: true },
      { label: t('billing.payouts.column.amount'), isNumber: true },
    ],
    rows: byDay.map(([day, payouts]) => ({ cells: cellsOf(format.date(day), payouts) })),
    foot: cellsOf(t('billing.payouts.total'), payable),
    empty: { title: t('billing.payouts.due.none'), text: t('billing.payouts.due.none-text') },
  };
}

function daysSection(payable: readonly Payable[], frame: ViewFrame): SectionView {
  return {
    id: 'days',
    title: frame.t('billing.payouts.due.days'),
    table: daysTable(payable, frame),
  };
}

function blockedSection(blocked: readonly DuePayout[], names: CompanyNames, frame: ViewFrame): SectionView {
  const { t, format } = frame;
  return {
    id: 'blocked',
    title: t('billing.payouts.due.blocked'),
    text: t('billing.payouts.due.blocked-text'),
    table: {
      caption: t('billing.payouts.due.blocked'),
      isCaptionUnseen: true,
      isDense: true,
      columns: [
        { label: t('billing.payouts.column.payee'), isLong: true },
        { label: t('billing.payouts.column.reference'), isLess: true },
        { label: t('billing.payouts.column.due-on') },
        { label: t('billing.payouts.column.why') },
        { label: t('billing.payouts.column.amount'), isNumber: true },
      ],
      rows: blocked.slice(0, MAX_ROWS).map((payout) => ({
        cells: [
          payeeText(payout.company, names, frame),
          referenceCell(payout),
          format.date(payout.dueOn),
          whyCell(payout, frame),
          format.money(payout.amountMinor),
        ],
      })),
      foot: [t('billing.payouts.total'), '', '', '', format.money(totalOf(blocked))],
    },
  };
}

/** Faults that the words say in full; of the others the check says which account or day. */
const isSaid = { returned: true, 'account-missing': true, amount: true } as const;

/** In the reader's words, with what exactly the check says, in English, where that is more. */
function whyCell({ faultKind = 'account', fault = '' }: DuePayout, { t }: ViewFrame): CellView {
  const text = t(`billing.payouts.why.${faultKind}`);
  return faultKind in isSaid ? text : { text, note: fault };
}

function payableSection(payable: readonly Payable[], names: CompanyNames, frame: ViewFrame): SectionView {
  const { t, format } = frame;
  return {
    id: 'payable',
    title: t('billing.payouts.due.payable'),
    table: {
      caption: t('billing.payouts.due.payable'),
      isCaptionUnseen: true,
      isDense: true,
      columns: [
        { label: t('billing.payouts.column.payee'), isLong: true },
        { label: t('billing.payouts.column.reference'), isLess: true },
        { label: t('billing.payouts.column.account') },
        { label: t('billing.payouts.column.due-on'), isLess: true },
        { label: t('billing.payouts.column.pay-on') },
        { label: t('billing.payouts.column.amount'), isNumber: true },
      ],
      rows: payable.slice(0, MAX_ROWS).map(({ to, ...payout }) => ({
        cells: [
          {
            text: payeeText(payout.company, names, frame),
            note:
              to.accountNews === 'none'
                ? to.payee
                : `${to.payee} – ${t(`billing.payouts.news.${to.accountNews}`)}`,
          },
          referenceCell(payout),
          accountText(to, frame),
          format.date(payout.dueOn),
          format.date(payout.payOn),
          format.money(payout.amountMinor),
        ],
      })),
      foot: [t('billing.payouts.total'), '', '', '', '', format.money(totalOf(payable))],
    },
  };
}

/** The question before runs are prepared, with what they will have. */
export function prepareView(due: readonly DuePayout[], frame: ViewFrame): SectionsView {
  const { t, format } = frame;
  const payable = due.filter(isPayable);
  const isReturned = due.some(({ faultKind }) => faultKind === 'returned');
  const days = [...new Set(payable.map(({ payOn }) => payOn))].sort();
  const again = (['correct', 'same'] as const).map((value) => ({
    value,
    label: t(`billing.payouts.prepare.again-${value}`),
  }));
  return {
    title: t('billing.payouts.prepare.title'),
    lead: t('billing.payouts.prepare.lead', {
      count: format.count(payable.length),
      total: format.money(totalOf(payable)),
      days: format.count(days.length),
    }),
    crumbs: [{ href: PAYOUTS, label: t('billing.payouts.due.title') }],
    sections: [daysSection(payable, frame)],
    confirm:
      payable.length === 0 && !isReturned
        ? undefined
        : {
            title: t('billing.payouts.prepare.question'),
            texts: [t('billing.payouts.prepare.text')],
            fields: [
              {
                name: 'payOn',
                label: t('billing.payouts.prepare.day'),
                options: [
                  { value: '', label: t('billing.payouts.prepare.all-days') },
                  ...days.map((day) => ({ value: day, label: format.date(day) })),
                ],
              },
              {
                name: 'again',
                label: t('billing.payouts.prepare.again'),
                hint: t('billing.payouts.prepare.again-hint'),
                options: again,
              },
            ],
            formName: 'billing.payout-prepare-form',
            action: `${PAYOUTS}/prepare`,
            label: t('billing.payouts.prepare.submit'),
            back: PAYOUTS,
          },
  };
}
