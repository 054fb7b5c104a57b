import type { ListedSeal } from '../../../seals/seal-list.queries.ts';
import type { BadgeView, HeadView, TableView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';

interface Loaded {
  readonly seals: readonly ListedSeal[];
  readonly count: number;
  readonly next: number | undefined;
  readonly before: number | undefined;
  readonly now: Date;
}

export interface SealsView extends PageView, HeadView {
  /** In front of the list: what is broken, if anything is. */
  readonly banners: readonly { readonly tone: 'good' | 'bad' | 'info'; readonly text: string }[];
  readonly table: TableView;
  readonly pager: { readonly first?: string; readonly next?: string };
}

/** The chain of nightly seals, and how outsiders check it. */
export function sealsView({ seals, count, next, before, now }: Loaded, frame: ViewFrame): SealsView {
  const { t, format } = frame;
  const newest = seals[0];
  const broken = seals.filter(({ faults }) => faults.length > 0);
  const checked = t('billing.seals.checked', { at: format.dateTime(now), count: format.count(seals.length) });
  return {
    title: t('billing.seals.title'),
    lead:
      newest && before === undefined
        ? t('billing.seals.lead', { date: format.date(newest.businessDate), count: format.count(count) })
        : t('billing.seals.lead-empty', { count: format.count(count) }),
    banners: bannersOf(broken, { checked, isEmpty: seals.length === 0 }, frame),
    table: {
      caption: t('billing.seals.title'),
      isCaptionUnseen: true,
      isDense: true,
      isWide: true,
      columns: [
        { label: t('billing.seals.date') },
        { label: t('billing.seals.number'), isNumber: true },
        { label: t('billing.seals.rows'), isNumber: true },
        { label: t('billing.seals.taken') },
        { label: t('billing.seals.state') },
        { label: t('billing.seals.hash'), isLong: true },
        { label: t('billing.seals.file') },
      ],
      rows: seals.map((seal) => ({
        cells: [
          format.date(seal.businessDate),
          format.count(seal.number),
          format.count(seal.rowCount),
          format.dateTime(seal.takenAt),
          { badge: stateOf(seal, frame) },
          seal.hash,
          { text: `${seal.businessDate}.json`, href: `/billing/seals/${seal.businessDate}/file` },
        ],
      })),
      empty: { title: t('billing.seals.none'), text: t('billing.seals.none-text') },
    },
    pager: {
      ...(before !== undefined && { first: '/billing/seals' }),
      ...(next !== undefined && { next: `/billing/seals?before=${next}` }),
    },
  };
}

function stateOf({ faults }: ListedSeal, { t }: ViewFrame): BadgeView {
  if (faults.length === 0) return { tone: 'good', text: t('billing.seals.sound') };
  return {
    tone: 'bad',
    text: faults.map((fault) => t(`billing.seals.fault.${fault}`)).join(t('billing.and')),
  };
}

function bannersOf(
  broken: readonly ListedSeal[],
  { checked, isEmpty }: { readonly checked: string; readonly isEmpty: boolean },
  { t, format }: ViewFrame,
): SealsView['banners'] {
  if (isEmpty) return [];
  if (broken.length === 0) return [{ tone: 'good', text: checked }];
  const dates = broken.map(({ businessDate }) => format.date(businessDate)).join(t('billing.and'));
  return [{ tone: 'bad', text: t('billing.seals.broken', { dates }) }];
}
