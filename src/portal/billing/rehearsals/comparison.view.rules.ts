import type {
  ChangedCompany,
  RehearsalComparison,
} from '../../../rehearsals/rehearsal-comparison.queries.ts';
import type { ComparedFigure } from '../../../rehearsals/rehearsed-figures.rules.ts';
import { CLOSING_GROUPS } from '../../../shared/calendar.rules.ts';
import type { HeadView, TableView, TabsView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import { explainHref } from '../explain/explain-link.rules.ts';
import { groupText, nameOf } from '../../explain/figure-text.rules.ts';
import { tabsOf } from './rehearsal.view.rules.ts';

export interface ComparisonView extends PageView, HeadView {
  readonly parts: TabsView;
  readonly banner: { readonly tone: 'info' | 'good' | 'warn'; readonly text: string };
  readonly groups: TableView;
  readonly companies?: TableView;
  readonly pager: { readonly first?: string; readonly next?: string };
  readonly words: Readonly<Record<'groups' | 'companies', string>>;
}

interface Loaded {
  readonly comparison: RehearsalComparison;
  readonly isFirstPage: boolean;
}

/** A kept rehearsal beside the real close and settlements, and what changed between. */
export function comparisonView({ comparison, isFirstPage }: Loaded, frame: ViewFrame): ComparisonView {
  const { t, format } = frame;
  const { id, billingPeriod, readAt, companies, isSettled, next } = comparison;
  const here = `/billing/rehearsals/${id}`;
  return {
    title: t('billing.comparison.title', { month: format.month(billingPeriod) }),
    crumbs: [
      { href: '/billing/rehearsals', label: t('billing.rehearsals.title') },
      { href: here, label: t('billing.rehearsal.title', { month: format.month(billingPeriod) }) },
    ],
    ...(readAt && { lead: t('billing.comparison.lead', { at: format.dateTime(readAt) }) }),
    parts: tabsOf(here, 'comparison', frame),
    banner: bannerOf(comparison, frame),
    groups: groupTable(comparison, frame),
    ...(isSettled && companies.length > 0 && { companies: companyTable(companies, frame) }),
    pager: {
      ...(!isFirstPage && { first: `${here}/comparison` }),
      ...(next !== undefined && { next: `${here}/comparison?after=${next}` }),
    },
    words: { groups: t('billing.rehearsal.groups'), companies: t('billing.comparison.companies') },
  };
}

function bannerOf(
  { isSettled, companies, sameCount, groups }: RehearsalComparison,
  { t, format }: ViewFrame,
): ComparisonView['banner'] {
  const isClosed = groups.some(({ real }) => real !== undefined);
  if (!isSettled) {
    return {
      tone: 'info',
      text: t(isClosed ? 'billing.comparison.not-settled' : 'billing.comparison.nothing-real'),
    };
  }
  const facts = { same: format.count(sameCount), changed: format.count(companies.length) };
  return companies.length === 0
    ? { tone: 'good', text: t('billing.comparison.same', facts) }
    : { tone: 'warn', text: t('billing.comparison.changed', facts) };
}

function groupTable({ groups }: RehearsalComparison, frame: ViewFrame): TableView {
  const { t, format } = frame;
  const ordered = CLOSING_GROUPS.flatMap((group) =>
    groups.filter(({ closingGroup }) => closingGroup === group),
  );
  return {
    caption: t('billing.rehearsal.groups'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('billing.rehearsal.group') },
      { label: t('billing.comparison.rehearsed'), isNumber: true },
      { label: t('billing.comparison.real'), isNumber: true },
      { label: t('billing.comparison.difference'), isNumber: true },
      { label: t('billing.comparison.items'), isNumber: true },
    ],
    rows: ordered.map(({ closingGroup, totalMinor, itemCount, real }) => ({
      cells: [
        groupText(closingGroup, frame),
        format.money(totalMinor),
        real ? format.money(real.totalMinor) : t('billing.comparison.open'),
        real ? signed(real.totalMinor - totalMinor, (minor) => format.money(minor)) : '',
        real ? signed(BigInt(real.itemCount - itemCount), (count) => format.count(count)) : '',
      ],
    })),
    empty: { title: t('billing.rehearsal.no-groups'), text: '' },
  };
}

/** A row for each figure that is another one, and one for a company that was only rehearsed or only settled. */
function companyTable(companies: readonly ChangedCompany[], frame: ViewFrame): TableView {
  const { t } = frame;
  return {
    caption: t('billing.comparison.companies'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('billing.rehearsal.company'), isLong: true },
      { label: t('billing.comparison.figure') },
      { label: t('billing.comparison.rehearsed'), isNumber: true },
      { label: t('billing.comparison.real'), isNumber: true },
      { label: t('billing.comparison.difference'), isNumber: true },
    ],
    rows: companies.flatMap((company) => rowsOf(company, frame).map((cells) => ({ cells }))),
  };
}

function rowsOf(company: ChangedCompany, frame: ViewFrame) {
  const { t } = frame;
  const { kind, number, figures } = company;
  const href = number === null ? undefined : explainHref({ of: 'settlement', number, figure: 'payout' });
  const name = { text: nameOf(company, frame), note: company.code, ...(href !== undefined && { href }) };
  if (kind !== 'changed') return [[name, t(`billing.comparison.${kind}`), '', '', '']];
  return figures.map(({ figure, rehearsed, real }) => [
    name,
    t(`billing.comparison.figure.${figure}`),
    writeFigure(figure, rehearsed, frame),
    writeFigure(figure, real, frame),
    differenceOf(figure, { rehearsed, real }, frame),
  ]);
}

const isMoney = (figure: ComparedFigure) => figure.endsWith('Minor');
const isCount = (figure: ComparedFigure) => figure.endsWith('Count');

function writeFigure(figure: ComparedFigure, text: string, { t, format }: ViewFrame): string {
  if (isMoney(figure)) return format.money(BigInt(text));
  if (isCount(figure)) return format.count(BigInt(text));
  if (figure === 'payoutOn') return format.date(text);
  if (figure === 'feeBranch' && (text === 'minimum' || text === 'percent' || text === 'band')) {
    return t(`billing.comparison.branch.${text}`);
  }
  return text;
}

function differenceOf(
  figure: ComparedFigure,
  { rehearsed, real }: { readonly rehearsed: string; readonly real: string },
  { format }: ViewFrame,
): string {
  if (!isMoney(figure) && !isCount(figure)) return '';
  return signed(BigInt(real) - BigInt(rehearsed), (value) =>
    isMoney(figure) ? format.money(value) : format.count(value),
  );
}

function signed(difference: bigint, write: (value: bigint) => string): string {
  if (difference === 0n) return '±0';
  return difference > 0n ? `+${write(difference)}` : `−${write(-difference)}`;
}
