import type { LineOverview, OverviewId, OverviewTenure } from '../../../limits/line-overview.queries.ts';
import { formatIssuedId } from '../../../identity/issued-id.rules.ts';
import { currentTenure } from '../../../lines/current-tenure.rules.ts';
import type { TenureRef } from '../../../personal-data/personal-data.queries.ts';
import type { Guide, GuideTitle } from '../../../support-guides/guides.ts';
import { addDays } from '../../../shared/calendar-date.rules.ts';
import { contains } from '../../../shared/date-range.rules.ts';
import type { FactView, HeadView, LinkView, TableView, TabsView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import type { SafeguardsOfTenure } from '../../../safeguards/safeguards-of-tenure.queries.ts';
import { settingText, undoHref, whomText } from '../guards/guard-words.rules.ts';
import { lineBadge } from '../state-words.rules.ts';
import { issuedIdHref, lineHref, newCaseHref } from '../support-links.rules.ts';
import { lineActions, settingLinks } from './line-actions.rules.ts';
import { limitFacts, monthFacts } from '../../line-limits.view.rules.ts';
import { partNames, type PartName } from './part.types.ts';
import { partHref } from './part.view.rules.ts';
import { revealHref } from './reveal.view.rules.ts';

export interface LineView extends PageView, HeadView {
  /** The tenures of the line, if it has had several. */
  readonly tenureTabs: TabsView | undefined;
  readonly holder: readonly FactView[];
  /** Where to ask for what is masked. */
  readonly reveal: LinkView | undefined;
  readonly month: { readonly lead: string; readonly facts: readonly FactView[] } | undefined;
  readonly limits: readonly FactView[];
  /** Where limits, blocks and lists are set. */
  readonly settings: readonly LinkView[];
  /** Changes of limits and blocks that have not begun, each with where it is taken back. */
  readonly planned: readonly { readonly facts: readonly FactView[]; readonly undo: LinkView }[];
  readonly ids: TableView;
  /** Guides for calls, each shown beside the line. */
  readonly guides: readonly LinkView[];
  readonly guide: { readonly title: string; readonly html: string; readonly closeHref: string } | undefined;
  /** Each is read once it comes into view; without scripts it is a link. */
  readonly lineParts: readonly {
    readonly name: PartName;
    readonly title: string;
    readonly href: string;
    readonly open: string;
  }[];
}

interface Loaded {
  readonly line: LineOverview;
  /** First day of the tenure that is looked at. */
  readonly tenure: string | undefined;
  /** Of today's tenure; undefined for who does not change them. */
  readonly guards: SafeguardsOfTenure | undefined;
  readonly guides: readonly GuideTitle[];
  readonly guide: Guide | undefined;
}

/** One line on one screen: the tenure that is looked at with its limits and IDs, and its parts as they come into view. */
export function lineView(
  { line, tenure: wanted, guards, guides, guide }: Loaded,
  frame: ViewFrame,
): LineView {
  const { t, format, can } = frame;
  const { lineId, status, tenures, ids, limits, month, businessDate } = line;
  const tenure =
    tenures.find(({ validFrom }) => validFrom === wanted) ?? currentTenure(tenures, businessDate);
  const isToday = tenure !== undefined && contains(tenure, businessDate) && limits !== undefined;
  const about = { lineId, holderFrom: tenure?.validFrom ?? '' };
  return {
    title: t('support.line.title', { line: lineId }),
    crumbs: [{ href: '/support', label: t('support.search.title') }],
    headBadge: lineBadge(status, frame),
    actions: [
      ...(tenure && can('cases:take')
        ? [{ href: newCaseHref(lineId, tenure.validFrom), label: t('support.cases.new') }]
        : []),
      ...(isToday ? lineActions(lineId, frame) : []),
    ],
    isLive: true,
    tenureTabs: tenures.length > 1 ? tenureTabs(lineId, tenures, about.holderFrom, frame) : undefined,
    holder: tenure ? holderFacts(tenure, line, frame) : [],
    reveal:
      tenure && !tenure.revealedUntil && can('personal-data:reveal')
        ? { href: revealHref(lineId, tenure.validFrom), label: t('support.reveal.ask') }
        : undefined,
    month: isToday && month ? monthFacts(month, limits, { t, format }) : undefined,
    limits: isToday ? limitFacts(limits, { t, format }) : [],
    settings: isToday ? settingLinks(lineId, frame) : [],
    planned: isToday && guards ? plannedOf(lineId, guards, frame) : [],
    ids: idTable(
      ids.filter(({ holderFrom }) => holderFrom === about.holderFrom),
      frame,
    ),
    guides: guides.map(({ code, title }) => ({ href: withGuide(about, code), label: title })),
    guide: guide && { title: guide.title, html: guide.html, closeHref: withGuide(about) },
    lineParts: tenure
      ? partNames.map((name) => ({
          name,
          title: t(`support.part.${name}`),
          href: partHref(name, about),
          open: t('support.part.open'),
        }))
      : [],
  };
}

function plannedOf(lineId: string, guards: SafeguardsOfTenure, frame: ViewFrame): LineView['planned'] {
  const { t, format } = frame;
  return guards.scheduled.map((row) => ({
    facts: [
      {
        label: whomText(row, { guards }, frame),
        text: settingText(row, { guards }, frame),
        note: t('support.guards.from-date', { date: format.date(row.validFrom) }),
      },
    ],
    undo: { href: undoHref(lineId, row.version), label: t('support.guards.undo') },
  }));
}

/** The address of the page with a guide beside it, or without. */
function withGuide({ lineId, holderFrom }: TenureRef, code?: string): string {
  const query = new URLSearchParams({
    ...(holderFrom && { tenure: holderFrom }),
    ...(code && { guide: code }),
  });
  return `${lineHref(lineId)}${query.size > 0 ? `?${query.toString()}` : ''}`;
}

function tenureTabs(
  lineId: string,
  tenures: readonly OverviewTenure[],
  current: string,
  frame: ViewFrame,
): TabsView {
  return {
    label: frame.t('support.line.tenures'),
    tabs: tenures.toReversed().map((tenure) => ({
      href: lineHref(lineId, tenure.validFrom),
      label: `${tenure.holder} (${spanOf(tenure, frame)})`,
      ...(tenure.validFrom === current && { isCurrent: true }),
    })),
  };
}

function holderFacts(tenure: OverviewTenure, line: LineOverview, frame: ViewFrame): FactView[] {
  const { t, format } = frame;
  const { holder, holderKana, birthDate, telephone, email, postalCode, address, building } = tenure;
  const isShown = tenure.revealedUntil !== undefined;
  const place = [postalCode && `〒${postalCode}`, address, building].filter(Boolean).join(' ');
  return [
    {
      label: t('support.line.name'),
      text: holder,
      ...(holderKana !== null && { note: holderKana }),
    },
    {
      label: t('support.line.birth-date'),
      text: birthDate === null ? '' : isShown ? format.date(birthDate) : birthDate,
    },
    { label: t('support.line.telephone'), text: telephone ?? '' },
    { label: t('support.line.email'), text: email ?? '' },
    { label: t('support.line.address'), text: place },
    {
      label: t('support.line.product'),
      text: [tenure.product, tenure.options].filter(Boolean).join(' / '),
      ...(!line.mayPay && { note: t('support.line.may-not-pay') }),
    },
    { label: t('support.line.group'), text: groupText(line.closingGroup, frame) },
    { label: t('support.line.held'), text: spanOf(tenure, { t, format }) },
    ...(tenure.revealedUntil
      ? [
          {
            label: t('support.reveal.state'),
            text: t('support.reveal.until', { time: format.dateTime(tenure.revealedUntil) }),
          },
        ]
      : []),
  ];
}

function spanOf({ validFrom, validTo }: OverviewTenure, { t, format }: Pick<ViewFrame, 't' | 'format'>) {
  const from = format.date(validFrom);
  return validTo === null
    ? t('support.line.since', { from })
    : t('support.line.from-to', { from, to: format.date(addDays(validTo, -1)) });
}

function groupText(group: LineOverview['closingGroup'], { t }: ViewFrame): string {
  return group === 31 ? t('billing.group-end') : t('billing.group', { day: group });
}

function idTable(ids: readonly OverviewId[], { t, format }: ViewFrame): TableView {
  return {
    caption: t('support.line.ids'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('support.line.id') },
      { label: t('support.line.person'), isLong: true },
      { label: t('support.line.id-state') },
      { label: t('support.line.id-since') },
      { label: t('support.line.used'), isNumber: true },
    ],
    rows: ids.map(({ issuedId, displayName, isHolder, state, createdAt, usedMinor }) => ({
      cells: [
        { text: formatIssuedId(issuedId), href: issuedIdHref(issuedId) },
        isHolder ? { text: displayName, note: t('support.line.is-holder') } : displayName,
        {
          badge: {
            tone: state === 'active' ? ('good' as const) : ('plain' as const),
            text: t(`support.line.id-state.${state}`),
          },
        },
        format.dateTime(createdAt),
        usedMinor === undefined ? '' : format.money(usedMinor),
      ],
    })),
    empty: { title: t('support.line.no-ids'), text: t('support.line.no-ids-text') },
  };
}
