import { billingApprovalsJa } from './billing-approvals-ja.ts';
import { billingClosesJa } from './billing-closes-ja.ts';
import { billingCollectionsJa } from './billing-collections-ja.ts';
import { billingCompaniesJa } from './billing-companies-ja.ts';
import { billingLinesJa } from './billing-lines-ja.ts';
import { billingPayoutsJa } from './billing-payouts-ja.ts';
import { billingPeopleJa } from './billing-people-ja.ts';
import { billingRecordsJa } from './billing-records-ja.ts';
import { billingReportsJa } from './billing-reports-ja.ts';
import { billingRehearsalsJa } from './billing-rehearsals-ja.ts';
import { billingRunsJa } from './billing-runs-ja.ts';
import { billingSettlementsJa } from './billing-settlements-ja.ts';
import { billingTodayJa } from './billing-today-ja.ts';
import { billingWatchJa } from './billing-watch-ja.ts';

/** Japanese texts of the console of billing: what all areas share, then those of each. */
export const billingJa = {
  'billing.tagline': '収納業務',
  'billing.foot': 'この画面は社内の担当者専用です。',
  'billing.section.daily': '毎日',
  'billing.section.month': '月締め・入出金',
  'billing.section.master': '会社・回線',
  'billing.section.books': '集計・書類',
  'billing.section.people': '管理',
  'billing.and': '、',
  'billing.group': '{day}日締め',
  'billing.group-end': '月末締め',
  'billing.job.night': '夜間処理すべて',
  'billing.job.import-lines': '回線マスターの取り込み',
  'billing.job.renew-subscriptions': '月額の更新',
  'billing.job.expire-authorizations': '期限切れの解放',
  'billing.job.queue-notices': 'お知らせの準備',
  'billing.job.purge-expired': '期限切れデータの削除',
  'billing.job.fold-charges': '請求への取り込み',
  'billing.job.close-periods': '締め',
  'billing.job.import-collections': '回収ファイルの取り込み',
  'billing.job.decide-refunds': '振込返金の判定',
  'billing.job.settle-companies': '会社の精算',
  'billing.job.render-statements': '明細書の作成',
  'billing.job.roll-up': '一日の集計',
  'billing.job.check-invariants': '整合性の検査',
  'billing.job.seal-day': '一日の封印',
  'billing.problem.business-date-not-over.title': 'まだ終わっていない営業日です',
  'billing.problem.business-date-not-over.text': '昨日までの営業日を指定してください。',
  'billing.problem.illegal-state-before-first-night.title': '最初の夜間処理より前の営業日です',
  'billing.problem.illegal-state-before-first-night.text':
    '夜間処理を始めた日以降の営業日を指定してください。',
  'billing.problem.run-needs-missing.title': '先に終わるべき処理が終わっていません',
  'billing.problem.run-needs-missing.text':
    '先に{missing}を同じ営業日で実行するか、夜間処理全体を実行してください。',
  'billing.problem.illegal-state-run-finished.title': 'この処理は完了しています',
  'billing.problem.illegal-state-run-finished.text':
    '完了した処理は、同じ営業日では実行できません。新しく届いたファイルなどは次の夜間処理で処理します。',
  ...billingTodayJa,
  ...billingApprovalsJa,
  ...billingRunsJa,
  ...billingClosesJa,
  ...billingRehearsalsJa,
  ...billingSettlementsJa,
  ...billingPayoutsJa,
  ...billingCollectionsJa,
  ...billingCompaniesJa,
  ...billingLinesJa,
  ...billingWatchJa,
  ...billingReportsJa,
  ...billingRecordsJa,
  ...billingPeopleJa,
} as const;
