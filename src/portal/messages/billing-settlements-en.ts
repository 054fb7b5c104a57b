import type { billingSettlementsJa } from './billing-settlements-ja.ts';

/** English texts of settlements in the console of billing. */
export const billingSettlementsEn: Readonly<Record<keyof typeof billingSettlementsJa, string>> = {
  'billing.settlements.nav': 'Settlements',
  'billing.settlements.title': 'Settlements',
  'billing.settlements.company': 'Company',
  'billing.settlements.number': 'Number',
  'billing.settlements.total': 'Billed',
  'billing.settlements.change': 'To the month before',
  'billing.settlements.fee': 'Fees with tax',
  'billing.settlements.carried-out': 'Carried out',
  'billing.settlements.payout': 'Payout',
  'billing.settlements.state': 'State',
  'billing.settlements.first': 'no settlement the month before',
  'billing.settlements.outlier': 'to be checked',
  'billing.settlements.sum-of': 'Sum of {count}',
  'billing.settlements.count': 'Settlements',
  'billing.settlements.payout-sum': 'Sum of the payouts',
  'billing.settlements.state.draft': 'Draft',
  'billing.settlements.state.proposed': 'Proposed',
  'billing.settlements.state.rejected': 'Rejected',
  'billing.settlements.state.approved': 'Approved',
  'billing.settlements.state.held': 'Payout held',
  'billing.settlements.state.paid': 'Paid',
};
