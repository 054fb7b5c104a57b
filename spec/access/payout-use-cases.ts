import { discardPayoutRun } from '../../src/payouts/discard-payout-run.ts';
import { importPayoutResults } from '../../src/payouts/import-payout-results.ts';
import { listDuePayouts } from '../../src/payouts/list-due-payouts.ts';
import { getPayoutRun, listPayoutRuns, listPayouts } from '../../src/payouts/payout-run.queries.ts';
import { countPayoutsToFollow, listPayoutDays } from '../../src/payouts/payouts-to-follow.queries.ts';
import { preparePayouts } from '../../src/payouts/prepare-payouts.ts';
import { reconcilePayouts } from '../../src/payouts/reconcile-payouts.ts';
import { writePayoutFile } from '../../src/payouts/write-payout-file.ts';
import type { UseCaseRow } from './use-case-table.ts';

const number = '2026113001';
const file = Buffer.from('customer_code_1,customer_code_2,amount,result,date,reason\n');

/** What is transferred by the bank; the columns are those of use-case-table.ts. No payout run is there. */
export const payoutUseCases: Readonly<Record<string, UseCaseRow>> = {
  listDuePayouts: { rule: '--- --- ------ --++-+ -', run: listDuePayouts },
  listPayoutRuns: { rule: '--- --- ------ --++-+ -', run: listPayoutRuns },
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
