import type { PeopleNames } from '../../../accounts/people-names.queries.ts';
import type { RevealsOfDay } from '../../../personal-data/personal-data.queries.ts';
import type { TeamFigures, TeamReport, TeamSpan } from '../../../support-team/team-figures.queries.ts';
import { watchDays, type WatchDays } from '../../../watch/watch-span.rules.ts';
import type { WatchedSeller } from '../../../watch/watched-sellers.queries.ts';
import type { CellView, FactView, TableView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { lengthText, personText } from '../cases/case-words.rules.ts';
import { complaintTable } from './complaints.view.rules.ts';

interface Loaded {
  readonly days: WatchDays;
  readonly span: TeamSpan;
  readonly report: TeamReport;
  readonly reveals: RevealsOfDay;
  readonly approvals: { readonly ofOthers: number; readonly own: number };
  readonly complaints: readonly WatchedSeller[];
  readonly names: PeopleNames;
}

const TEAM = '/support/team';

/** What the support centre did in a span: in all, by person, and what stands out. */
export function teamView(loaded: Loaded, frame: ViewFrame): SectionsView {
  const { t, format } = frame;
  const { days, span, reveals, names } = loaded;
  const unusual = reveals.unusual.map(({ actor }) => personText(actor, names));
  return {
    title: t('support.team.title'),
    lead: t('support.team.lead', { from: format.date(span.from), through: format.date(span.through) }),
    banners:
      unusual.length === 0
        ? []
        : [
            {
              tone: 'warn',
              text: t('support.team.unusual', { people: unusual.join(t('support.case.comma')) }),
              link: { href: '#reveals', label: t('support.team.reveals') },
            },
          ],
    parts: {
      label: t('support.team.days'),
      tabs: watchDays.map((one) => ({
        href: one === 30 ? TEAM : `${TEAM}?days=${one}`,
        label: t('support.team.days-of', { count: one }),
        isCurrent: one === days,
      })),
    },
    sections: [
      { id: 'all', title: t('support.team.all'), facts: factsOf(loaded, frame) },
      { id: 'people', title: t('support.team.people'), table: peopleTable(loaded, frame) },
      { id: 'reveals', title: t('support.team.reveals'), table: revealTable(loaded, frame) },
      { id: 'complaints', title: t('support.team.complaints'), table: complaintTable(loaded, frame) },
    ],
  };
}

function factsOf({ report, approvals }: Loaded, { t, format, can }: ViewFrame): FactView[] {
  const { openedCount, lateCount, all } = report;
  const frame = { t };
  return [
    { label: t('support.team.opened'), text: format.count(openedCount) },
    { label: t('support.team.late'), text: format.count(lateCount) },
    { label: t('support.team.answered'), text: format.count(all.answeredCount) },
    { label: t('support.team.median'), text: secondsText(all.medianSeconds, frame) },
    { label: t('support.team.ninetieth'), text: secondsText(all.ninetiethSeconds, frame) },
    { label: t('support.team.open'), text: format.count(all.openCount) },
    {
      label: t('support.team.refunds'),
      text: format.money(all.refundedMinor),
      note: t('support.team.refund-count', { count: format.count(all.refundCount) }),
    },
    {
      label: t('support.team.approvals'),
      text: format.count(approvals.ofOthers + approvals.own),
      ...(can('billing-desk:read') && { href: '/billing/approvals' }),
    },
  ];
}

function secondsText(seconds: number | null, frame: Pick<ViewFrame, 't'>): string {
  return seconds === null ? '' : lengthText(seconds * 1_000, frame);
}

function peopleTable({ report: { people }, names }: Loaded, frame: ViewFrame): TableView {
  const { t, format } = frame;
  const cellsOf = (one: TeamFigures): CellView[] => [
    personText(one.actor, names),
    format.count(one.answeredCount),
    secondsText(one.medianSeconds, frame),
    secondsText(one.ninetiethSeconds, frame),
    format.count(one.openCount),
    format.count(one.refundCount),
    format.money(one.refundedMinor),
  ];
  return {
    caption: t('support.team.people'),
    isCaptionUnseen: true,
    isDense: true,
    isWide: true,
    columns: [
      { label: t('support.team.person'), isLong: true },
      { label: t('support.team.answered'), isNumber: true },
      { label: t('support.team.median'), isNumber: true },
      { label: t('support.team.ninetieth'), isNumber: true },
      { label: t('support.team.open'), isNumber: true },
      { label: t('support.team.refund-number'), isNumber: true },
      { label: t('support.team.refunds'), isNumber: true },
    ],
    rows: people.map((one) => ({ cells: cellsOf(one) })),
    empty: { title: t('support.team.nobody'), text: t('support.team.nobody-text') },
  };
}

function revealTable({ reveals, names }: Loaded, { t, format }: ViewFrame): TableView {
  const unusual = new Set(reveals.unusual.map(({ actor }) => actor));
  return {
    caption: t('support.team.reveals'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('support.team.person'), isLong: true },
      { label: t('support.team.tenures'), isNumber: true },
      { label: t('support.team.searches'), isNumber: true },
      { label: t('support.team.judged') },
    ],
    rows: reveals.counts.map(({ actor, tenures, searches }) => ({
      cells: [
        personText(actor, names),
        format.count(tenures),
        format.count(searches),
        {
          badge: unusual.has(actor)
            ? { tone: 'warn' as const, text: t('support.team.is-unusual') }
            : { tone: 'plain' as const, text: t('support.team.is-usual') },
        },
      ],
    })),
    empty: { title: t('support.team.no-reveals'), text: t('support.team.no-reveals-text') },
  };
}
