import type { BillingPeriodRow } from '../../../billing-periods/billing-period.queries.ts';
import { writeClosingGroup, type ClosingGroup } from '../../../shared/calendar.rules.ts';
import type { BadgeView, FilterView, HeadView, TableView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';

export interface ClosesView extends PageView, HeadView {
  readonly filter: FilterView;
  readonly table: TableView;
  readonly pager: { readonly first?: string; readonly next?: string };
}

interface LoadedCloses {
  readonly query: { readonly state?: 'open' | 'closing' | 'closed'; readonly before?: string };
  readonly rows: readonly BillingPeriodRow[];
  readonly hasMore: boolean;
}

const states = ['open', 'closing', 'closed'] as const;
const tones = { open: 'plain', closing: 'warn', closed: 'good' } as const;

/** The address of a close. */
export const closeHref = ({
  period,
  closingGroup,
}: Pick<BillingPeriodRow, 'period' | 'closingGroup'>): string =>
  `/billing/closes/${period}/${writeClosingGroup(closingGroup)}`;

/** The closing day of a group: `5日締め`, `月末締め`. */
export function groupText(group: ClosingGroup, { t }: Pick<ViewFrame, 't'>): string {
  return group === 31 ? t('billing.closes.group-end') : t('billing.closes.group', { day: group });
}

/** Open, closing or closed. */
export function stateBadge(
  { state }: Pick<BillingPeriodRow, 'state'>,
  { t }: Pick<ViewFrame, 't'>,
): BadgeView {
  return { tone: tones[state], text: t(`billing.closes.state.${state}`) };
}

const hrefOf = (query: Record<string, string | undefined>): string => {
  const given = Object.entries(query).filter(([, text]) => text !== undefined) as [string, string][];
  const search = new URLSearchParams(given).toString();
  return `/billing/closes${search && `?${search}`}`;
};

/** The billing periods. */
export function closesView({ query, rows, hasMore }: LoadedCloses, frame: ViewFrame): ClosesView {
  const { t, format } = frame;
  const number = (key: Parameters<typeof t>[0]) => ({ label: t(key), isNumber: true });
  const next =
    rows.find(({ state }) => state === 'closing') ?? rows.findLast(({ state }) => state === 'open');
  const oldest = rows.at(-1)?.period;
  return {
    title: t('billing.closes.title'),
    lead: next
      ? t(`billing.closes.lead.${next.state === 'closing' ? 'closing' : 'open'}`, {
          month: format.month(next.period),
          group: groupText(next.closingGroup, frame),
          date: format.date(next.closesOn),
        })
      : t('billing.closes.lead.none'),
    filter: {
      action: '/billing/closes',
      fields: [
        {
          name: 'state',
          label: t('billing.closes.state'),
          value: query.state ?? '',
          options: [
            { value: '', label: t('billing.closes.all-states') },
            ...states.map((state) => ({ value: state, label: t(`billing.closes.state.${state}`) })),
          ],
        },
      ],
      active:
        query.state === undefined
          ? []
          : [{ href: '/billing/closes', label: t(`billing.closes.state.${query.state}`) }],
      clearHref: '/billing/closes',
      found: t('billing.closes.found', { count: format.count(rows.length) }),
    },
    table: {
      caption: t('billing.closes.title'),
      isCaptionUnseen: true,
      isDense: true,
      columns: [
        { label: t('billing.closes.period') },
        { label: t('billing.closes.state') },
        { label: t('billing.closes.closes-on') },
        { label: t('billing.closes.issue-on') },
        { label: t('billing.closes.due-on') },
        number('billing.closes.invoices'),
        number('billing.closes.items'),
        number('billing.closes.total'),
      ],
      rows: rows.map((row) => ({
        cells: [
          {
            text: t('billing.closes.name', {
              month: format.month(row.period),
              group: groupText(row.closingGroup, frame),
            }),
            href: closeHref(row),
          },
          { badge: stateBadge(row, frame) },
          format.date(row.closesOn),
          format.day(row.issueOn),
          format.day(row.dueOn),
          row.invoiceCount == null ? '–' : format.count(row.invoiceCount),
          row.itemCount == null ? '–' : format.count(row.itemCount),
          row.totalMinor == null ? '–' : format.money(row.totalMinor),
        ],
      })),
      empty: { title: t('billing.closes.none'), text: t('billing.closes.none-text') },
    },
    pager: {
      ...(query.before !== undefined && { first: hrefOf({ state: query.state }) }),
      // A month may be cut by the page: it begins the next one.
      ...(hasMore && oldest !== undefined && { next: hrefOf({ state: query.state, before: oldest }) }),
    },
  };
}
