import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { discardPayoutRun } from '../../src/payouts/discard-payout-run.ts';
import { importPayoutResults } from '../../src/payouts/import-payout-results.ts';
import { listDuePayouts } from '../../src/payouts/list-due-payouts.ts';
import {
  importResultFile,
  importSentResults,
  listWaitingResults,
} from '../../src/payouts/import-result-file.ts';
import {
  countPayoutRuns,
  getPayoutRun,
  listPayoutRuns,
  listPayouts,
  listReturnedPayouts,
} from '../../src/payouts/payout-run.queries.ts';
import { reviewPayoutRun } from '../../src/payouts/payout-run-review.queries.ts';
import { getReturnedPayout, proposeCorrectedAccount } from '../../src/payouts/propose-corrected-account.ts';
import { readPayoutFile } from '../../src/payouts/read-payout-file.ts';
import {
  exportRefusedResults,
  getResultReport,
  listResultFiles,
} from '../../src/payouts/result-report.queries.ts';
import { countPayoutsToFollow, listPayoutDays } from '../../src/payouts/payouts-to-follow.queries.ts';
import { preparePayouts } from '../../src/payouts/prepare-payouts.ts';
import { reconcilePayouts } from '../../src/payouts/reconcile-payouts.ts';
import { writePayoutFile } from '../../src/payouts/write-payout-file.ts';
import type { UseCaseRow } from './use-case-table.ts';

const number = '2026113001';
const account = {
  bankCode: '0001',
  bankName: 'ミズホ',
  branchCode: '001',
  branchName: 'トウキョウ',
  accountType: 'ordinary',
  accountNumber: '1234567',
  accountHolder: 'ミホン',
} as const;
const file = Buffer.from('customer_code_1,customer_code_2,amount,result,date,reason\n');

/** What is transferred by the bank; the columns are those of use-case-table.ts. No payout run is there. */
export const payoutUseCases: Readonly<Record<string, UseCaseRow>> = {
  listDuePayouts: { rule: '--- --- ------ --++-+ -', run: listDuePayouts },
  listPayoutRuns: { rule: '--- --- ------ --++-+ -', run: (tx, actor) => listPayoutRuns(tx, actor) },
  countPayoutRuns: { rule: '--- --- ------ --++-+ -', run: countPayoutRuns },
  listReturnedPayouts: { rule: '--- --- ------ --++-+ -', run: listReturnedPayouts },
  reviewPayoutRun: {
    rule: '--- --- ------ --++-+ -',
    but: 'payout-run-not-found',
    run: (tx, actor) => reviewPayoutRun(tx, actor, number),
  },
  getReturnedPayout: {
    rule: '--- --- ------ --++-+ -',
    but: 'not-found',
    run: (tx, actor) => getReturnedPayout(tx, actor, number),
  },
  proposeCorrectedAccount: {
    rule: '--- --- ------ --+--- -',
    but: 'not-found',
    run: (tx, actor) => proposeCorrectedAccount(tx, actor, { ...account, payoutId: number, reason: 'why' }),
  },
  readPayoutFile: {
    rule: '--- --- ------ --+--- -',
    but: 'payout-run-not-found',
    run: (tx, actor) => readPayoutFile(tx, actor, { number }),
  },
  listWaitingResults: { rule: '--- --- ------ --++-+ -', run: listWaitingResults },
  listResultFiles: { rule: '--- --- ------ --++-+ -', run: listResultFiles },
  importSentResults: {
    rule: '--- --- ------ --+--- -',
    run: async (tx, actor) => {
      const path = join(tmpdir(), `${process.pid}-results.csv`);
      await writeFile(path, file);
      return importSentResults(tx, actor, { path, filename: 'results.csv' });
    },
  },
  importResultFile: {
    rule: '--- --- ------ --+--- -',
    but: 'not-found',
    run: (tx, actor) => importResultFile(tx, actor, { name: 'none.csv' }),
  },
  getResultReport: {
    rule: '--- --- ------ --++-+ -',
    but: 'not-found',
    run: (tx, actor) => getResultReport(tx, actor, 'none.csv'),
  },
  exportRefusedResults: {
    rule: '--- --- ------ --++-+ -',
    but: 'not-found',
    run: (tx, actor) => exportRefusedResults(tx, actor, 'none.csv'),
  },
  listPayouts: { rule: '--- --- ------ --++-+ -', run: (tx, actor) => listPayouts(tx, actor) },
  getPayoutRun: {
    rule: '--- --- ------ --++-+ -',
    but: 'payout-run-not-found',
    run: (tx, actor) => getPayoutRun(tx, actor, number),
  },
  countPayoutsToFollow: { rule: '--- --- ------ --++-+ -', run: countPayoutsToFollow },
  listPayoutDays: {
    rule: '--- --- ------ --++-+ -',
    run: (tx, actor) => listPayoutDays(tx, actor, { month: '2026-05' }),
  },
  reconcilePayouts: {
    rule: '--- --- ------ --++-+ -',
    run: (tx, actor) => reconcilePayouts(tx, actor, { date: '2026-05-01' }),
  },
  preparePayouts: { rule: '--- --- ------ --+--- -', run: (tx, actor) => preparePayouts(tx, actor) },
  discardPayoutRun: {
    rule: '--- --- ------ --+--- -',
    but: 'payout-run-not-found',
    run: (tx, actor) => discardPayoutRun(tx, actor, { number }),
  },
  writePayoutFile: {
    rule: '--- --- ------ --+--- -',
    but: 'payout-run-not-found',
    run: (tx, actor) => writePayoutFile(tx, actor, { number }),
  },
  importPayoutResults: {
    rule: '--- --- ------ --+--- -',
    run: (tx, actor) => importPayoutResults(tx, actor, { file }),
  },
};
