import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lastDueNight, nightDueAt, secondsLate } from '../../src/runs/night-due.rules.ts';
import { addDays, endOfBusinessDate } from '../../src/shared/calendar.rules.ts';

const late = (now: string) => secondsLate('2026-05-31', new Date(now), 'Asia/Tokyo');

describe('the night of a business date', () => {
  it('is due half an hour after the day has ended, and not before', () => {
    assert.equal(nightDueAt('2026-05-31', 'Asia/Tokyo').toISOString(), '2026-05-31T15:30:00.000Z');
    assert.equal(lastDueNight(new Date('2026-05-31T15:29:59.999Z'), 'Asia/Tokyo'), '2026-05-30');
    assert.equal(lastDueNight(new Date('2026-05-31T15:30:00.000Z'), 'Asia/Tokyo'), '2026-05-31');
  });

  it('is as late as its seconds since then', () => {
    assert.deepEqual([late('2026-05-31T15:00:00Z'), late('2026-05-31T16:30:00Z')], [0, 3_600]);
  });

  // The clocks go from 23:59:59 to 01:00, or from 00:59:59 back to 00:00: there is no 00:30, or it comes twice.
  const changes: readonly (readonly [timeZone: string, date: string, dueAt: string])[] = [
    ['Africa/Cairo', '2026-04-23', '2026-04-23T22:30:00.000Z'],
    ['America/Santiago', '2026-09-05', '2026-09-06T04:30:00.000Z'],
    ['Asia/Beirut', '2026-03-28', '2026-03-28T22:30:00.000Z'],
    ['Atlantic/Azores', '2026-03-28', '2026-03-29T01:30:00.000Z'],
    ['Atlantic/Azores', '2026-10-24', '2026-10-25T00:30:00.000Z'],
    ['America/Havana', '2026-03-07', '2026-03-08T05:30:00.000Z'],
    ['America/Havana', '2026-10-31', '2026-11-01T04:30:00.000Z'],
    ['America/Asuncion', '2018-10-06', '2018-10-07T04:30:00.000Z'],
    ['America/Sao_Paulo', '2018-11-03', '2018-11-04T03:30:00.000Z'],
    ['Asia/Tehran', '2022-03-21', '2022-03-21T21:00:00.000Z'],
  ];
  for (const [timeZone, date, dueAt] of changes) {
    it(`is due once in ${timeZone}, where the clocks change after ${date}`, () => {
      assert.equal(nightDueAt(date, timeZone).toISOString(), dueAt);
      const endMs = endOfBusinessDate(date, timeZone).getTime();
      const due = Array.from({ length: 26 * 60 }, (_, minute) =>
        lastDueNight(new Date(endMs + minute * 60_000), timeZone),
      );
      assert.deepEqual(
        [...new Set(due)],
        [addDays(date, -1), date, addDays(date, 1)].slice(0, new Set(due).size),
      );
      assert.equal(due.indexOf(date), 30);
      assert.deepEqual(due, [...due].sort());
    });
  }
});
