import { watchDays, type WatchDays } from '../../../watch/watch-span.rules.ts';
import {
  watchRules,
  type WatchFigures,
  type WatchFinding,
  type WatchRuleName,
} from '../../../watch/watch.rules.ts';
import type { WatchedName } from '../../../watch/watched-sellers.queries.ts';
import type { FilterView, TableView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';

export const WATCH = '/billing/watch';

export const companyHref = (code: string, days: WatchDays = 30): string =>
  `${WATCH}/${encodeURIComponent(code)}${days === 30 ? '' : `?days=${days}`}`;

/** The page on which a payout that two people hold is proposed to go. */
export const releaseHref = (company: string, number: string): string =>
  `${WATCH}/${encodeURIComponent(company)}/payouts/${encodeURIComponent(number)}/release`;

/** The page on which a service is proposed to stop, or to sell again. */
export const serviceHref = (company: string, service: string, act: 'suspend' | 'resume'): string =>
  `${WATCH}/${encodeURIComponent(company)}/services/${encodeURIComponent(service)}/${act}`;

/** A name in the reader's language. */
export const nameText = ({ name, nameEn }: WatchedName, { language }: Pick<ViewFrame, 'language'>): string =>
  language === 'ja' ? name : nameEn;

/** A share as its rule is said: `5.0%`, `3 per 1,000`, `3.0 times`. */
export function shareText(
  rule: WatchRuleName,
  perMille: bigint | undefined,
  { t, format }: ViewFrame,
): string {
  if (perMille === undefined) return t('billing.watch.no-base');
  if (rule === 'complaints') return t('billing.watch.per-thousand', { count: format.count(perMille) });
  if (rule === 'steep-rise')
    return t('billing.watch.times', { count: `${perMille / 1_000n}.${(perMille % 1_000n) / 100n}` });
  return `${perMille / 10n}.${perMille % 10n}%`;
}

/** The figures that a share is of: `50 of 1,000`. */
export function baseText(rule: WatchRuleName, figures: WatchFigures, { t, format }: ViewFrame): string {
  const [part, whole] = watchRules.find(({ name }) => name === rule)!.share(figures);
  const write = (value: bigint) => (rule === 'refund-amount' ? format.money(value) : format.count(value));
  return t('billing.watch.of', { part: write(part), whole: write(whole) });
}

/** The span to choose, and what was found. */
export function spanFilter(action: string, days: WatchDays, found: string, { t }: ViewFrame): FilterView {
  return {
    action,
    fields: [
      {
        name: 'days',
        label: t('billing.watch.days'),
        value: String(days),
        options: watchDays.map((value) => ({
          value: String(value),
          label: t('billing.watch.days-of', { count: value }),
        })),
      },
    ],
    active: [],
    clearHref: action,
    found,
  };
}

/** Every rule beside its threshold: what was found, and why the rule is there. */
export function ruleTable(
  { figures, findings }: { readonly figures: WatchFigures; readonly findings: readonly WatchFinding[] },
  caption: string,
  frame: ViewFrame,
): TableView {
  const { t, format } = frame;
  return {
    caption,
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('billing.watch.rule') },
      { label: t('billing.watch.verdict') },
      { label: t('billing.watch.figure'), isNumber: true },
      { label: t('billing.watch.base'), isNumber: true },
      { label: t('billing.watch.threshold'), isNumber: true },
      { label: t('billing.watch.least'), isNumber: true },
    ],
    rows: findings.map(({ rule, perMille, isFlagged }) => {
      const { fromPerMille, leastCases } = watchRules.find(({ name }) => name === rule)!;
      return {
        cells: [
          t(`billing.watch.rule.${rule}`),
          {
            badge: isFlagged
              ? { tone: 'bad', text: t('billing.watch.flagged') }
              : { tone: 'plain', text: t('billing.watch.below') },
          },
          shareText(rule, perMille, frame),
          baseText(rule, figures, frame),
          shareText(rule, BigInt(fromPerMille), frame),
          format.count(leastCases),
        ],
      };
    }),
  };
}
