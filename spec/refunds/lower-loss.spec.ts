import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { refundCharge } from '../../src/refunds/refund-charge.ts';
import { BilledWorld, type BilledInvoice, type SellingCompany } from '../collections/billed-world.ts';
import { CollectionInbox } from '../collections/collection-inbox.ts';
import { keyOf, staff } from '../support/actors.ts';

describe('a refund on a later invoice, of a claim that is not collected', () => {
  let billed: BilledWorld;
  let inbox: CollectionInbox;
  let assigned: SellingCompany;
  let recourse: SellingCompany;
  let invoices: BilledInvoice[];
  before(async () => {
    billed = await BilledWorld.create();
    inbox = new CollectionInbox(billed);
    [assigned, recourse] = [await billed.addSeller({ legalModel: 'assignment' }), await billed.addSeller()];
    const claim = [[assigned, 1_000n] as const];
    const shared = [[assigned, 600n] as const, [assigned, 200n] as const, [recourse, 200n] as const];
    invoices = await billed.bill('2026-04', [claim, claim, shared, [[recourse, 1_000n]]]);
  });
  after(() => billed.close());

  const refund = ({ companyId }: SellingCompany, chargeId: string, amountMinor: bigint) =>
    refundCharge(billed.deps, keyOf(companyId), { chargeId, amountMinor, reason: 'requested' });
  /** What the carrier bears and is owed since some balances. */
  const since = async (before: Record<string, bigint>) => {
    const now = await inbox.balances();
    return ['credit-loss', 'uncollected-receivable'].map((code) => (now[code] ?? 0n) - (before[code] ?? 0n));
  };
  const broken = async () => {
    const results = await checkInvariants(billed.deps, staff());
    return results
      .filter(({ number }) => [1, 2, 5, 9].includes(number))
      .flatMap(({ offending }) => offending);
  };

  it('lowers at once what the carrier bears, and what is collected later gives back the rest', async () => {
    const [{ number, chargeIds }, start] = [invoices[0]!, await inbox.balances()];
    await inbox.import('2026-05-01', `${number},uncollected,,2026-04-30,,1`);
    assert.deepEqual(await since(start), [-1_000n, 0n]);
    await refund(assigned, chargeIds[0]!, 300n);
    assert.deepEqual(await since(start), [-700n, -300n]);
    await inbox.import('2026-05-02', `${number},uncollected,,2026-05-01,,2`);
    assert.deepEqual(await since(start), [-700n, -300n]);
    await inbox.import('2026-05-03', `${number},collected,,2026-05-02,,0`);
    assert.deepEqual(await since(start), [0n, 0n]);
    assert.deepEqual(await broken(), []);
  });

  it('by each of several at once, and beside a result that comes meanwhile', async () => {
    const [{ number, chargeIds }, start] = [invoices[1]!, await inbox.balances()];
    await inbox.import('2026-05-04', `${number},uncollected,,2026-05-01,,1`);
    await Promise.all([
      refund(assigned, chargeIds[0]!, 100n),
      inbox.import('2026-05-05', `${number},partial,300,2026-05-02,,`),
      refund(assigned, chargeIds[0]!, 250n),
    ]);
    // 700 are uncollected, and 650 are left of the charge.
    assert.deepEqual(await since(start), [-650n, -50n]);
    assert.deepEqual(await broken(), []);
  });

  it('by its own charge alone: the other one, and the company with recourse, bear what they bore', async () => {
    const [{ number, chargeIds }, start] = [invoices[2]!, await inbox.balances()];
    await inbox.import('2026-05-06', `${number},partial,500,2026-05-01,,`);
    assert.deepEqual(await since(start), [-400n, 0n]);
    await refund(assigned, chargeIds[0]!, 400n);
    // Of 600, 300 are uncollected and 200 are left.
    assert.deepEqual(await since(start), [-300n, -100n]);
    const steps = await billed.rows('SELECT 1 FROM clawback WHERE invoice_number = ?', [number]);
    assert.equal(steps.length, 1);
    assert.deepEqual(await broken(), []);
  });

  it('changes nothing of what a company with recourse was clawed back', async () => {
    const [{ number, chargeIds }] = [invoices[3]!];
    await inbox.import('2026-05-07', `${number},partial,400,2026-05-01,,`);
    const start = await inbox.balances();
    await refund(recourse, chargeIds[0]!, 400n);
    assert.deepEqual(await since(start), [0n, 0n]);
    await assert.rejects(refund(recourse, chargeIds[0]!, 1n), { code: 'claim-returned' });
    assert.deepEqual(await broken(), []);
  });
});
