import { companyPurchasesJa } from './company-purchases-ja.ts';
import { companyRequestsJa } from './company-requests-ja.ts';
import { companySettlementsJa } from './company-settlements-ja.ts';
import { companyStatisticsJa } from './company-statistics-ja.ts';
import { companyUsageFilesJa } from './company-usage-files-ja.ts';
import { companyAgreementsJa } from './company-agreements-ja.ts';
import { companyDevelopersJa } from './company-developers-ja.ts';
import { companyRequestLogJa } from './company-request-log-ja.ts';
import { companySigningJa } from './company-signing-ja.ts';
import { companyWebhooksJa } from './company-webhooks-ja.ts';
import { companyPeopleJa } from './company-people-ja.ts';
import { companyTodayJa } from './company-today-ja.ts';

/** Japanese texts of a company's portal: what all areas share, then those of each. */
export const companyJa = {
  'company.tagline': '加盟店さま向け',
  'company.foot': '加盟店さま専用のページです。',
  'company.section.daily': '日々の業務',
  'company.section.money': '精算と統計',
  'company.section.setup': '設定',
  'company.any': 'すべて',
  'company.and': '、',
  'company.total': '合計',
  'company.form.stale': 'この画面は古くなったため、もう一度送っても受け付けません。',
  'company.form.read-again': '画面を開き直す',
  'company.csv': 'CSVをダウンロード',
  'company.csv-last': '以上{count}行',
  ...companyTodayJa,
  ...companyPurchasesJa,
  ...companyRequestsJa,
  ...companySettlementsJa,
  ...companyStatisticsJa,
  ...companyAgreementsJa,
  ...companyUsageFilesJa,
  ...companyDevelopersJa,
  ...companySigningJa,
  ...companyRequestLogJa,
  ...companyWebhooksJa,
  ...companyPeopleJa,
} as const;
