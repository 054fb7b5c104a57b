import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { previewRefund } from '../../src/refund-effects/preview-refund.ts';
import { settleCompanies } from '../../src/settlements/settle-companies.ts';
import { BilledWorld, type BilledInvoice, type SellingCompany } from '../collections/billed-world.ts';
import { CollectionInbox } from '../collections/collection-inbox.ts';
import { tokyo } from '../refunds/refunding.ts';
import { staff } from '../support/actors.ts';
import { fakeRun } from '../support/fake-run.ts';

/** The last due date of January is 2026-03-25, and 60 days later its results are waited for no more. */
const WAITED = '2026-05-24';
const REFUNDED = 100n;

describe('the preview of a refund of a company that is settled on what is collected', () => {
  let billed: BilledWorld;
  let seller: SellingCompany;
  let january: BilledInvoice[];
  before(async () => {
    billed = await BilledWorld.create();
    // Everything is carried, so that the month of the refund shows what January comes to.
    seller = await billed.addSeller({ settlementBasis: 'collected', minimumPayoutMinor: 1_000_000n });
    january = await billed.bill('2026-01', [[[seller, 4_000n]], [[seller, 8_000n]], [[seller, 600n]]]);
    const inbox = new CollectionInbox(billed);
    const [pending, collected] = january as [BilledInvoice, BilledInvoice];
    await inbox.import(
      '2026-05-05',
      `${pending.number},pending,,2026-05-04,,1`,
      `${collected.number},collected,,2026-05-04,,0`,
    );
  });
  after(() => billed.close());

  const preview = async (date: string, invoice: BilledInvoice) => {
    billed.world.clock.set(tokyo(date));
    const asked = { chargeId: invoice.chargeIds[0]!, amountMinor: REFUNDED };
    const { company } = await previewRefund(billed.deps, staff(), asked);
    return [company!.before.carriedInMinor, company!.after.carriedInMinor] as const;
  };
  const countCuts = async () => {
    const [row] = await billed.rows<{ n: number }>('SELECT COUNT(*) AS n FROM collection_cutoff');
    return row!.n;
  };

  it('foresees the cut of an earlier month that the night would make today, and that a refund of its charge lowers it', async () => {
    const [pending, collected, unknown] = january as [BilledInvoice, BilledInvoice, BilledInvoice];
    const [waiting, same] = await preview('2026-05-20', pending);
    assert.equal(same, waiting, 'nobody knows yet what will be collected');
    const [cut, lowered] = await preview(WAITED, pending);
    assert.equal(cut, waiting - 4_600n);
    assert.equal(lowered, cut + REFUNDED);
    assert.deepEqual(await preview(WAITED, unknown), [cut, lowered]);
    assert.deepEqual(await preview(WAITED, collected), [cut, cut]);
    assert.equal(await countCuts(), 0);

    await fakeRun(billed.deps, settleCompanies, { job: 'settle-companies', businessDate: WAITED });
    const [drafted] = await billed.rows<{ clawback: number; carried: number; payout: number }>(
      'SELECT clawback_minor AS clawback, carried_out_minor AS carried, payout_minor AS payout FROM settlement WHERE company_id = ?',
      [seller.companyId],
    );
    assert.deepEqual(
      [drafted!.clawback, BigInt(drafted!.carried), drafted!.payout],
      [4_600, cut, 0],
      'what the night has drafted',
    );
    assert.equal((await preview(WAITED, collected))[0], cut, 'and the preview says the same after it');
  });
});

it('gives up in time, however much is not collected', async () => {
  const billed = await BilledWorld.create();
  try {
    const seller = await billed.addSeller({ settlementBasis: 'collected' });
    const [invoice] = await billed.bill('2026-01', [[[seller, 500n]]]);
    billed.world.clock.set(tokyo(WAITED));
    const { config } = billed.deps;
    const hurried = { ...billed.deps, config: { ...config, refundPreviewTimeoutMs: 0 } };
    await assert.rejects(previewRefund(hurried, staff(), { chargeId: invoice!.chargeIds[0]! }), {
      code: 'preview-too-slow',
    });
  } finally {
    await billed.close();
  }
});
