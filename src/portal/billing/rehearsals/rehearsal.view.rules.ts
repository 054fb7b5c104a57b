import type { AfterCompany, RehearsalOutcome } from '../../../rehearsals/rehearsal.queries.ts';
import { outlierNames } from '../../../rehearsals/rehearsal-outliers.rules.ts';
import { CLOSING_GROUPS } from '../../../shared/calendar.rules.ts';
import type { FactView, HeadView, ProgressView, TableView, TabsView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import { groupText, nameOf } from '../../explain/figure-text.rules.ts';
import { stateBadge } from './rehearsals.view.rules.ts';

export interface RehearsalView extends PageView, HeadView {
  readonly parts?: TabsView;
  readonly progress?: ProgressView;
  readonly banner?: { readonly tone: 'info' | 'bad'; readonly title?: string; readonly text: string };
  readonly facts: readonly FactView[];
  readonly groups?: TableView;
  readonly settlements?: TableView;
  readonly outlying?: TableView;
  readonly pager?: { readonly first?: string; readonly next?: string };
  readonly outlierRules: string;
  readonly words: Readonly<Record<'summary' | 'groups' | 'settlements' | 'outlying', string>>;
}

interface Loaded {
  readonly outcome: RehearsalOutcome;
  readonly after: AfterCompany | undefined;
}

/** A rehearsal: how far it is, then what the close and the settlements would come to, beside the month before. */
export function rehearsalView({ outcome, after }: Loaded, frame: ViewFrame): RehearsalView {
  const { t, format } = frame;
  const { id, state, billingPeriod, scope } = outcome;
  const isUnderWay = state === 'waiting' || state === 'running';
  const here = `/billing/rehearsals/${id}`;
  return {
    title: t('billing.rehearsal.title', { month: format.month(billingPeriod) }),
    crumbs: [{ href: '/billing/rehearsals', label: t('billing.rehearsals.title') }],
    headBadge: stateBadge(state, frame),
    lead: leadOf(outcome, frame),
    ...(isUnderWay && { refreshSeconds: 3, progress: progressOf(outcome, frame) }),
    ...(state === 'failed' && {
      banner: { tone: 'bad' as const, title: t('billing.rehearsal.failed'), text: outcome.error ?? '' },
    }),
    facts: factsOf(outcome, frame),
    ...(state === 'finished' && {
      parts: tabsOf(here, 'outcome', frame),
      banner: { tone: 'info' as const, text: t('billing.rehearsals.without') },
      groups: groupTable(outcome, frame),
      ...(outcome.settlements.length > 0 && { settlements: settlementTable(outcome, frame) }),
      ...(outcome.outlying.length > 0 && { outlying: outlyingTable(outcome, frame) }),
      pager: {
        ...(after && { first: here }),
        ...(outcome.next && { next: `${here}?after=${outcome.next.outlierCount}.${outcome.next.companyId}` }),
      },
    }),
    outlierRules: t('billing.rehearsal.outlier-rules'),
    words: {
      summary: t(`billing.rehearsals.scope.${scope}`),
      groups: t('billing.rehearsal.groups'),
      settlements: t('billing.rehearsal.settlements'),
      outlying: t('billing.rehearsal.outlying'),
    },
  };
}

export function tabsOf(here: string, current: 'outcome' | 'comparison', { t }: ViewFrame): TabsView {
  return {
    label: t('billing.rehearsal.parts'),
    tabs: [
      { href: here, label: t('billing.rehearsal.outcome'), isCurrent: current === 'outcome' },
      {
        href: `${here}/comparison`,
        label: t('billing.rehearsal.comparison'),
        isCurrent: current === 'comparison',
      },
    ],
  };
}

function leadOf({ state, counts, settlements }: RehearsalOutcome, { t, format }: ViewFrame): string {
  if (state === 'failed') return t('billing.rehearsal.lead.failed');
  if (state !== 'finished') return t('billing.rehearsal.lead.under-way');
  if (settlements.length === 0) return t('billing.rehearsal.lead.close-only');
  const outlying = format.count(counts.outlying);
  return t(counts.outlying === 0 ? 'billing.rehearsal.lead.usual' : 'billing.rehearsal.lead.outlying', {
    outlying,
  });
}

function progressOf({ state, done, expected }: RehearsalOutcome, { t, format }: ViewFrame): ProgressView {
  const label = t('billing.rehearsal.progress');
  if (state === 'waiting') return { label, text: t('billing.rehearsal.waits'), max: 1 };
  const figures = { done: format.count(done), expected: format.count(expected) };
  const text = t('billing.rehearsal.of', figures);
  return { label, text, max: Math.max(expected, 1), value: Math.min(done, expected) };
}

function factsOf(outcome: RehearsalOutcome, { t, format, nameOf }: ViewFrame): FactView[] {
  const { readAt, finishedAt, startedBy, createdAt, businessDate, counts } = outcome;
  const outcomes = [...counts.byOutcome].map(([name, count]) => ({
    label: t(`billing.rehearsal.outcome.${name}`),
    text: t('billing.rehearsal.companies', { count: format.count(count) }),
    note: t(`billing.rehearsal.outcome.${name}.text`),
  }));
  return [
    {
      label: t('billing.rehearsals.by'),
      text: nameOf(startedBy),
      note: format.dateTime(createdAt),
    },
    { label: t('billing.rehearsal.night'), text: format.date(businessDate) },
    {
      label: t('billing.rehearsal.read-at'),
      text: readAt ? format.dateTime(readAt) : '',
      ...(finishedAt && { note: t('billing.rehearsal.until', { at: format.dateTime(finishedAt) }) }),
    },
    ...outcomes,
  ];
}

function groupTable({ groups }: RehearsalOutcome, frame: ViewFrame): TableView {
  const { t, format } = frame;
  const ordered = CLOSING_GROUPS.flatMap((group) =>
    groups.filter(({ closingGroup }) => closingGroup === group),
  );
  const sum = (of: (group: (typeof groups)[number]) => number) =>
    format.count(groups.reduce((total, group) => total + of(group), 0));
  return {
    caption: t('billing.rehearsal.groups'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('billing.rehearsal.group') },
      { label: t('billing.rehearsal.closes-on') },
      { label: t('billing.rehearsal.invoices'), isNumber: true },
      { label: t('billing.rehearsal.items'), isNumber: true },
      { label: t('billing.rehearsal.unbilled'), isNumber: true },
      { label: t('billing.rehearsal.total'), isNumber: true },
    ],
    rows: ordered.map((group) => ({
      cells: [
        groupText(group.closingGroup, frame),
        {
          text: format.date(group.closesOn),
          ...(group.wasClosed && { note: t('billing.rehearsal.was-closed') }),
        },
        format.count(group.invoiceCount),
        format.count(group.itemCount),
        format.count(group.unbilledCount),
        format.money(group.totalMinor),
      ],
    })),
    foot: [
      t('billing.rehearsal.sum'),
      '',
      sum(({ invoiceCount }) => invoiceCount),
      sum(({ itemCount }) => itemCount),
      sum(({ unbilledCount }) => unbilledCount),
      format.money(groups.reduce((total, { totalMinor }) => total + totalMinor, 0n)),
    ],
    empty: { title: t('billing.rehearsal.no-groups'), text: '' },
  };
}

