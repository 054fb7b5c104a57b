import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { previewRefund } from '../../src/refund-effects/preview-refund.ts';
import { refundCharge } from '../../src/refunds/refund-charge.ts';
import { BilledWorld, type BilledInvoice, type SellingCompany } from '../collections/billed-world.ts';
import { CollectionInbox } from '../collections/collection-inbox.ts';
import { keyOf } from '../support/actors.ts';
import { refusalOf, tokyo } from './refunding.ts';

let billed: BilledWorld;
let inbox: CollectionInbox;
let seller: SellingCompany;
let invoice: BilledInvoice;
before(async () => {
  billed = await BilledWorld.create();
  inbox = new CollectionInbox(billed);
  seller = await billed.addSeller();
  [invoice] = (await billed.bill('2026-04', [[[seller, 300n]]])) as [BilledInvoice];
  billed.world.clock.set(tokyo('2026-05-20'));
});
after(() => billed.close());

const refund = (amountMinor?: bigint, seenRefundedMinor?: bigint) =>
  refundCharge(billed.deps, keyOf(seller.companyId), {
    chargeId: invoice.chargeIds[0]!,
    amountMinor,
    seenRefundedMinor,
    reason: 'requested',
  });
const preview = (amountMinor?: bigint) =>
  previewRefund(billed.deps, keyOf(seller.companyId), { chargeId: invoice.chargeIds[0]!, amountMinor });

it('what was clawed back cannot be refunded: its claim has returned to the company', async () => {
  await refund(50n);
  await inbox.import('2026-05-20', `${invoice.number},partial,100,2026-05-19,,`);
  // Of 300, 200 were not collected: 300 − 50 − 200.
  const { code, facts } = await refusalOf(refund(51n));
  assert.deepEqual([code, facts['left']], ['claim-returned', 50]);
  assert.equal((await refusalOf(preview(51n))).code, 'claim-returned');
  const whole = await preview();
  // Refunded are 50: what was clawed back is no refund.
  assert.deepEqual([whole.amountMinor, whole.leftMinor, whole.refundedMinor], [50n, 0n, 50n]);
  // The clawback waits for the settlement of the month that it is of, and May takes over what April leaves.
  assert.deepEqual(whole.company?.unsettledMonths, ['2026-04']);
  assert.equal(whole.company?.after.carriedInMinor, 0n);
});

it('all that is left is refunded, and then nothing but what is recovered', async () => {
  const { amountMinor: wanted, refundedMinor } = await preview();
  assert.equal((await refund(wanted, refundedMinor)).amountMinor, 50n);
  assert.deepEqual((await refusalOf(refund(wanted, refundedMinor))).code, 'claim-returned');
  assert.equal((await refusalOf(refund(1n))).code, 'claim-returned');
  assert.equal((await refusalOf(refund())).code, 'claim-returned');
  await inbox.import('2026-05-21', `${invoice.number},collected,300,2026-05-20,,0`);
  assert.equal((await refusalOf(refund(201n))).code, 'refund-too-large');
  assert.equal((await refund()).amountMinor, 200n);
  assert.equal((await refusalOf(refund(1n))).code, 'refund-too-large');
});
