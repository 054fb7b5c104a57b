import {
  monthStates,
  OUTLIER,
  type MonthSettlement,
  type MonthState,
  type MonthTotals,
} from '../../../settlements/month-settlements.queries.ts';
import type { FilterView, HeadView, LinkView, TableView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import { settlementsTable } from '../settlements-table.rules.ts';
import { settlementsHref, type SettlementsQuery } from './settlements.query.ts';

export interface SettlementsView extends PageView, HeadView {
  readonly filter: FilterView;
  readonly table: TableView;
  readonly note: string;
  readonly pager: { readonly first?: string; readonly next?: string };
}

interface LoadedMonth {
  readonly period: string;
  readonly rows: readonly MonthSettlement[];
  readonly hasMore: boolean;
  readonly totals: MonthTotals;
  readonly states: ReadonlyMap<MonthState, number>;
}

interface LoadedSettlements {
  readonly query: SettlementsQuery;
  readonly months: readonly string[];
  /** None before the first month is settled. */
  readonly month?: LoadedMonth;
}

const nothing: MonthTotals = {
  count: 0,
  totalMinor: 0n,
  beforeMinor: 0n,
  feeMinor: 0n,
  payoutMinor: 0n,
  carriedOutMinor: 0n,
};

/** The settlements of a month. */
export function settlementsView(
  { query, months, month }: LoadedSettlements,
  frame: ViewFrame,
): SettlementsView {
  const { t, format } = frame;
  const last = month?.rows.at(-1);
  return {
    title: month
      ? t('billing.settlements.month-title', { month: format.month(month.period) })
      : t('billing.settlements.title'),
    lead: month ? leadText(month, frame) : t('billing.settlements.lead-none'),
    actions: month ? actionsOf(month, frame) : [],
    filter: filterOf(query, { months, month }, frame),
    table: settlementsTable(month?.rows ?? [], frame, {
      caption: t('billing.settlements.title'),
      totals: month?.totals ?? nothing,
      empty: { title: t('billing.settlements.none'), text: t('billing.settlements.none-text') },
    }),
    note: t('billing.settlements.outlier-note', {
      percent: OUTLIER.percent,
      amount: format.money(OUTLIER.atLeastMinor),
    }),
    pager: {
      ...(query.after !== undefined && { first: settlementsHref({ ...query, after: undefined }) }),
      ...(month?.hasMore && last && { next: settlementsHref({ ...query, after: last.company }) }),
    },
  };
}

/** How many are in each state: `12件：下書き 3件、承認済み 9件`. */
function leadText({ states }: LoadedMonth, { t, format }: ViewFrame): string {
  const some = monthStates.filter((state) => (states.get(state) ?? 0) > 0);
  if (some.length === 0) return t('billing.settlements.none');
  const counts = some.map((state) =>
    t('billing.settlements.in-state', {
      state: t(`billing.settlements.state.${state}`),
      count: format.count(states.get(state)!),
    }),
  );
  const all = [...states.values()].reduce((sum, count) => sum + count, 0);
  return t('billing.settlements.lead', {
    count: format.count(all),
    states: counts.join(t('billing.approvals.and')),
  });
}

function actionsOf({ period, states }: LoadedMonth, { t, can }: ViewFrame): LinkView[] {
  const drafts = states.get('draft') ?? 0;
  const proposed = states.get('proposed') ?? 0;
  return [
    ...(drafts > 0 && can('settlements:propose')
      ? [
          {
            href: `/billing/settlements/months/${period}/propose`,
            label: t('billing.settlements.to-propose-month'),
          },
        ]
      : []),
    ...(proposed > 0 && can('settlements:approve')
      ? [
          {
            href: `/billing/approvals/settlements/${period}`,
            label: t('billing.settlements.to-approve-month'),
          },
        ]
      : []),
  ];
}

function filterOf(
  query: SettlementsQuery,
  { months, month }: Pick<LoadedSettlements, 'months'> & { readonly month: LoadedMonth | undefined },
  { t, format }: ViewFrame,
): FilterView {
  const period = month?.period;
  const named = period === undefined || months.includes(period) ? months : [period, ...months];
  const base = { period: query.period, state: query.state, only: query.only };
  return {
    action: '/billing/settlements',
    fields: [
      {
        name: 'period',
        label: t('billing.settlements.period'),
        value: period ?? '',
        options: named.map((value) => ({ value, label: format.month(value) })),
      },
      {
        name: 'state',
        label: t('billing.settlements.state'),
        value: query.state ?? '',
        options: [
          { value: '', label: t('billing.settlements.all-states') },
          ...monthStates.map((value) => ({ value, label: t(`billing.settlements.state.${value}`) })),
        ],
      },
      {
        name: 'only',
        label: t('billing.settlements.change'),
        value: query.only ?? '',
        options: [
          { value: '', label: t('billing.settlements.all') },
          { value: 'outliers', label: t('billing.settlements.only-outliers') },
        ],
      },
    ],
    active: [
      ...(query.state === undefined
        ? []
        : [
            {
              href: settlementsHref({ ...base, state: undefined }),
              label: t(`billing.settlements.state.${query.state}`),
            },
          ]),
      ...(query.only === undefined
        ? []
        : [
            {
              href: settlementsHref({ ...base, only: undefined }),
              label: t('billing.settlements.only-outliers'),
            },
          ]),
    ],
    clearHref: settlementsHref({ period: query.period }),
    found: t('billing.settlements.found', { count: format.count(month?.totals.count ?? 0) }),
  };
}
