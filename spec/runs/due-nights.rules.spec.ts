import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { determineDueNights, type NightRun } from '../../src/runs/due-nights.rules.ts';
import { addDays } from '../../src/shared/calendar.rules.ts';

const jobs = ['fold', 'close'];
const through = '2026-05-09';
const run = (job: string, businessDate: string, isFinished = true): NightRun => ({
  job,
  businessDate,
  isFinished,
});
const night = (businessDate: string) => jobs.map((job) => run(job, businessDate));

describe('the nights that are due', () => {
  it('are none when the last one has run', () => {
    const runs = [...night('2026-05-08'), ...night('2026-05-09')];
    assert.deepEqual(determineDueNights({ through, jobs, runs }), []);
  });

  it('are the last one alone when nothing ever ran', () => {
    assert.deepEqual(determineDueNights({ through, jobs, runs: [] }), ['2026-05-09']);
  });

  it('are all since the last one that ran, oldest first', () => {
    const due = determineDueNights({ through, jobs, runs: night('2026-05-06') });
    assert.deepEqual(due, ['2026-05-07', '2026-05-08', '2026-05-09']);
  });

  it('are any number, also where nothing was up for months', () => {
    const due = determineDueNights({ through, jobs, runs: night('2026-01-01') });
    assert.equal(due.length, 128);
    assert.deepEqual([due[0], due.at(-1)], ['2026-01-02', through]);
    assert.ok(due.every((date, index) => index === 0 || date === addDays(due[index - 1]!, 1)));
  });

  it('are also those of which one job has failed or did not begin', () => {
    const runs = [
      ...night('2026-05-06'),
      run('fold', '2026-05-07'),
      run('fold', '2026-05-08', false),
      run('close', '2026-05-08'),
      ...night('2026-05-09'),
    ];
    assert.deepEqual(determineDueNights({ through, jobs, runs }), ['2026-05-07', '2026-05-08']);
  });

  it('are not those before the first run of a job, which came with a release', () => {
    const runs = [...night('2026-05-07'), ...night('2026-05-08')];
    const withSeal = { through, jobs: [...jobs, 'seal'] };
    assert.deepEqual(determineDueNights({ ...withSeal, runs }), ['2026-05-09']);
    const sealed = [...runs, ...night('2026-05-09'), run('seal', '2026-05-09')];
    assert.deepEqual(determineDueNights({ ...withSeal, runs: sealed }), []);
    const next = { ...withSeal, through: '2026-05-10', runs: sealed };
    assert.deepEqual(determineDueNights(next), ['2026-05-10']);
  });

  it('are the last one for a job that got another name, whose runs keep the former one', () => {
    const runs = [
      run('fold', '2026-05-08'),
      run('fold', '2026-05-09'),
      run('shut', '2026-05-08'),
      run('shut', '2026-05-09'),
    ];
    assert.deepEqual(determineDueNights({ through, jobs, runs }), ['2026-05-09']);
    const failed = [run('fold', '2026-05-09'), run('shut', '2026-05-09', false), run('close', '2026-05-09')];
    assert.deepEqual(determineDueNights({ through, jobs, runs: failed }), []);
  });

  it('are none before the first night, where the clock was set back', () => {
    const runs = [...night('2026-05-20'), run('seal', '2026-05-21')];
    assert.deepEqual(determineDueNights({ through, jobs: [...jobs, 'mend'], runs }), []);
  });

  it('are not those that ran ahead on a clock that was wrong', () => {
    const runs = [...night('2026-05-08'), ...night('2026-05-09'), ...night('2026-05-30')];
    assert.deepEqual(determineDueNights({ through, jobs, runs }), []);
  });
});
