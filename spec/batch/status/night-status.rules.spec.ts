import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { summarizeNight, type JobState, type JobStatus } from '../../../batch/status/night-status.rules.ts';

const job = (name: string, state: JobState, parked = 0): JobStatus => ({
  job: name,
  businessDate: '2026-05-31',
  state,
  parked,
  startedAt: null,
  finishedAt: null,
  error: null,
  heldBy: null,
});

describe('the line about a night', () => {
  const resume = 'npm run batch -- night --business-date 2026-05-31 --as NAME';
  for (const [what, jobs, line] of [
    ['that is complete', [job('fold', 'finished'), job('close', 'finished')], 'is complete: 2 jobs done.'],
    [
      'that parked subjects says how many of which job',
      [job('import', 'finished', 1_200), job('settle', 'finished', 1), job('seal', 'finished')],
      'is complete: 3 jobs done, 1,201 subjects parked (import 1,200, settle 1; the table "parked" has the reasons).',
    ],
    [
      'that is running says so although a job has failed',
      [job('import', 'failed'), job('fold', 'running'), job('close', 'waiting')],
      'is running: 0 jobs done; failed: import; running: fold; not run: close.',
    ],
    [
      'that failed says what to do',
      [job('import', 'finished'), job('fold', 'failed'), job('close', 'waiting'), job('settle', 'waiting')],
      `is not complete: 1 job done; failed: fold; not run: close, settle. Fix the cause, then run: ${resume}`,
    ],
    [
      'whose process died says how to resume it',
      [job('import', 'finished'), job('fold', 'stalled')],
      `is not complete: 1 job done; stalled: fold. To resume, run: ${resume}`,
    ],
  ] as const) {
    it(what, () => assert.equal(summarizeNight('2026-05-31', jobs), `The night of 2026-05-31 ${line}`));
  }
});
