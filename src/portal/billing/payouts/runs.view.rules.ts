import type { listPayoutRuns } from '../../../payouts/payout-run.queries.ts';
import type { PayoutRunState } from '../../../payouts/payout.rules.ts';
import type { FilterView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { PAYOUTS, payoutTabs, runBadge, runHref, tabHref } from './payout-parts.rules.ts';

export const RUNS_ON_PAGE = 50;

interface Runs {
  readonly runs: Awaited<ReturnType<typeof listPayoutRuns>>;
  readonly counts: ReadonlyMap<PayoutRunState, number>;
  readonly query: { readonly state?: PayoutRunState; readonly before?: string };
}

const states = ['draft', 'approved', 'sent', 'void'] as const;

/** The list of payout runs, the newest first. */
export function runsView({ runs, counts, query }: Runs, frame: ViewFrame): SectionsView {
  const { t, format } = frame;
  const shown = runs.slice(0, RUNS_ON_PAGE);
  const ofState = query.state === undefined ? '' : `state=${query.state}&`;
  const here = tabHref('runs');
  return {
    title: t('billing.payouts.runs.title'),
    parts: payoutTabs(t, 'runs'),
    filter: filterOf({ counts, query }, frame),
    sections: [
      {
        id: 'runs',
        title: t('billing.payouts.tab.runs'),
        table: {
          caption: t('billing.payouts.runs.title'),
          isCaptionUnseen: true,
          isDense: true,
          columns: [
            { label: t('billing.payouts.column.run') },
            { label: t('billing.payouts.column.pay-on') },
            { label: t('billing.payouts.column.state') },
            { label: t('billing.payouts.column.prepared-by'), isLess: true },
            { label: t('billing.payouts.column.transfers'), isNumber: true },
            { label: t('billing.payouts.column.amount'), isNumber: true },
          ],
          rows: shown.map((run) => ({
            cells: [
              { text: run.number, href: runHref(run.number) },
              format.date(run.payOn),
              { badge: runBadge(t, run.state) },
              frame.nameOf(run.preparedBy),
              format.count(run.payoutCount),
              format.money(run.totalMinor),
            ],
          })),
          empty: {
            title: t('billing.payouts.runs.none'),
            text: t('billing.payouts.runs.none-text'),
            href: PAYOUTS,
            label: t('billing.payouts.due.title'),
          },
        },
      },
    ],
    pager: {
      ...(query.before !== undefined && { first: `${here}?${ofState}` }),
      ...(runs.length > RUNS_ON_PAGE && { next: `${here}?${ofState}before=${shown.at(-1)!.number}` }),
    },
  };
}

function filterOf({ counts, query }: Pick<Runs, 'counts' | 'query'>, { t, format }: ViewFrame): FilterView {
  const here = tabHref('runs');
  const { state } = query;
  const found =
    state === undefined
      ? [...counts.values()].reduce((sum, count) => sum + count, 0)
      : (counts.get(state) ?? 0);
  return {
    action: here,
    fields: [
      {
        name: 'state',
        label: t('billing.payouts.column.state'),
        value: state ?? '',
        options: [
          { value: '', label: t('billing.payouts.runs.all') },
          ...states.map((value) => ({
            value,
            label: `${t(`billing.payouts.run.${value}`)} (${format.count(counts.get(value) ?? 0)})`,
          })),
        ],
      },
    ],
    active: state === undefined ? [] : [{ href: here, label: t(`billing.payouts.run.${state}`) }],
    clearHref: here,
    found: t('billing.payouts.runs.found', { count: format.count(found) }),
  };
}
