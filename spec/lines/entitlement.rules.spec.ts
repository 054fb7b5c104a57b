import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { entitlementStatus, isEntitled, type EntitlementFacts } from '../../src/lines/entitlement.rules.ts';

const facts: EntitlementFacts = {
  lineStatus: 'active',
  subscriberState: 'active',
  holderFrom: '2026-05-01',
  holderTo: '2026-06-01',
};

const cases: readonly [what: string, change: Partial<EntitlementFacts>, on: string, status: string][] = [
  ['the first day of the tenure', {}, '2026-05-01', 'entitled'],
  ['the last day of the tenure', {}, '2026-05-31', 'entitled'],
  ['the day on which another holds the line', {}, '2026-06-01', 'line-not-held'],
  ['the day before the tenure', {}, '2026-04-30', 'line-not-held'],
  ['a tenure without an end', { holderTo: null }, '2999-01-01', 'entitled'],
  ['a suspended line', { lineStatus: 'suspended' }, '2026-05-10', 'line-not-active'],
  ['a closed line', { lineStatus: 'closed' }, '2026-05-10', 'line-not-active'],
  ['an ended issued ID', { subscriberState: 'ended' }, '2026-05-10', 'subscriber-ended'],
  [
    'several reasons at once',
    { lineStatus: 'closed', subscriberState: 'ended' },
    '2026-06-01',
    'line-not-active',
  ],
];

describe('whether a person may buy on a line', () => {
  for (const [what, change, on, status] of cases) {
    test(`${what}: ${status}`, () => {
      assert.equal(entitlementStatus({ ...facts, ...change }, on), status);
      assert.equal(isEntitled({ ...facts, ...change }, on), status === 'entitled');
    });
  }
});
