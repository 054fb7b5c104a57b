import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, businessDateOf } from '../../src/shared/calendar.rules.ts';
import { entitledThrough, type EndingFacts } from '../../src/lines/entitlement.rules.ts';
import { captureInstant, determineRenewal } from '../../src/subscriptions/renewal.rules.ts';

const entitled: EndingFacts = { lineStatus: 'active', holderTo: null, subscriberEndedOn: null };
const joined = { joinedOn: '2026-03-12', chargeDay: 20, firstMonthFree: false, lastMonthFree: false };

test('continues without an end while the line is held by the same person', () => {
  const renewal = determineRenewal({
    terms: joined,
    ending: entitled,
    businessDate: '2026-05-19',
  });
  assert.deepEqual(
    renewal.dues.map(({ dueOn }) => dueOn),
    ['2026-03-20', '2026-04-20'],
  );
  assert.equal(renewal.endsOn, undefined);
});

test('ends with the month of leaving, once that day has ended', () => {
  const terms = { ...joined, leftOn: '2026-04-02', renewedThrough: '2026-03' };
  const before = determineRenewal({ terms, ending: entitled, businessDate: '2026-04-01' });
  assert.deepEqual(before, { dues: [], endsOn: undefined });
  const then = determineRenewal({ terms, ending: entitled, businessDate: '2026-04-02' });
  assert.deepEqual(then.dues, [{ month: '2026-04', outcome: 'charge', dueOn: '2026-04-02' }]);
  assert.equal(then.endsOn, '2026-04-02');
});

const ends: readonly [what: string, ending: EndingFacts, lastDay: string][] = [
  ['another holder from the 21st', { ...entitled, holderTo: '2026-04-21' }, '2026-04-20'],
  ['another holder from the 20th', { ...entitled, holderTo: '2026-04-20' }, '2026-04-19'],
  ['an ID ended on the 20th', { ...entitled, subscriberEndedOn: '2026-04-20' }, '2026-04-20'],
  ['an ID ended on the 19th', { ...entitled, subscriberEndedOn: '2026-04-19' }, '2026-04-19'],
  ['a line found closed on the 20th', { ...entitled, lineStatus: 'closed' }, '2026-04-19'],
  [
    'the earliest of several ends',
    { lineStatus: 'closed', holderTo: '2026-04-03', subscriberEndedOn: '2026-04-19' },
    '2026-04-02',
  ],
];
for (const [what, ending, lastDay] of ends) {
  test(`bills only the months that fell due through the last entitled day: ${what}`, () => {
    const businessDate = lastDay === '2026-04-20' ? '2026-04-25' : '2026-04-20';
    assert.equal(entitledThrough(ending, businessDate), lastDay);
    const { dues, endsOn } = determineRenewal({ terms: joined, ending, businessDate });
    const months = lastDay === '2026-04-20' ? ['2026-03', '2026-04'] : ['2026-03'];
    assert.deepEqual(
      dues.map(({ month }) => month),
      months,
    );
    assert.equal(endsOn, lastDay);
  });
}

test('does not know of an end that is still to come', () => {
  const ending = { ...entitled, holderTo: '2026-04-21', subscriberEndedOn: '2026-04-21' };
  assert.equal(entitledThrough(ending, '2026-04-20'), undefined);
});

test('bills the month of leaving to the holder who left on the last entitled day, and not one who left later', () => {
  const ending = { ...entitled, holderTo: '2026-04-11' };
  const terms = { ...joined, renewedThrough: '2026-03' };
  const lastDay = determineRenewal({
    terms: { ...terms, leftOn: '2026-04-10' },
    ending,
    businessDate: '2026-04-30',
  });
  assert.deepEqual(
    lastDay.dues.map(({ dueOn }) => dueOn),
    ['2026-04-10'],
  );
  const after = determineRenewal({
    terms: { ...terms, leftOn: '2026-04-11' },
    ending,
    businessDate: '2026-04-30',
  });
  assert.deepEqual(after, { dues: [], endsOn: '2026-04-10' });
});

test('never ends before it began', () => {
  const ending = { ...entitled, holderTo: '2026-03-01' };
  const renewal = determineRenewal({ terms: joined, ending, businessDate: '2026-04-30' });
  assert.deepEqual(renewal, { dues: [], endsOn: '2026-03-12' });
});

test('captures at the start of the due date, or at the joining or leaving later on that day', () => {
  const timeZone = 'Asia/Tokyo';
  const none = { joinedAt: null, leftAt: null, timeZone };
  const noon = new Date('2026-05-10T12:00:00+09:00');
  const evening = new Date('2026-05-10T23:59:59.999+09:00');
  assert.deepEqual(captureInstant('2026-05-10', none), new Date('2026-05-10T00:00:00+09:00'));
  assert.deepEqual(captureInstant('2026-05-10', { ...none, joinedAt: noon }), noon);
  assert.deepEqual(captureInstant('2026-05-10', { ...none, joinedAt: noon, leftAt: evening }), evening);
  assert.deepEqual(
    captureInstant('2026-05-11', { ...none, joinedAt: noon }),
    new Date('2026-05-11T00:00:00+09:00'),
  );
});

test('the local date of the capture is the due date in every time zone, whenever somebody joined or left', () => {
  const zones = fc.constantFrom(
    'Asia/Tokyo',
    'Europe/Berlin',
    'America/Sao_Paulo',
    'Asia/Beirut',
    'Pacific/Apia',
  );
  const from = new Date('2017-01-01T00:00:00Z');
  const moment = fc.option(
    fc.date({ min: from, max: new Date('2027-12-31T00:00:00Z'), noInvalidDate: true }),
  );
  const days = fc.integer({ min: 0, max: 4_000 }).map((count) => addDays('2017-01-01', count));
  fc.assert(
    fc.property(zones, days, moment, moment, (timeZone, day, joinedAt, leftAt) => {
      // Half of the cases aim at the very day of joining, where the two are easily confused.
      const dueOn = joinedAt && joinedAt.getTime() % 2 === 0 ? businessDateOf(joinedAt, timeZone) : day;
      assert.equal(businessDateOf(captureInstant(dueOn, { joinedAt, leftAt, timeZone }), timeZone), dueOn);
    }),
    { numRuns: 2_000 },
  );
});
