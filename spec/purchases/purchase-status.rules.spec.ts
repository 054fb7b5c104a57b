import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isPaid, purchaseStatus, type PurchaseStatus } from '../../src/purchases/purchase-status.rules.ts';

type Facts = Parameters<typeof purchaseStatus>[0];

const NOW = new Date('2026-05-10T03:00:00Z');
const captured: Facts = { state: 'captured', openUntil: null, isOnInvoice: false, periodState: 'open' };
const authorized: Facts = {
  state: 'authorized',
  openUntil: new Date(NOW.getTime() + 1),
  isOnInvoice: false,
  periodState: null,
};

describe('the status of a purchase', () => {
  const cases: readonly (readonly [PurchaseStatus, Facts, boolean])[] = [
    ['waiting', captured, true],
    ['on-invoice', { ...captured, isOnInvoice: true }, true],
    ['on-invoice', { ...captured, isOnInvoice: true, periodState: 'closing' }, true],
    ['invoiced', { ...captured, isOnInvoice: true, periodState: 'closed' }, true],
    ['reserved', authorized, true],
    ['expired', { ...authorized, openUntil: NOW }, false],
    ['expired', { ...authorized, state: 'expired', openUntil: null }, false],
    ['cancelled', { ...authorized, state: 'cancelled', openUntil: null }, false],
  ];
  for (const [status, facts, paid] of cases)
    it(`is ${status}: ${facts.state}, ${facts.isOnInvoice ? 'on an invoice' : 'on none'}, period ${facts.periodState}`, () => {
      assert.deepEqual([purchaseStatus(facts, NOW), isPaid(status)], [status, paid]);
    });

  it('is none before somebody has confirmed it', () => {
    assert.throws(() => purchaseStatus({ ...authorized, state: 'pending' }, NOW), /nobody has confirmed/);
  });
});
