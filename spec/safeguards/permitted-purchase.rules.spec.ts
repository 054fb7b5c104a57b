import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findPurchaseRefusal, PurchaseNotPermitted } from '../../src/safeguards/permitted-purchase.rules.ts';
import type { SafeguardRow } from '../../src/safeguards/safeguard.rules.ts';

const CHILD = 2;
const SHOP = { companyId: 7, serviceId: 70, amountMinor: 500n };

const row = (over: Partial<SafeguardRow>): SafeguardRow => ({
  kind: 'block',
  subscriberId: null,
  companyId: null,
  serviceId: null,
  limitMinor: null,
  inForce: true,
  version: 1,
  validFrom: '2026-05-01',
  ...over,
});
const onlyListed = row({ kind: 'only-listed', subscriberId: CHILD });
const allow = (companyId: number, serviceId: number | null = null) =>
  row({ kind: 'allow', subscriberId: CHILD, companyId, serviceId });
const mostOnce = (limitMinor: bigint, subscriberId: number | null = null) =>
  row({ kind: 'charge-limit', limitMinor, subscriberId });

describe('a purchase', () => {
  for (const [what, safeguards, expected] of [
    ['is permitted without safeguards', [], undefined],
    ['is refused from a blocked company', [row({ companyId: 7 })], 'company-blocked'],
    ['is refused from a blocked service', [row({ companyId: 7, serviceId: 70 })], 'service-blocked'],
    ['is permitted from another service of the company', [row({ companyId: 7, serviceId: 71 })], undefined],
    ['is permitted from another company', [row({ companyId: 8 })], undefined],
    ['is refused when the ID blocks it', [row({ companyId: 7, subscriberId: CHILD })], 'company-blocked'],
    ['is permitted when only another ID blocks it', [row({ companyId: 7, subscriberId: 3 })], undefined],
    ['is refused with an empty list', [onlyListed], 'not-listed'],
    ['is permitted from a listed company', [onlyListed, allow(7)], undefined],
    ['is permitted from a listed service', [onlyListed, allow(7, 70)], undefined],
    ['is refused from another service than the listed one', [onlyListed, allow(7, 71)], 'not-listed'],
    ['is permitted off a list that does not restrict', [allow(8)], undefined],
    [
      'is refused when it is listed and blocked',
      [onlyListed, allow(7), row({ companyId: 7 })],
      'company-blocked',
    ],
    ['is permitted at the limit a purchase', [mostOnce(500n)], undefined],
    ['is refused above the limit a purchase', [mostOnce(499n)], 'charge-limit'],
    [
      "is refused above the ID's limit, lower than the line's",
      [mostOnce(900n), mostOnce(499n, CHILD)],
      'charge-limit',
    ],
    [
      "is refused above the line's limit, lower than the ID's",
      [mostOnce(499n), mostOnce(900n, CHILD)],
      'charge-limit',
    ],
  ] as const) {
    it(what, () => {
      const refusal = findPurchaseRefusal({ subscriberId: CHILD, safeguards }, SHOP);
      assert.equal(refusal?.reason, expected);
    });
  }

  it('without an amount yet, a consent, is not measured', () => {
    const { amountMinor: _, ...consent } = SHOP;
    assert.equal(
      findPurchaseRefusal({ subscriberId: CHILD, safeguards: [mostOnce(0n)] }, consent),
      undefined,
    );
  });

  it('is refused in words that name neither company nor amount to a program', () => {
    const problem = new PurchaseNotPermitted({ reason: 'charge-limit', limitMinor: 499n });
    assert.deepEqual(
      [problem.code, problem.facts, problem.detail],
      ['amount-above-own-limit', {}, undefined],
    );
  });
});
