import type { LineOverview, OverviewId, OverviewTenure } from '../../../limits/line-overview.queries.ts';
import { addDays } from '../../../shared/calendar-date.rules.ts';
import type { CellView, FactView, HeadView, TableView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import { limitFacts, monthFacts } from '../../line-limits.view.rules.ts';
import { groupText } from '../../explain/figure-text.rules.ts';
import { lineHref, statusBadge } from './line-words.rules.ts';

export interface LineView extends PageView, HeadView {
  readonly facts: readonly FactView[];
  readonly limits: readonly FactView[];
  /** Undefined while nobody holds the line. */
  readonly month: { readonly lead: string; readonly facts: readonly FactView[] } | undefined;
  readonly tenures: TableView;
  readonly ids: TableView;
}

/** One line: who holds it, what limits it, what is used this month, and its issued IDs. */
export function lineView(line: LineOverview, frame: ViewFrame): LineView {
  const { t, format, can } = frame;
  const { lineId, status, closingGroup, updatedAt, mayPay, limits, month, tenures } = line;
  return {
    title: lineId,
    lead: t(limits ? 'billing.line.lead' : 'billing.line.lead-unheld'),
    crumbs: [{ href: '/billing/lines', label: t('billing.lines.title') }],
    headBadge: statusBadge(status, frame),
    actions: [
      ...(can('support-desk:read')
        ? [{ href: `/support/lines/${lineId}`, label: t('billing.line.support') }]
        : []),
      ...(can('lines:limit')
        ? [{ href: `${lineHref(lineId)}/limit`, label: t('billing.line.set-limit') }]
        : []),
    ],
    facts: [
      { label: t('billing.lines.group'), text: groupText(closingGroup, frame) },
      {
        label: t('billing.line.may-pay'),
        text: t(mayPay ? 'billing.line.yes' : 'billing.line.not-eligible'),
      },
      { label: t('billing.line.updated'), text: format.dateTime(updatedAt) },
    ],
    limits: limits ? limitFacts(limits, frame) : [],
    month: month && limits && monthFacts(month, limits, frame),
    tenures: tenureTable(tenures.toReversed(), frame),
    ids: idTable(line.ids, frame),
  };
}

function tenureTable(tenures: readonly OverviewTenure[], { t, format }: ViewFrame): TableView {
  return {
    caption: t('billing.line.tenures'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('billing.line.holder'), isLong: true },
      { label: t('billing.line.from') },
      { label: t('billing.line.through') },
      { label: t('billing.lines.product') },
      { label: t('billing.line.options') },
    ],
    rows: tenures.map(({ holder, validFrom, validTo, product, options }) => ({
      cells: [
        holder,
        format.date(validFrom),
        validTo === null ? t('billing.line.open') : format.date(addDays(validTo, -1)),
        product ?? '',
        options ?? '',
      ],
    })),
    empty: { title: t('billing.line.no-tenures'), text: '' },
  };
}

function idTable(ids: readonly OverviewId[], frame: ViewFrame): TableView {
  const { t, format } = frame;
  const amount = (minor: bigint | null | undefined) => (minor == null ? '' : format.money(minor));
  return {
    caption: t('billing.line.ids'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('billing.line.id'), isLong: true },
      { label: t('billing.line.id-state') },
      { label: t('billing.line.id-since') },
      { label: t('billing.line.limit.support'), isNumber: true },
      { label: t('billing.line.limit.holder'), isNumber: true },
      { label: t('billing.line.used'), isNumber: true },
    ],
    rows: ids.map((id) => ({
      cells: [
        idCell(id, frame),
        {
          badge: {
            tone: id.state === 'active' ? 'good' : 'plain',
            text: t(`billing.line.id-state.${id.state}`),
          },
        },
        format.dateTime(id.createdAt),
        amount(id.supportMinor),
        amount(id.holderMinor),
        amount(id.usedMinor),
      ],
    })),
    empty: { title: t('billing.line.no-ids'), text: '' },
  };
}

function idCell({ issuedId, displayName, isHolder }: OverviewId, { t }: ViewFrame): CellView {
  const notes = [displayName, isHolder ? t('billing.line.is-holder') : undefined].filter(Boolean);
  return notes.length === 0 ? issuedId : { text: issuedId, note: notes.join(' · ') };
}
