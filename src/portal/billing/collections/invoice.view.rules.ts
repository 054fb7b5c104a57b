import type { getCollection } from '../../../collections/collection.queries.ts';
import type { StepView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView, SectionView } from '../../kit/sections.types.ts';
import { COLLECTIONS, groupText, stateBadge } from './collection-parts.rules.ts';

type Collection = Awaited<ReturnType<typeof getCollection>>;

/** One invoice: where it stands, every answer and result as it came, and what it costs whom. */
export function invoiceView(invoice: Collection, frame: ViewFrame): SectionsView {
  const { t, format } = frame;
  const { number, billingPeriod, closingGroup, lineId, totalMinor, state, changedOn } = invoice;
  const figure = (label: string, amountMinor: bigint) => ({
    label,
    text: format.money(amountMinor),
    isNumber: true,
  });
  return {
    title: t('billing.collections.invoice.title', { number: number ?? '' }),
    lead: `${format.month(billingPeriod)} ${groupText(t, closingGroup)} ${lineId}`,
    crumbs: [{ href: COLLECTIONS, label: t('billing.collections.invoices.title') }],
    headBadge: stateBadge(t, state),
    sections: [
      {
        id: 'standing',
        title: t('billing.collections.invoice.standing'),
        facts: [
          figure(t('billing.collections.column.total'), totalMinor),
          figure(t('billing.collections.column.collected'), invoice.collectedMinor),
          figure(t('billing.collections.column.uncollected'), invoice.uncollectedMinor),
          {
            label: t('billing.collections.column.changed-on'),
            text: changedOn === null ? '' : format.date(changedOn),
          },
        ],
      },
      historySection(invoice, frame),
      ...(invoice.companies.length === 0 ? [] : [sharesSection(invoice, frame)]),
    ],
  };
}

function historySection({ results, answers }: Collection, { t, format }: ViewFrame): SectionView {
  const answered = answers.map((row): StepView => ({
    at: row.answerDate,
    when: format.date(row.answerDate),
    text: t(`billing.collections.answer.${row.answer}`),
    ...(row.reason !== '' && { note: row.reason }),
    tone: row.answer === 'accepted' ? 'good' : 'bad',
  }));
  const resulted = results.map((row): StepView => ({
    at: row.resultDate,
    when: format.date(row.resultDate),
    text: `${t(`billing.collections.state.${row.result}`)} ${format.money(row.collectedMinor)}`,
    note: [
      row.resultCode === '' ? '' : t('billing.collections.invoice.code', { code: row.resultCode }),
      t('billing.collections.invoice.from', { file: row.fileName, day: format.date(row.bookedOn) }),
    ]
      .filter(Boolean)
      .join(' '),
    tone: row.result === 'collected' ? 'good' : row.result === 'pending' ? 'waiting' : 'bad',
  }));
  const timeline = [...answered, ...resulted].toSorted((one, other) => (one.at < other.at ? -1 : 1));
  return {
    id: 'history',
    title: t('billing.collections.invoice.history'),
    ...(timeline.length === 0 ? { text: t('billing.collections.invoice.no-history') } : { timeline }),
  };
}

function sharesSection({ companies }: Collection, { t, format }: ViewFrame): SectionView {
  return {
    id: 'shares',
    title: t('billing.collections.invoice.shares'),
    table: {
      caption: t('billing.collections.invoice.shares'),
      isCaptionUnseen: true,
      isDense: true,
      columns: [
        { label: t('billing.collections.column.company') },
        { label: t('billing.collections.column.bearer') },
        { label: t('billing.collections.column.uncollected'), isNumber: true },
        { label: t('billing.collections.column.lost'), isNumber: true },
        { label: t('billing.collections.column.recovered'), isNumber: true },
      ],
      rows: companies.map((share) => ({
        cells: [
          share.company,
          t(`billing.collections.bearer.${share.legalModel}`),
          format.money(share.uncollectedMinor),
          format.money(share.lostMinor),
          format.money(share.recoveredMinor),
        ],
      })),
    },
  };
}
