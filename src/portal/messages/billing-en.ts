import type { billingJa } from './billing-ja.ts';
import { billingApprovalsEn } from './billing-approvals-en.ts';
import { billingClosesEn } from './billing-closes-en.ts';
import { billingCollectionsEn } from './billing-collections-en.ts';
import { billingCompaniesEn } from './billing-companies-en.ts';
import { billingLinesEn } from './billing-lines-en.ts';
import { billingPayoutsEn } from './billing-payouts-en.ts';
import { billingPeopleEn } from './billing-people-en.ts';
import { billingRecordsEn } from './billing-records-en.ts';
import { billingReportsEn } from './billing-reports-en.ts';
import { billingRunsEn } from './billing-runs-en.ts';
import { billingSettlementsEn } from './billing-settlements-en.ts';
import { billingTodayEn } from './billing-today-en.ts';

/** English texts of the console of billing: what all areas share, then those of each. */
export const billingEn: Readonly<Record<keyof typeof billingJa, string>> = {
  'billing.tagline': 'Billing',
  'billing.foot': 'These pages are for our own staff.',
  'billing.section.daily': 'Every day',
  'billing.section.month': 'Month end and money',
  'billing.section.master': 'Companies and lines',
  'billing.section.books': 'Figures and documents',
  'billing.section.people': 'Administration',
  ...billingTodayEn,
  ...billingApprovalsEn,
  ...billingRunsEn,
  ...billingClosesEn,
  ...billingSettlementsEn,
  ...billingPayoutsEn,
  ...billingCollectionsEn,
  ...billingCompaniesEn,
  ...billingLinesEn,
  ...billingReportsEn,
  ...billingRecordsEn,
  ...billingPeopleEn,
};
