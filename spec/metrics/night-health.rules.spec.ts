import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { determineBehindDays, determineOldestOpen } from '../../src/metrics/night-health.rules.ts';

describe('how many business dates a job is behind', () => {
  const cases: [string, string | undefined, string | undefined, number][] = [
    ['is nothing once it has finished for yesterday', '2026-05-09', '2026-01-01', 0],
    ['is one while last night is under way', '2026-05-08', '2026-01-01', 1],
    ['counts over the end of a month', '2026-03-29', '2026-01-01', 41],
    ['is nothing when it ran ahead on a moved clock', '2026-05-10', '2026-05-10', 0],
    [
      'counts from the first run of a job that never finished, that night included',
      undefined,
      '2026-05-07',
      3,
    ],
    ['is one night for a job that never ran', undefined, undefined, 1],
  ];
  for (const [statement, finishedOn, firstOn, expected] of cases) {
    it(statement, () => assert.equal(determineBehindDays('2026-05-09', { finishedOn, firstOn }), expected));
  }
});

const oldest = (behindDays: number, openSince?: string) =>
  determineOldestOpen('2026-05-09', { behindDays, openSince });

describe('the oldest night that a job has not done', () => {
  it('is none once it has done all', () => assert.equal(oldest(0), undefined));
  it('is the first after the last that finished', () => assert.equal(oldest(3), '2026-05-07'));
  it('is one that failed before it', () => assert.equal(oldest(0, '2026-05-02'), '2026-05-02'));
  it('is the older of both', () => {
    assert.deepEqual([oldest(3, '2026-05-08'), oldest(1, '2026-05-02')], ['2026-05-07', '2026-05-02']);
  });
});
