import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  registrationOn,
  shortenIssuedId,
  taxOfPurchase,
  writeLocalTime,
} from '../../src/receipts/receipt.rules.ts';

const company = {
  registrationNumber: 'T7010705000725',
  registeredFrom: '2026-05-01',
  registeredTo: '2026-06-01',
};
const dates = [
  { date: '2026-04-30', found: null },
  { date: '2026-05-01', found: 'T7010705000725' },
  { date: '2026-05-31', found: 'T7010705000725' },
  { date: '2026-06-01', found: null },
];

for (const { date, found } of dates) {
  test(`a registration of May is ${found === null ? 'not ' : ''}in force on ${date}`, () => {
    assert.equal(registrationOn(company, date), found);
  });
}

test('a registration without an end is in force, and there is none without a number', () => {
  assert.equal(registrationOn({ ...company, registeredTo: null }, '2030-01-01'), 'T7010705000725');
  assert.equal(registrationOn({ ...company, registrationNumber: null }, '2026-05-02'), null);
});

const supplies = [
  { name: '440 at 10%', capturedMinor: 440n, taxRateBps: 1_000, taxMinor: 40n },
  { name: '105 at 8%', capturedMinor: 105n, taxRateBps: 800, taxMinor: 7n },
  { name: '1 at 10%', capturedMinor: 1n, taxRateBps: 1_000, taxMinor: 0n },
];

for (const { name, taxMinor, ...supply } of supplies) {
  test(`the tax in ${name} is ${taxMinor}`, () => {
    const tax = taxOfPurchase({ ...supply, taxCode: 'standard', businessDate: '2026-05-01' });
    assert.equal(tax?.taxMinor, taxMinor);
  });
}

test('a purchase that is not charged has no tax yet', () => {
  const supply = { taxCode: 'standard', taxRateBps: null, businessDate: null, capturedMinor: null } as const;
  assert.equal(taxOfPurchase(supply), undefined);
});

test('an issued ID is recognised without its middle', () => {
  assert.equal(shortenIssuedId('F12345678901'), 'F123…8901');
});

test('an instant is written in the time of the carrier, midnight as 00', () => {
  assert.equal(writeLocalTime(new Date('2026-05-02T15:00:00.000Z'), 'Asia/Tokyo'), '2026-05-03 00:00');
});
