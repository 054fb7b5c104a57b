import type { WatchDays } from '../../../watch/watch-span.rules.ts';
import type { WatchedSeller } from '../../../watch/watched-sellers.queries.ts';
import type { TableView } from '../../kit/component.types.ts';
import { companyHref } from '../support-links.rules.ts';
import type { ViewFrame } from '../../kit/define-page.ts';

interface Loaded {
  readonly days: WatchDays;
  readonly complaints: readonly WatchedSeller[];
}

/** Companies beside each other: complaints to a thousand sales. */
export function complaintTable({ days, complaints }: Loaded, frame: ViewFrame): TableView {
  const { t, format, language, can } = frame;
  const query = days === 30 ? '' : `?days=${days}`;
  return {
    caption: t('support.team.complaints'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('support.team.company'), isLong: true },
      { label: t('support.team.cases'), isNumber: true },
      { label: t('support.team.sales'), isNumber: true },
      { label: t('support.team.rate'), isNumber: true },
      { label: t('support.team.judged') },
    ],
    rows: complaints.map(({ company, figures, findings }) => {
      const finding = findings.find(({ rule }) => rule === 'complaints');
      const watched = `/billing/watch/${encodeURIComponent(company.code)}${query}`;
      const href = can('watch:read') && can('billing-desk:read') ? watched : companyHref(company.code);
      return {
        cells: [
          {
            text: language === 'ja' ? company.name : company.nameEn,
            href,
          },
          format.count(figures.caseCount),
          format.count(figures.chargeCount),
          finding?.perMille === undefined
            ? t('support.team.no-sales')
            : t('support.team.per-thousand', { count: format.count(finding.perMille) }),
          {
            badge: finding?.isFlagged
              ? { tone: 'bad' as const, text: t('support.team.is-flagged') }
              : { tone: 'plain' as const, text: t('support.team.is-usual') },
          },
        ],
      };
    }),
    empty: { title: t('support.team.no-complaints'), text: t('support.team.no-complaints-text') },
  };
}
