import { billingApprovalsJa } from './billing-approvals-ja.ts';
import { billingClosesJa } from './billing-closes-ja.ts';
import { billingCollectionsJa } from './billing-collections-ja.ts';
import { billingCompaniesJa } from './billing-companies-ja.ts';
import { billingLinesJa } from './billing-lines-ja.ts';
import { billingPayoutsJa } from './billing-payouts-ja.ts';
import { billingPeopleJa } from './billing-people-ja.ts';
import { billingRecordsJa } from './billing-records-ja.ts';
import { billingReportsJa } from './billing-reports-ja.ts';
import { billingRunsJa } from './billing-runs-ja.ts';
import { billingSettlementsJa } from './billing-settlements-ja.ts';
import { billingTodayJa } from './billing-today-ja.ts';

/** Japanese texts of the console of billing: what all areas share, then those of each. */
export const billingJa = {
  'billing.tagline': '収納業務',
  'billing.foot': 'この画面は社内の担当者専用です。',
  'billing.section.daily': '毎日',
  'billing.section.month': '月締め・入出金',
  'billing.section.master': '会社・回線',
  'billing.section.books': '集計・書類',
  'billing.section.people': '管理',
  ...billingTodayJa,
  ...billingApprovalsJa,
  ...billingRunsJa,
  ...billingClosesJa,
  ...billingSettlementsJa,
  ...billingPayoutsJa,
  ...billingCollectionsJa,
  ...billingCompaniesJa,
  ...billingLinesJa,
  ...billingReportsJa,
  ...billingRecordsJa,
  ...billingPeopleJa,
} as const;
