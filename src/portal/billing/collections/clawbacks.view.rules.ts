import type {
  ClawbackAfter,
  ClawbackSum,
  SettledClawback,
  SettlementClawbacks,
} from '../../../collections/clawback-overview.queries.ts';
import type { CompanyNames } from '../../../companies/company-names.queries.ts';
import { publicId } from '../../../shared/public-id.rules.ts';
import { sumMinor } from '../../../shared/money.ts';
import type { TableView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { companyText } from '../company-text.rules.ts';
import { clawbacksHref, collectionTabs, tabHref, withQuery } from './collection-parts.rules.ts';

export const SETTLEMENTS_ON_PAGE = 50;
export const CHARGES_ON_PAGE = 100;

interface Clawbacks {
  readonly waiting: readonly ClawbackSum[];
  readonly settled: readonly SettledClawback[];
  readonly query: { readonly company?: string; readonly before?: string };
  readonly names: CompanyNames;
}

/** What waits for the next settlement of each company, and what settlements have taken over. */
export function clawbacksView({ waiting, settled, query, names }: Clawbacks, frame: ViewFrame): SectionsView {
  const { t } = frame;
  const here = tabHref('clawbacks');
  const { company, before } = query;
  const own = company === undefined ? waiting : waiting.filter((sum) => sum.company === company);
  const shown = settled.slice(0, SETTLEMENTS_ON_PAGE);
  return {
    title: t('billing.collections.clawbacks.title'),
    lead: t('billing.collections.clawbacks.lead'),
    parts: collectionTabs(t, 'clawbacks'),
    filter: {
      action: here,
      fields: [{ name: 'company', label: t('billing.collections.column.company'), value: company ?? '' }],
      active: company === undefined ? [] : [{ href: here, label: company }],
      clearHref: here,
      found: t('billing.collections.clawbacks.found', { count: frame.format.count(shown.length) }),
    },
    sections: [
      {
        id: 'waiting',
        title: t('billing.collections.clawbacks.waiting'),
        table: waitingTable(own, names, frame),
      },
      {
        id: 'settled',
        title: t('billing.collections.clawbacks.settled'),
        table: settledTable(shown, names, frame),
      },
    ],
    pager: {
      ...(before !== undefined && { first: withQuery(here, { company }) }),
      ...(settled.length > SETTLEMENTS_ON_PAGE && {
        next: withQuery(here, { company, before: shown.at(-1)!.number }),
      }),
    },
  };
}

const sumsOf = (rows: readonly ClawbackSum[], { format }: ViewFrame) => [
  format.money(sumMinor(rows.map(({ clawbackMinor }) => clawbackMinor))),
  format.money(sumMinor(rows.map(({ recoveryMinor }) => recoveryMinor))),
];

function waitingTable(waiting: readonly ClawbackSum[], names: CompanyNames, frame: ViewFrame): TableView {
  const { t } = frame;
  return {
    caption: t('billing.collections.clawbacks.waiting'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('billing.collections.column.company') },
      { label: t('billing.collections.column.clawback'), isNumber: true },
      { label: t('billing.collections.column.recovery'), isNumber: true },
    ],
    rows: waiting.map((sum) => ({
      cells: [{ text: companyText(sum.company, names, frame), note: sum.company }, ...sumsOf([sum], frame)],
    })),
    foot: [t('billing.collections.total'), ...sumsOf(waiting, frame)],
    empty: { title: t('billing.collections.clawbacks.none-waiting'), text: '' },
  };
}

function settledTable(settled: readonly SettledClawback[], names: CompanyNames, frame: ViewFrame): TableView {
  const { t, format } = frame;
  return {
    caption: t('billing.collections.clawbacks.settled'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('billing.collections.column.settlement') },
      { label: t('billing.collections.column.company') },
      { label: t('billing.collections.column.period'), isLess: true },
      { label: t('billing.collections.column.clawback'), isNumber: true },
      { label: t('billing.collections.column.recovery'), isNumber: true },
    ],
    rows: settled.map((sum) => ({
      cells: [
        { text: sum.number, href: clawbacksHref(sum.number) },
        { text: companyText(sum.company, names, frame), note: sum.company },
        format.month(sum.billingPeriod),
        ...sumsOf([sum], frame),
      ],
    })),
    empty: { title: t('billing.collections.clawbacks.none-settled'), text: '' },
  };
}

/** The place in the list, as an address has it: period, charge and step. */
export function parseAfter(text: string | undefined): ClawbackAfter | undefined {
  if (text === undefined) return undefined;
  const [billingPeriod = '', chargeId = '', position = '0'] = text.split('.');
  return { billingPeriod, chargeId, position: Number(position) };
}

interface Settlement {
  readonly clawbacks: SettlementClawbacks;
  readonly query: { readonly after?: string };
}

/** The charges behind a settlement's clawbacks. They name no line and no holder. */
export function settlementView({ clawbacks, query }: Settlement, frame: ViewFrame): SectionsView {
  const { t, format } = frame;
  const { number, lines } = clawbacks;
  const here = clawbacksHref(number);
  const charges = clawbacks.charges.slice(0, CHARGES_ON_PAGE);
  const last = charges.at(-1);
  return {
    title: t('billing.collections.clawbacks.settlement', { number }),
    crumbs: [{ href: tabHref('clawbacks'), label: t('billing.collections.clawbacks.title') }],
    sections: [
      {
        id: 'periods',
        title: t('billing.collections.clawbacks.periods'),
        table: {
          caption: t('billing.collections.clawbacks.periods'),
          isCaptionUnseen: true,
          isDense: true,
          columns: [
            { label: t('billing.collections.column.period') },
            { label: t('billing.collections.column.charges'), isNumber: true },
            { label: t('billing.collections.column.clawback'), isNumber: true },
            { label: t('billing.collections.column.recovery'), isNumber: true },
          ],
          rows: lines.map((line) => ({
            cells: [
              format.month(line.billingPeriod),
              format.count(line.chargeCount),
              format.money(line.clawbackMinor),
              format.money(line.recoveryMinor),
            ],
          })),
          empty: { title: t('billing.collections.clawbacks.none-charges'), text: '' },
        },
      },
      {
        id: 'charges',
        title: t('billing.collections.clawbacks.charges'),
        ...(charges.length > 0 && {
          links: [{ href: `${here}/csv`, label: t('billing.collections.clawbacks.csv') }],
        }),
        table: {
          caption: t('billing.collections.clawbacks.charges'),
          isCaptionUnseen: true,
          isDense: true,
          columns: [
            { label: t('billing.collections.column.charge') },
            { label: t('billing.collections.column.description'), isLong: true },
            { label: t('billing.collections.column.period'), isLess: true },
            { label: t('billing.collections.column.kind') },
            { label: t('billing.collections.column.booked-on'), isLess: true },
            { label: t('billing.collections.column.amount'), isNumber: true },
          ],
          rows: charges.map((charge) => ({
            cells: [
              publicId('charge', charge.chargeId),
              charge.description,
              format.month(charge.billingPeriod),
              t(`billing.collections.step.${charge.kind}`),
              format.date(charge.bookedOn),
              format.money(charge.kind === 'clawback' ? charge.amountMinor : -charge.amountMinor),
            ],
          })),
          empty: { title: t('billing.collections.clawbacks.none-charges'), text: '' },
        },
      },
    ],
    pager: {
      ...(query.after !== undefined && { first: here }),
      ...(clawbacks.charges.length > CHARGES_ON_PAGE &&
        last && {
          next: withQuery(here, { after: `${last.billingPeriod}.${last.chargeId}.${last.position}` }),
        }),
    },
  };
}
