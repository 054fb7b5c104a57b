import type { PeopleNames } from '../../../accounts/people-names.queries.ts';
import type { ApprovalRow } from '../../../access/approvals/approval.queries.ts';
import { approvalKinds } from '../../../approval-kinds.ts';
import { publicId } from '../../../shared/public-id.rules.ts';
import type { MonthToApprove } from '../../../settlements/months-to-approve.queries.ts';
import type { FilterView, HeadView, RowView, TableView, TabsView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import { personText } from '../person-text.rules.ts';
import { kindText, stateBadge, subjectLink } from './approval-words.rules.ts';
import { approvalsHref, lists, type ApprovalsQuery } from './approvals.query.ts';

export interface ApprovalsView extends PageView, HeadView {
  readonly parts: TabsView;
  readonly monthsTitle: string;
  readonly rows: readonly RowView[];
  readonly filter: FilterView;
  readonly table: TableView;
  readonly pager: { readonly first?: string; readonly next?: string };
}

interface LoadedApprovals {
  readonly query: ApprovalsQuery;
  readonly rows: readonly ApprovalRow[];
  readonly hasMore: boolean;
  readonly counts: { readonly ofOthers: number; readonly own: number };
  readonly months: readonly MonthToApprove[];
  readonly names: PeopleNames;
}

/** The list of proposals. */
export function approvalsView(loaded: LoadedApprovals, frame: ViewFrame): ApprovalsView {
  const { query, rows, hasMore, counts, months } = loaded;
  const { t } = frame;
  const list = query.list ?? 'waiting';
  const last = rows.at(-1);
  return {
    title: t('billing.approvals.title'),
    lead: leadText(counts, frame),
    parts: tabsOf(query, counts, frame),
    monthsTitle: t('billing.approvals.months'),
    rows:
      list === 'waiting' ? months.filter(({ ofOthers }) => ofOthers > 0).map((m) => monthRow(m, frame)) : [],
    filter: filterOf(loaded, frame),
    table: {
      caption: t(`billing.approvals.list.${list}`),
      isCaptionUnseen: true,
      isDense: true,
      columns: [
        { label: t('billing.approvals.subject') },
        { label: t('billing.approvals.kind') },
        { label: t('billing.approvals.proposer') },
        { label: t('billing.approvals.proposed-at') },
        { label: t(list === 'decided' ? 'billing.approvals.decided-at' : 'billing.approvals.expires-at') },
        { label: t('billing.approvals.reason'), isLong: true },
        { label: t('billing.approvals.state') },
      ],
      rows: rows.map((row) => ({ cells: cellsOf(row, loaded, frame) })),
      empty: {
        title: t(`billing.approvals.none.${list}`),
        text: t(`billing.approvals.none.${list}-text`),
      },
    },
    pager: {
      ...(query.after !== undefined && { first: approvalsHref({ ...query, after: undefined }) }),
      ...(hasMore && last && { next: approvalsHref({ ...query, after: publicId('approval', last.id) }) }),
    },
  };
}

function monthRow(
  { period, count, payoutMinor, ofOthers }: MonthToApprove,
  { t, format }: ViewFrame,
): RowView {
  return {
    href: `/billing/approvals/settlements/${period}`,
    title: t('billing.approvals.month', { month: format.month(period), count: format.count(ofOthers) }),
    figure: format.money(payoutMinor),
    notes: [t('billing.approvals.month-note', { count: format.count(count) })],
  };
}

function leadText({ ofOthers, own }: LoadedApprovals['counts'], { t, format }: ViewFrame): string {
  if (ofOthers + own === 0) return t('billing.approvals.lead-none');
  return t('billing.approvals.lead', { others: format.count(ofOthers), own: format.count(own) });
}

function tabsOf(
  query: ApprovalsQuery,
  counts: LoadedApprovals['counts'],
  { t, format }: ViewFrame,
): TabsView {
  const count = { waiting: counts.ofOthers, own: counts.own, decided: undefined };
  return {
    label: t('billing.approvals.lists'),
    tabs: lists.map((list) => ({
      href: approvalsHref({ list, kind: query.kind }),
      label: t(`billing.approvals.list.${list}`),
      ...(count[list] !== undefined && { count: format.count(count[list]) }),
      isCurrent: list === (query.list ?? 'waiting'),
    })),
  };
}

function filterOf({ query, rows, hasMore }: LoadedApprovals, { t, format }: ViewFrame): FilterView {
  const kinds = approvalKinds.map(({ kind }) => ({ value: kind, label: kindText(kind, t) }));
  const without = approvalsHref({ list: query.list });
  return {
    action: '/billing/approvals',
    kept: { list: query.list ?? 'waiting' },
    fields: [
      {
        name: 'kind',
        label: t('billing.approvals.kind'),
        value: query.kind ?? '',
        options: [{ value: '', label: t('billing.approvals.all-kinds') }, ...kinds],
      },
    ],
    active: query.kind === undefined ? [] : [{ href: without, label: kindText(query.kind, t) }],
    clearHref: without,
    found: t(hasMore ? 'billing.approvals.found-more' : 'billing.approvals.found', {
      count: format.count(rows.length),
    }),
  };
}

function cellsOf(
  row: ApprovalRow,
  { names, query: { list } }: LoadedApprovals,
  { t, format, can }: ViewFrame,
): TableView['rows'][number]['cells'] {
  const approve = approvalKinds.find(({ kind }) => kind === row.kind)?.approve;
  const mayDecide = list !== 'own' && approve !== undefined && can(approve);
  const badge =
    row.state === 'pending'
      ? ({
          tone: mayDecide ? 'warn' : 'plain',
          text: t(mayDecide ? 'billing.approvals.you-decide' : 'billing.approvals.others-decide'),
        } as const)
      : stateBadge(row.state, t);
  const until = list === 'decided' ? (row.decidedAt ?? row.expiresAt) : row.expiresAt;
  return [
    { text: subjectLink(row.subject, t).label, href: `/billing/approvals/${publicId('approval', row.id)}` },
    kindText(row.kind, t),
    personText(row.maker, names, t),
    format.dateTime(row.proposedAt),
    format.dateTime(until),
    row.reason,
    { badge },
  ];
}
