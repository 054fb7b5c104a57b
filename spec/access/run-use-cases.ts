import { countPendingFor } from '../../src/access/approvals/count-pending-for.ts';
import { approvalKinds } from '../../src/approval-kinds.ts';
import { countWaitingLineFiles } from '../../src/line-import/waiting-files.ts';
import { listRunning, readNights } from '../../src/runs/nights.queries.ts';
import { requestRun } from '../../src/runs/request-run.ts';
import { requestStop } from '../../src/runs/request-stop.ts';
import { retryParked } from '../../src/runs/retry-parked.ts';
import { getRun } from '../../src/runs/run-details.queries.ts';
import { listRunPage } from '../../src/runs/run-list.queries.ts';
import { countSettlementsToReview } from '../../src/settlements/count-settlements-to-review.ts';
import type { UseCaseRow } from './use-case-table.ts';

const run = { job: 'fold-charges', businessDate: '2026-04-01' };

/** What the nights did and are asked to do, and what waits; the columns are those of use-case-table.ts. No run is there. */
export const runUseCases: Readonly<Record<string, UseCaseRow>> = {
  listRunPage: { rule: '--- --- ------ --++++ -', run: (tx, actor) => listRunPage(tx, actor, {}) },
  getRun: {
    rule: '--- --- ------ --++++ -',
    but: 'not-found',
    run: (tx, actor) => getRun(tx, actor, run),
  },
  readNights: { rule: '--- --- ------ --++++ -', run: readNights },
  listRunning: { rule: '--- --- ------ --++++ -', run: listRunning },
  countWaitingLineFiles: { rule: '--- --- ------ --++++ -', run: countWaitingLineFiles },
  requestRun: { rule: '--- --- ------ --+--- +', run: (tx, actor) => requestRun(tx, actor, run) },
  requestStop: {
    rule: '--- --- ------ --+--- +',
    but: 'not-found',
    run: (tx, actor) => requestStop(tx, actor, run),
  },
  retryParked: {
    rule: '--- --- ------ --+--- +',
    but: 'not-found',
    run: (tx, actor) => retryParked(tx, actor, run),
  },
  countPendingFor: {
    rule: '--- --- ------ -+++++ -',
    run: (tx, actor) => countPendingFor(tx, actor, approvalKinds),
  },
  countSettlementsToReview: { rule: '--- --- ------ -+++-+ -', run: countSettlementsToReview },
};
