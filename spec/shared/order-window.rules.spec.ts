import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findWindowFault, orderWindow, transferDate } from '../../src/shared/order-window.rules.ts';

const windows: [orderedOn: string, first: string, last: string][] = [
  // A Monday; the 15th bank day after it, with 11-03 and 11-23 closed.
  ['2026-11-02', '2026-11-04', '2026-11-25'],
  // A Friday: never the same day, the next bank day is Monday.
  ['2026-11-06', '2026-11-09', '2026-11-30'],
  // A Saturday: the order arrives on Monday, so Tuesday is the first date.
  ['2026-11-07', '2026-11-10', '2026-11-30'],
  // The turn of the year: closed from 12-31 to 01-03.
  ['2026-12-29', '2026-12-30', '2027-01-22'],
  ['2026-12-30', '2027-01-04', '2027-01-25'],
  ['2026-12-31', '2027-01-05', '2027-01-25'],
];
for (const [orderedOn, first, last] of windows) {
  test(`what is ordered on ${orderedOn} is transferred from ${first} to ${last}`, () => {
    assert.deepEqual(orderWindow(orderedOn, 'JPY'), { first, last });
    assert.equal(findWindowFault(first, orderedOn, 'JPY'), undefined);
    assert.equal(findWindowFault(last, orderedOn, 'JPY'), undefined);
    assert.match(findWindowFault(orderedOn, orderedOn, 'JPY')!, /not a bank day|no longer/);
  });
}

test('a date that is closed, past the window or not in it yet is refused with the reason', () => {
  assert.match(findWindowFault('2026-11-03', '2026-11-02', 'JPY')!, /not a bank day/);
  assert.match(findWindowFault('2026-11-02', '2026-11-02', 'JPY')!, /no longer.*first date is 2026-11-04/);
  assert.match(findWindowFault('2026-11-26', '2026-11-02', 'JPY')!, /yet.*last date is 2026-11-25/);
});

test('a payout whose day has passed moves to the first day that can be ordered; an earlier one keeps its day', () => {
  assert.equal(transferDate('2026-10-30', '2026-11-02', 'JPY'), '2026-11-04');
  assert.equal(transferDate('2026-11-02', '2026-11-02', 'JPY'), '2026-11-04');
  assert.equal(transferDate('2026-11-04', '2026-11-02', 'JPY'), '2026-11-04');
  assert.equal(transferDate('2026-11-10', '2026-11-02', 'JPY'), '2026-11-10');
});

test('euro are transferred on the days of TARGET, whatever is closed in Japan', () => {
  // Thursday before Easter: Good Friday and Easter Monday are closed.
  assert.deepEqual(orderWindow('2026-04-02', 'EUR'), { first: '2026-04-07', last: '2026-04-27' });
  assert.equal(transferDate('2026-05-01', '2026-04-20', 'EUR'), '2026-05-04');
  assert.equal(transferDate('2026-11-03', '2026-10-26', 'EUR'), '2026-11-03');
  assert.equal(transferDate('2026-11-03', '2026-10-26', 'JPY'), '2026-11-04');
  assert.match(findWindowFault('2026-12-25', '2026-12-21', 'EUR')!, /not a bank day/);
  assert.equal(findWindowFault('2026-12-25', '2026-12-21', 'JPY'), undefined);
});
