import type { PeopleNames } from '../../../accounts/people-names.queries.ts';
import {
  caseTabs,
  MAX_COUNTED,
  type CaseTab,
  type QueueCounts,
  type QueuedCase,
} from '../../../cases/case-queue.queries.ts';
import type { CellView, TableView, TabsView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { sellerOf } from '../company-name.rules.ts';
import { caseBadge } from '../state-words.rules.ts';
import { caseHref, lineHref } from '../support-links.rules.ts';
import { ageText, dueTimeText, dueText, personText } from './case-words.rules.ts';

interface Loaded {
  readonly tab: CaseTab;
  readonly cases: readonly QueuedCase[];
  readonly isFirst: boolean;
  readonly hasMore: boolean;
  readonly counts: QueueCounts;
  readonly names: PeopleNames;
  readonly now: Date;
}

export const CASES = '/support/cases';

/** One list of cases, with how many the others have. */
export function queueView(loaded: Loaded, frame: ViewFrame): SectionsView {
  const { t, can } = frame;
  const { tab, cases, isFirst, hasMore } = loaded;
  const last = cases.at(-1);
  return {
    title: t('support.cases.title'),
    lead: t(`support.cases.lead.${tab}`),
    ...(can('cases:take') && {
      actions: [{ href: '/support/new-case', label: t('support.cases.new'), isPrimary: true }],
    }),
    parts: tabsOf(loaded, frame),
    sections: [{ id: 'list', title: t(`support.cases.tab.${tab}`), table: tableOf(loaded, frame) }],
    pager: {
      ...(isFirst ? {} : { first: listHref(tab) }),
      ...(hasMore && last ? { next: nextHref(tab, last) } : {}),
    },
  };
}

const listHref = (tab: CaseTab): string => (tab === 'open' ? CASES : `${CASES}?list=${tab}`);

function nextHref(tab: CaseTab, { number, dueAt }: QueuedCase): string {
  const due = tab === 'overdue' && dueAt !== null ? `&due=${dueAt.getTime()}` : '';
  return `${CASES}?list=${tab}&after=${number}${due}`;
}

function tabsOf({ tab, counts }: Loaded, { t, format }: ViewFrame): TabsView {
  const countText = (one: CaseTab) => {
    if (one === 'closed') return {};
    const count = counts[one];
    return {
      count:
        count > MAX_COUNTED
          ? t('support.cases.many', { count: format.count(MAX_COUNTED) })
          : format.count(count),
    };
  };
  return {
    label: t('support.cases.tabs'),
    tabs: caseTabs.map((one) => ({
      href: listHref(one),
      label: t(`support.cases.tab.${one}`),
      isCurrent: one === tab,
      ...countText(one),
    })),
  };
}

function tableOf({ tab, cases, names, now }: Loaded, frame: ViewFrame): TableView {
  const { t } = frame;
  return {
    caption: t(`support.cases.tab.${tab}`),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('support.cases.number') },
      { label: t('support.cases.kind'), isLong: true },
      { label: t('support.cases.state') },
      { label: t('support.cases.opened') },
      { label: t('support.cases.due') },
      { label: t('support.cases.assignee') },
      { label: t('support.cases.line') },
    ],
    rows: cases.map((row) => ({
      cells: [
        { text: row.number, href: caseHref(row.number) },
        { text: t(`support.cases.kind.${row.kind}`), note: sellerOf(row, frame) },
        { badge: caseBadge(row.state, frame) },
        { text: ageText(row.openedAt, now, frame), note: frame.format.dateTime(row.openedAt) },
        dueCell(row, now, frame),
        personText(row.assignedTo, names),
        lineCell(row),
      ],
    })),
    empty: { title: t(`support.cases.empty.${tab}`), text: t('support.cases.empty-text') },
  };
}

function dueCell({ dueAt, answeredAt, state }: QueuedCase, now: Date, frame: ViewFrame): CellView {
  const { t } = frame;
  if (dueAt === null) return answeredAt === null || state === 'closed' ? '' : t('support.cases.answered');
  return { text: dueText(dueAt, now, frame), note: dueTimeText(dueAt, frame) };
}

function lineCell({ lineId, holderFrom }: QueuedCase): CellView {
  return lineId === null ? '' : { text: lineId, href: lineHref(lineId, holderFrom ?? undefined) };
}
