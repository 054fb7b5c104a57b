import type { PeopleNames } from '../../../accounts/people-names.queries.ts';
import type { PendingSettlements } from '../../../settlements/approve-settlements.ts';
import type { MonthSettlement } from '../../../settlements/month-settlements.queries.ts';
import type { ConfirmView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import { personText } from '../person-text.rules.ts';
import { settlementsTable } from '../settlements-table.rules.ts';
import type { DecisionView } from './decision.view.rules.ts';

export type SettlementMonthView = Omit<DecisionView, 'headBadge'>;

interface LoadedMonth {
  readonly period: string;
  readonly me: string;
  readonly seen: PendingSettlements;
  readonly rows: readonly MonthSettlement[];
  readonly names: PeopleNames;
}

/** The proposals of a month, their sum, and the question. */
export function settlementMonthView(loaded: LoadedMonth, frame: ViewFrame): SettlementMonthView {
  const { period, me, seen, rows, names } = loaded;
  const { t, format } = frame;
  const own = rows.filter(({ maker }) => maker === me).length;
  const path = `/billing/approvals/settlements/${period}`;
  const facts = { month: format.month(period), count: format.count(seen.count) };
  const isNothing = seen.count === own;
  const confirm: ConfirmView = {
    title: t('billing.approvals.month-question', { ...facts, sum: format.money(seen.payoutMinor) }),
    texts: [
      t('billing.approvals.month-text'),
      ...(own > 0 ? [t('billing.approvals.month-own', { own })] : []),
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
    fields: [{ name: 'note', label: t('billing.approvals.note'), isOptional: true, rows: 2 }],
    hidden: [
      { name: 'count', value: String(seen.count) },
      { name: 'payout', value: String(seen.payoutMinor) },
    ],
    formName: 'billing.approve-month-form',
    action: path,
    label: t('billing.approvals.month-approve'),
    back: '/billing/approvals',
  };
  return {
    title: t('billing.approvals.month-title', { month: format.month(period) }),
    lead: t('billing.approvals.month-lead', { ...facts, sum: format.money(seen.payoutMinor) }),
    crumbs: [{ href: '/billing/approvals', label: t('billing.approvals.title') }],
    formName: 'billing.approve-month-form',
    table: settlementsTable(rows, frame, {
      caption: t('billing.approvals.month-caption'),
      note: ({ maker }) =>
        maker === null ? '' : t('billing.approvals.proposed-by', { name: personText(maker, names, t) }),
    }),
    ...(isNothing
      ? { banner: { tone: 'info' as const, text: t('billing.approvals.month-none') } }
      : { confirm }),
  };
}
