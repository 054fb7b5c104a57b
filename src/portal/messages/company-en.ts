import { companyPurchasesEn } from './company-purchases-en.ts';
import { companyRequestsEn } from './company-requests-en.ts';
import { companySettlementsEn } from './company-settlements-en.ts';
import { companyStatisticsEn } from './company-statistics-en.ts';
import { companyUsageFilesEn } from './company-usage-files-en.ts';
import { companyAgreementsEn } from './company-agreements-en.ts';
import { companyDevelopersEn } from './company-developers-en.ts';
import { companyRequestLogEn } from './company-request-log-en.ts';
import { companySigningEn } from './company-signing-en.ts';
import { companyWebhooksEn } from './company-webhooks-en.ts';
import { companyPeopleEn } from './company-people-en.ts';
import { companyTodayEn } from './company-today-en.ts';

/** English texts of a company's portal: what all areas share, then those of each. */
export const companyEn = {
  'company.tagline': 'For our sellers',
  'company.foot': 'These pages are for the staff of our sellers.',
  'company.section.daily': 'Every day',
  'company.section.money': 'Money and figures',
  'company.section.setup': 'Set-up',
  'company.any': 'Any',
  'company.and': ', ',
  'company.total': 'Total',
  'company.form.stale': 'This page is out of date: sent again, it is refused again.',
  'company.form.read-again': 'Open the page again',
  'company.csv': 'Download as CSV',
  'company.csv-last': 'End of file, rows: {count}',
  ...companyTodayEn,
  ...companyPurchasesEn,
  ...companyRequestsEn,
  ...companySettlementsEn,
  ...companyStatisticsEn,
  ...companyAgreementsEn,
  ...companyUsageFilesEn,
  ...companyDevelopersEn,
  ...companySigningEn,
  ...companyRequestLogEn,
  ...companyWebhooksEn,
  ...companyPeopleEn,
} as const;
