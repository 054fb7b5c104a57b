import type { LineOverview, OverviewId, OverviewTenure } from '../../../limits/line-overview.queries.ts';
import { addDays } from '../../../shared/calendar-date.rules.ts';
import type { FactView, TableView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { lineBadge } from '../state-words.rules.ts';
import { lineHref } from '../support-links.rules.ts';
import { revealHref } from './reveal.view.rules.ts';

interface Loaded {
  readonly line: LineOverview;
  /** First day of the tenure that is looked at. */
  readonly tenure: string | undefined;
}

/** One line: the tenure that is looked at, its issued IDs, and the other tenures. */
export function lineView({ line, tenure: wanted }: Loaded, frame: ViewFrame): SectionsView {
  const { t, can } = frame;
  const { lineId, status, tenures, ids } = line;
  const tenure = tenures.find(({ validFrom }) => validFrom === wanted) ?? tenures.at(-1);
  const isMasked = tenure !== undefined && tenure.revealedUntil === undefined;
  return {
    title: lineId,
    crumbs: [{ href: '/support', label: t('support.search.title') }],
    headBadge: lineBadge(status, frame),
    ...(tenure && isMasked && can('personal-data:reveal')
      ? { actions: [{ href: revealHref(lineId, tenure.validFrom), label: t('support.reveal.ask') }] }
      : {}),
    sections: [
      ...(tenure
        ? [{ id: 'holder', title: t('support.line.holder'), facts: holderFacts(tenure, frame) }]
        : []),
      {
        id: 'ids',
        title: t('support.line.ids'),
        table: idTable(
          ids.filter(({ holderFrom }) => tenure === undefined || holderFrom === tenure.validFrom),
          frame,
        ),
      },
      { id: 'tenures', title: t('support.line.tenures'), table: tenureTable(lineId, tenures, frame) },
    ],
  };
}

function holderFacts(tenure: OverviewTenure, { t, format }: ViewFrame): FactView[] {
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
    { label: t('support.line.product'), text: [tenure.product, tenure.options].filter(Boolean).join(' / ') },
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

function tenureTable(lineId: string, tenures: readonly OverviewTenure[], frame: ViewFrame): TableView {
  const { t } = frame;
  return {
    caption: t('support.line.tenures'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('support.line.held') },
      { label: t('support.line.name'), isLong: true },
      { label: t('support.line.product') },
    ],
    rows: tenures.toReversed().map((tenure) => ({
      cells: [
        { text: spanOf(tenure, frame), href: lineHref(lineId, tenure.validFrom) },
        tenure.holder,
        tenure.product ?? '',
      ],
    })),
    empty: { title: t('support.line.no-tenures'), text: '' },
  };
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
    ],
    rows: ids.map(({ issuedId, displayName, isHolder, state, createdAt }) => ({
      cells: [
        issuedId,
        isHolder ? { text: displayName, note: t('support.line.is-holder') } : displayName,
        {
          badge: {
            tone: state === 'active' ? ('good' as const) : ('plain' as const),
            text: t(`support.line.id-state.${state}`),
          },
        },
        format.dateTime(createdAt),
      ],
    })),
    empty: { title: t('support.line.no-ids'), text: t('support.line.no-ids-text') },
  };
}
