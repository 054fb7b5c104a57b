import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { determineMissedNights, MOST_NIGHTS } from '../../batch/missed-nights.rules.ts';
import { addDays } from '../../src/shared/calendar.rules.ts';

const jobs = ['fold', 'close'];
const night = (businessDate: string) => jobs.map((job) => ({ job, businessDate }));

describe('missed nights', () => {
  it('are none when yesterday has run', () => {
    const finished = [...night('2026-05-08'), ...night('2026-05-09')];
    assert.deepEqual(determineMissedNights({ yesterday: '2026-05-09', jobs, finished }), []);
  });

  it('are yesterday alone when nothing ever ran', () => {
    assert.deepEqual(determineMissedNights({ yesterday: '2026-05-09', jobs, finished: [] }), ['2026-05-09']);
  });

  it('are all since the last one, oldest first', () => {
    const missed = determineMissedNights({ yesterday: '2026-05-09', jobs, finished: night('2026-05-06') });
    assert.deepEqual(missed, ['2026-05-07', '2026-05-08', '2026-05-09']);
  });

  it('are also those of which one job has failed', () => {
    const finished = [
      ...night('2026-05-07'),
      { job: 'fold', businessDate: '2026-05-08' },
      ...night('2026-05-09'),
    ];
    assert.deepEqual(determineMissedNights({ yesterday: '2026-05-09', jobs, finished }), ['2026-05-08']);
  });

  it('are at most a month, however long nothing was up', () => {
    const missed = determineMissedNights({ yesterday: '2026-05-09', jobs, finished: night('2026-01-01') });
    assert.equal(missed.length, MOST_NIGHTS);
    assert.deepEqual([missed[0], missed.at(-1)], [addDays('2026-05-09', -30), '2026-05-09']);
  });
});