function settlementTable({ settlements }: RehearsalOutcome, frame: ViewFrame): TableView {
  const { t, format } = frame;
  return {
    caption: t('billing.rehearsal.settlements'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('billing.rehearsal.company'), isLong: true },
      { label: t('billing.rehearsal.state') },
      { label: t('billing.rehearsal.billed'), isNumber: true },
      { label: t('billing.rehearsal.before'), isNumber: true },
      { label: t('billing.rehearsal.fee'), isNumber: true },
      { label: t('billing.rehearsal.payout'), isNumber: true },
      { label: t('billing.rehearsal.outliers') },
    ],
    rows: settlements.map(({ figures, outcome, totalMinor, beforeMinor, outliers, reason, ...row }) => ({
      cells: [
        { text: nameOf(row, frame), note: row.code },
        {
          text: t(`billing.rehearsal.outcome.${outcome}`),
          ...(reason !== null && { note: reason }),
        },
        totalMinor === null
          ? ''
          : { text: format.money(totalMinor), note: changeText(totalMinor, beforeMinor) },
        beforeMinor === null ? '' : format.money(beforeMinor),
        figures ? format.money(BigInt(figures.feeExTaxMinor)) : '',
        payoutCell(figures, frame),
        outlierCell(outliers, frame),
      ],
    })),
  };
}

function payoutCell(figures: RehearsalOutcome['settlements'][number]['figures'], { t, format }: ViewFrame) {
  if (!figures) return '';
  const carried = BigInt(figures.carriedOutMinor);
  const note = carried === 0n ? '' : t('billing.rehearsal.carries', { amount: format.money(carried) });
  return { text: format.money(BigInt(figures.payoutMinor)), note };
}

function outlierCell(outliers: string, { t }: ViewFrame) {
  const names = outlierNames.filter((name) => outliers.split(' ').includes(name));
  if (names.length === 0) return '';
  const text = names.map((name) => t(`billing.rehearsal.outlier.${name}`)).join(' · ');
  return { badge: { tone: 'warn' as const, text } };
}

function outlyingTable({ outlying }: RehearsalOutcome, frame: ViewFrame): TableView {
  const { t, format } = frame;
  return {
    caption: t('billing.rehearsal.outlying'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('billing.rehearsal.company'), isLong: true },
      { label: t('billing.rehearsal.group') },
      { label: t('billing.rehearsal.total'), isNumber: true },
      { label: t('billing.rehearsal.before'), isNumber: true },
      { label: t('billing.rehearsal.change'), isNumber: true },
    ],
    rows: outlying.map(({ closingGroup, totalMinor, beforeMinor, ...company }) => ({
      cells: [
        { text: nameOf(company, frame), note: company.code },
        groupText(closingGroup, frame),
        format.money(totalMinor),
        beforeMinor === null ? '' : format.money(beforeMinor),
        changeText(totalMinor, beforeMinor),
      ],
    })),
  };
}

/** In whole percent of the month before; nothing without one. */
export function changeText(totalMinor: bigint | null, beforeMinor: bigint | null): string {
  if (totalMinor === null || beforeMinor === null || beforeMinor === 0n) return '';
  const size = beforeMinor < 0n ? -beforeMinor : beforeMinor;
  const percent = ((totalMinor - beforeMinor) * 100n) / size;
  return `${percent > 0n ? '+' : percent < 0n ? '−' : '±'}${percent < 0n ? -percent : percent}%`;
}
