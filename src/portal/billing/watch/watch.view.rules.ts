import { watchRules } from '../../../watch/watch.rules.ts';
import type { WatchDays } from '../../../watch/watch-span.rules.ts';
import type { WatchedSeller, WatchReport } from '../../../watch/watched-sellers.queries.ts';
import type { CellView, TableView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { companyHref, nameText, shareText, spanFilter, WATCH } from './watch-words.rules.ts';

interface Loaded {
  readonly days: WatchDays;
  readonly report: WatchReport;
}

/** Companies and services that a rule flags, and the rules with their thresholds. */
export function watchView({ days, report: { span, sellers } }: Loaded, frame: ViewFrame): SectionsView {
  const { t, format } = frame;
  const dates = { from: format.date(span.from), through: format.date(span.through) };
  return {
    title: t('billing.watch.title'),
    lead:
      sellers.length === 0
        ? t('billing.watch.lead-none')
        : t('billing.watch.lead', { count: format.count(sellers.length) }),
    filter: spanFilter(WATCH, days, t('billing.watch.span', dates), frame),
    sections: [
      {
        id: 'flagged',
        title: t('billing.watch.flagged-sellers'),
        table: sellerTable(sellers, days, frame),
      },
      {
        id: 'rules',
        title: t('billing.watch.rules'),
        text: t('billing.watch.rules-text'),
        table: rulesTable(frame),
      },
    ],
  };
}

function sellerTable(sellers: readonly WatchedSeller[], days: WatchDays, frame: ViewFrame): TableView {
  const { t, format } = frame;
  return {
    caption: t('billing.watch.flagged-sellers'),
    isCaptionUnseen: true,
    isDense: true,
    isWide: true,
    columns: [
      { label: t('billing.watch.seller'), isLong: true },
      { label: t('billing.watch.charges'), isNumber: true },
      ...watchRules.map(({ name }) => ({ label: t(`billing.watch.rule.${name}`), isNumber: true })),
    ],
    rows: sellers.map(({ company, service, figures, findings }) => ({
      cells: [
        {
          text: nameText(service ?? company, frame),
          href: companyHref(company.code, days),
          note: service ? nameText(company, frame) : t('billing.watch.all-services'),
        },
        format.count(figures.chargeCount),
        ...findings.map(({ rule, perMille, isFlagged }): CellView => {
          const text = shareText(rule, perMille, frame);
          return isFlagged ? { badge: { tone: 'bad', text } } : text;
        }),
      ],
    })),
    empty: { title: t('billing.watch.none'), text: t('billing.watch.none-text') },
  };
}

function rulesTable(frame: ViewFrame): TableView {
  const { t, format } = frame;
  return {
    caption: t('billing.watch.rules'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('billing.watch.rule') },
      { label: t('billing.watch.threshold'), isNumber: true },
      { label: t('billing.watch.least'), isNumber: true },
      { label: t('billing.watch.why'), isLong: true },
    ],
    rows: watchRules.map(({ name, fromPerMille, leastCases }) => ({
      cells: [
        t(`billing.watch.rule.${name}`),
        shareText(name, BigInt(fromPerMille), frame),
        format.count(leastCases),
        t(`billing.watch.why.${name}`),
      ],
    })),
  };
}
