import type { MonthSettlement } from '../../../settlements/month-settlements.queries.ts';
import type { SeenSettlements } from '../../../settlements/seen-settlements.rules.ts';
import type { ConfirmView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import { settlementsTable } from '../settlements-table.rules.ts';
import type { SettlementActView } from './settlement-acts.view.rules.ts';
import { settlementsHref } from './settlements.query.ts';

interface DraftedMonth {
  readonly period: string;
  readonly seen: SeenSettlements;
  readonly rows: readonly MonthSettlement[];
}

/** The drafts of a month, their sum, and the question. */
export function proposeMonthView({ period, seen, rows }: DraftedMonth, frame: ViewFrame): SettlementActView {
  const { t, format } = frame;
  const month = format.month(period);
  const back = settlementsHref({ period });
  const outliers = rows.filter(({ isOutlier }) => isOutlier).length;
  const confirm: ConfirmView = {
    title: t('billing.settlements.propose-month-title', { month, count: format.count(seen.count) }),
    texts: [
      t('billing.settlements.propose-month-text'),
      ...(outliers > 0
        ? [t('billing.settlements.propose-month-outliers', { count: format.count(outliers) })]
        : []),
    ],
    facts: [
      { label: t('billing.settlements.count'), text: format.count(seen.count), isNumber: true },
      {
        label: t('billing.settlements.payout-sum'),
        text: format.money(seen.payoutMinor),
        isNumber: true,
        isTotal: true,
      },
    ],
    fields: [
      {
        name: 'reason',
        label: t('billing.settlements.reason'),
        hint: t('billing.settlements.propose-hint'),
        rows: 3,
      },
    ],
    hidden: [
      { name: 'count', value: String(seen.count) },
      { name: 'payout', value: String(seen.payoutMinor) },
    ],
    formName: 'billing.propose-month-form',
    action: `/billing/settlements/months/${period}/propose`,
    label: t('billing.settlements.propose'),
    back,
  };
  return {
    title: t('billing.settlements.propose-month-page', { month }),
    crumbs: [{ href: back, label: t('billing.settlements.title') }],
    formName: 'billing.propose-month-form',
    ...(seen.count === 0
      ? { banner: { tone: 'info', text: t('billing.settlements.propose-month-none') } }
      : { confirm }),
    table: settlementsTable(rows, frame, { caption: t('billing.settlements.state.draft') }),
  };
}
