import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  businessDateOf,
  endOfBusinessDate,
  startOfBusinessDate,
  yesterdayOf,
} from '../../src/shared/business-date.rules.ts';
import { addDays } from '../../src/shared/calendar-date.rules.ts';

const HOUR_MS = 3_600_000;
const zones = fc.constantFrom(
  'Asia/Tokyo',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'Asia/Kathmandu',
);

/** Length of a business day. */
function hours(date: string, zone: string): number {
  return (endOfBusinessDate(date, zone).getTime() - startOfBusinessDate(date, zone).getTime()) / HOUR_MS;
}

test('turns the business date at local midnight, to the millisecond', () => {
  const table = [
    ['2026-05-31T14:59:59.999Z', 'Asia/Tokyo', '2026-05-31'],
    ['2026-05-31T15:00:00.000Z', 'Asia/Tokyo', '2026-06-01'],
    ['2026-07-01T21:59:59.999Z', 'Europe/Berlin', '2026-07-01'],
    ['2026-07-01T22:00:00.000Z', 'Europe/Berlin', '2026-07-02'],
    ['2026-01-01T22:00:00.000Z', 'Europe/Berlin', '2026-01-01'],
    ['2026-01-01T23:00:00.000Z', 'Europe/Berlin', '2026-01-02'],
    ['2026-07-01T03:59:59.999Z', 'America/New_York', '2026-06-30'],
    ['2026-01-01T04:59:59.999Z', 'America/New_York', '2025-12-31'],
  ] as const;
  for (const [instant, zone, date] of table)
    assert.equal(businessDateOf(new Date(instant), zone), date, instant);
});

const yesterday = (instant: string) => yesterdayOf(new Date(instant), 'Europe/Berlin');

test('yesterday is the date before, whether it had 23 hours or today has 25', () => {
  assert.equal(yesterday('2026-03-29T22:30:00.000Z'), '2026-03-29');
  assert.equal(yesterday('2026-10-25T22:30:00.000Z'), '2026-10-24');
});

test('gives days of 23 and 25 hours when the clocks change', () => {
  assert.equal(hours('2026-03-29', 'Europe/Berlin'), 23);
  assert.equal(hours('2026-10-25', 'Europe/Berlin'), 25);
  assert.equal(hours('2026-03-08', 'America/New_York'), 23);
  assert.equal(hours('2026-11-01', 'America/New_York'), 25);
  assert.equal(hours('2026-03-29', 'Asia/Tokyo'), 24);
});

test('starts a day whose midnight is skipped at the first instant it has', () => {
  // São Paulo, 2018-11-04: the clocks went from 23:59:59 to 01:00.
  const start = startOfBusinessDate('2018-11-04', 'America/Sao_Paulo');
  assert.equal(start.toISOString(), '2018-11-04T03:00:00.000Z');
  assert.equal(businessDateOf(new Date(start.getTime() - 1), 'America/Sao_Paulo'), '2018-11-03');
});

test('agrees with the platform for any instant and any zone, cached or not', () => {
  const instants = fc.date({ min: new Date('2005-01-01'), max: new Date('2049-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(instants, zones, (instant, timeZone) => {
      const expected = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(instant);
      assert.equal(businessDateOf(instant, timeZone), expected);
      assert.equal(businessDateOf(instant, timeZone), expected);
    }),
    { numRuns: 2_000 },
  );
});

test('the days of a zone follow one another without gap, and hold their first and last instant', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 16_000 }), zones, (days, zone) => {
      const date = addDays('2005-01-01', days);
      const end = endOfBusinessDate(date, zone);
      assert.equal(end.getTime(), startOfBusinessDate(addDays(date, 1), zone).getTime());
      assert.equal(businessDateOf(startOfBusinessDate(date, zone), zone), date);
      assert.equal(businessDateOf(new Date(end.getTime() - 1), zone), date);
      assert.equal(businessDateOf(end, zone), addDays(date, 1));
    }),
    { numRuns: 1_000 },
  );
});

test('refuses an unknown zone and an invalid instant', () => {
  assert.throws(() => businessDateOf(new Date('2026-05-31'), 'Asia/Nowhere'), RangeError);
  assert.throws(() => businessDateOf(new Date(Number.NaN), 'Asia/Tokyo'), RangeError);
});
