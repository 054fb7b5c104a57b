import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  businessDateOf,
  endOfBusinessDate,
  instantOfLocalTime,
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
  'Africa/Cairo',
  'America/Santiago',
  'Asia/Beirut',
  'Atlantic/Azores',
  'America/Havana',
);

/** Length of a business day. */
function hours(date: string, zone: string): number {
  return (endOfBusinessDate(date, zone).getTime() - startOfBusinessDate(date, zone).getTime()) / HOUR_MS;
}

test('changes the business date at local midnight, to the millisecond', () => {
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

test('takes a local time that the clocks skip an hour later, and one that they repeat the first time', () => {
  const table = [
    ['2026-05-31', '09:30', 'Asia/Tokyo', '2026-05-31T00:30:00.000Z'],
    ['2026-03-29', '02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-10-25', '02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
  ] as const;
  for (const [date, time, zone, instant] of table)
    assert.equal(instantOfLocalTime(date, time, zone).toISOString(), instant);
});

test('starts a day with two midnights at the first, and ends none twice', () => {
  // St John's, 2009-11-01: at 00:01 the clocks went back to 23:01 of the day before.
  const zone = 'America/St_Johns';
  assert.equal(startOfBusinessDate('2009-11-01', zone).toISOString(), '2009-11-01T02:30:00.000Z');
  for (const instant of ['2009-11-01T02:45:00Z', '2009-11-01T02:30:30Z', '2009-11-01T02:45:01Z'])
    assert.equal(businessDateOf(new Date(instant), zone), '2009-11-01', instant);
  assert.equal(businessDateOf(new Date('2009-11-01T02:29:59Z'), zone), '2009-10-31');
  // The Azores, 2026-10-25: at 01:00 the clocks go back to 00:00, and the day has 25 hours.
  assert.equal(
    startOfBusinessDate('2026-10-25', 'Atlantic/Azores').toISOString(),
    '2026-10-25T00:00:00.000Z',
  );
  assert.equal(hours('2026-10-25', 'Atlantic/Azores'), 25);
});

test('follows the clock of every zone over every change near midnight, forwards only and from bound to bound', () => {
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    for (const change of changesNearMidnight(zone)) {
      const minutes = Array.from({ length: 13 }, (_, index) => change + (index - 6) * 15 * 60_000);
      const dates = minutes.map((ms) => businessDateOf(new Date(ms), zone));
      assert.deepEqual(dates, [...dates].sort(), `${zone} at ${new Date(change).toISOString()}`);
      for (const date of new Set(dates)) {
        const [start, end] = [startOfBusinessDate(date, zone), endOfBusinessDate(date, zone)];
        assert.deepEqual(
          [start, new Date(end.getTime() - 1)].map((instant) => businessDateOf(instant, zone)),
          [date, date],
          `${zone} ${date}`,
        );
        assert.ok(businessDateOf(new Date(start.getTime() - 1), zone) < date);
        assert.ok(businessDateOf(end, zone) > date);
      }
    }
  }
});

/** The instants, since 2005 and as far as they are known, at which the clocks of a zone change between 22:00 and 02:00. */
function changesNearMidnight(zone: string): number[] {
  const changes: number[] = [];
  let at = Temporal.Instant.from('2005-01-01T00:00:00Z').toZonedDateTimeISO(zone);
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (!next || next.year > 2035) return changes;
    at = next;
    const hourBefore = next.subtract({ seconds: 1 }).hour;
    if (next.hour <= 2 || hourBefore >= 22) changes.push(next.epochMilliseconds);
  }
}

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

test('has no instants for a date that a zone has skipped', () => {
  // Samoa went from 2011-12-29 to 2011-12-31.
  assert.equal(hours('2011-12-30', 'Pacific/Apia'), 0);
  assert.equal(yesterdayOf(startOfBusinessDate('2011-12-31', 'Pacific/Apia'), 'Pacific/Apia'), '2011-12-30');
});

test('refuses an unknown zone and an invalid instant', () => {
  assert.throws(() => businessDateOf(new Date('2026-05-31'), 'Asia/Nowhere'), RangeError);
  assert.throws(() => businessDateOf(new Date(Number.NaN), 'Asia/Tokyo'), RangeError);
});
