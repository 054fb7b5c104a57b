import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CommissionTerms } from '../../src/partners/commission.rules.ts';
import {
  areInForce,
  describeCommission,
  findCommissionFaults,
  partnerOfSale,
  termsOfMonth,
} from '../../src/partners/partner-terms.rules.ts';

const percent = (percentBps: number): CommissionTerms => ({ basis: 'percent', percentBps });
const version = (validFrom: string, commission: CommissionTerms) => ({ validFrom, commission });
const versions = [
  version('2026-03-01', percent(300)),
  version('2026-05-01', percent(500)),
  version('2026-07-01', { basis: 'none' }),
];

describe('the terms of a partner', () => {
  it('hold until the next ones, and a charge may name the partner while there are any', () => {
    const days = ['2026-02-28', '2026-03-01', '2026-06-30', '2026-07-01'];
    assert.deepEqual(
      days.map((day) => areInForce(versions, day)),
      [false, true, true, false],
    );
  });

  it('of a month are those of its first day, or the first that begin in it; after the end the last ones', () => {
    const months = ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-07', '2026-12'];
    assert.deepEqual(
      months.map((month) => termsOfMonth(versions, month)?.commission),
      // The group of the 25th of February closes on 25 March.
      [undefined, ...[300, 300, 300, 500, 500, 500].map(percent)],
    );
  });

  it('of a month are the new ones where they begin again after an end, not those of before', () => {
    const again = [...versions, version('2026-09-01', percent(100))];
    assert.deepEqual(
      ['2026-06', '2026-07', '2026-08', '2026-09'].map((month) => termsOfMonth(again, month)?.commission),
      [500, 500, 100, 100].map(percent),
    );
  });

  const faulty: readonly unknown[] = [
    null,
    {},
    { basis: 'gift' },
    { basis: 'percent' },
    { basis: 'percent', percentBps: 10_001 },
    { basis: 'percent', percentBps: 1.5 },
    { basis: 'percent', percentBps: 300, perItemMinor: 1 },
    { basis: 'flat', perItemMinor: -1 },
    { basis: 'tiers', tiers: [] },
    { basis: 'tiers', tiers: [{ aboveMinor: 1, percentBps: 1 }] },
    { basis: 'tiers', tiers: [0, 5, 5].map((aboveMinor) => ({ aboveMinor, percentBps: 1 })) },
    { basis: 'none', percentBps: 1 },
  ];
  for (const value of faulty) {
    it(`are not ${JSON.stringify(value)}`, () => assert.notDeepEqual(findCommissionFaults(value), []));
  }

  it('are in words for who approves them', () => {
    const tiers: CommissionTerms = {
      basis: 'tiers',
      tiers: [
        { aboveMinor: 0, percentBps: 100 },
        { aboveMinor: 10_000, percentBps: 250 },
      ],
    };
    const all: readonly CommissionTerms[] = [
      { basis: 'none' },
      percent(300),
      { basis: 'flat', perItemMinor: 15 },
      tiers,
    ];
    for (const terms of all) assert.deepEqual(findCommissionFaults(terms), []);
    assert.deepEqual(all.map(describeCommission), [
      'none',
      "3% of the partner's total",
      '15 per item',
      '1% of what is above 0, 2.5% of what is above 10000',
    ]);
  });
});

describe('who brought a sale', () => {
  const known = {
    idsByCode: new Map([['asahi', 7]]),
    services: [
      { serviceId: 1, validFrom: '2026-03-01', partnerId: 8 },
      { serviceId: 1, validFrom: '2026-05-01', partnerId: null },
    ],
  };
  const sale = { partnerCode: null, serviceId: 1, chargePeriod: '2026-04' };
  const cases = [
    ['the partner of the service in the month of the charge', sale, 8],
    ['the partner that the charge names comes first', { ...sale, partnerCode: 'asahi' }, 7],
    ['nobody before the service has a partner', { ...sale, chargePeriod: '2026-02' }, undefined],
    ['nobody after it has none any more', { ...sale, chargePeriod: '2026-05' }, undefined],
    ['nobody for another service', { ...sale, serviceId: 2 }, undefined],
  ] as const;
  for (const [name, asked, expected] of cases) {
    it(name, () => assert.equal(partnerOfSale(asked, known), expected));
  }
});
