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
import { billingRehearsalsEn } from './billing-rehearsals-en.ts';
import { billingRunsEn } from './billing-runs-en.ts';
import { billingSettlementsEn } from './billing-settlements-en.ts';
import { billingTodayEn } from './billing-today-en.ts';
import { billingWatchEn } from './billing-watch-en.ts';

/** English texts of the console of billing: what all areas share, then those of each. */
export const billingEn: Readonly<Record<keyof typeof billingJa, string>> = {
  'billing.tagline': 'Billing',
  'billing.foot': 'These pages are for our own staff.',
  'billing.section.daily': 'Every day',
  'billing.section.month': 'Month end and money',
  'billing.section.master': 'Companies and lines',
  'billing.section.books': 'Figures and documents',
  'billing.section.people': 'Administration',
  'billing.and': ', ',
  'billing.group': '{day}th',
  'billing.group-end': 'month end',
  'billing.job.night': 'The whole night',
  'billing.job.import-lines': 'Line master import',
  'billing.job.renew-subscriptions': 'Monthly renewals',
  'billing.job.expire-authorizations': 'Expiry of authorizations',
  'billing.job.queue-notices': 'Notices to line holders',
  'billing.job.purge-expired': 'Removal of expired data',
  'billing.job.fold-charges': 'Folding into invoices',
  'billing.job.close-periods': 'Closes',
  'billing.job.import-collections': 'Collection file import',
  'billing.job.decide-refunds': 'Decision on bank refunds',
  'billing.job.settle-companies': 'Settlement of companies',
  'billing.job.render-statements': 'Statements',
  'billing.job.roll-up': 'Figures of the day',
  'billing.job.check-invariants': 'Check of figures',
  'billing.job.seal-day': 'Seal of the day',
  'billing.problem.business-date-not-over.title': 'This business date is not over yet',
  'billing.problem.business-date-not-over.text': 'Choose a date up to yesterday.',
  'billing.problem.illegal-state-before-first-night.title': 'This business date is before the first night',
  'billing.problem.illegal-state-before-first-night.text': 'Choose a date from the first night on.',
  'billing.problem.run-needs-missing.title': 'This job needs others that have not finished',
  'billing.problem.run-needs-missing.text':
    'Run these for the same date first, or the whole night: {missing}.',
  'billing.problem.illegal-state-run-finished.title': 'This run has finished',
  'billing.problem.illegal-state-run-finished.text':
    'A finished run does not run again for the same date. What has arrived since, such as a file, is taken by the next night.',
  ...billingTodayEn,
  ...billingApprovalsEn,
  ...billingRunsEn,
  ...billingClosesEn,
  ...billingRehearsalsEn,
  ...billingSettlementsEn,
  ...billingPayoutsEn,
  ...billingCollectionsEn,
  ...billingCompaniesEn,
  ...billingLinesEn,
  ...billingWatchEn,
  ...billingReportsEn,
  ...billingRecordsEn,
  ...billingPeopleEn,
};
