import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import { closePeriods } from '../../src/invoices/close-periods.ts';
import { queueNotices } from '../../src/safeguards/queue-notices.ts';
import {
  findSpendingNotices,
  setSpendingNotices,
  type SpendingNotices,
} from '../../src/safeguards/set-spending-notices.ts';
import { addDays } from '../../src/shared/calendar.rules.ts';
import { SellingTerms, tokyo } from '../charges/selling.ts';
import { subscribe, renewNightly } from '../subscriptions/subscribing.ts';
import { signedIn } from '../support/actors.ts';
import { makeSale } from '../support/factories.ts';
import { readMails, readMailsOf } from '../support/mailbox.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let seller: SellingTerms;
beforeEach(async () => {
  world = await createWorld();
  world.clock.set(tokyo('2026-05-30'));
  seller = await makeSeller();
});
afterEach(() => world.close());

/** A sale whose line's holder has an address. */
async function makeSeller() {
  const sale = await makeSale(world.deps);
  await sqlOf(world.deps.orm.em.fork())
    .updateTable('line_holder')
    .set({ email: `${sale.line.lineId}@example.jp` })
    .where('lineId', '=', sale.line.lineId)
    .execute();
  return new SellingTerms(world, sale);
}

const want = (over: Partial<SpendingNotices>, { sale } = seller) => {
  const holder = signedIn(sale.buyer, { isHolder: true });
  return setSpendingNotices(world.deps, holder, { amounts: [], everyPurchase: false, ...over });
};
let nights = 0;
/** The night after a business date. */
async function night(businessDate: string, chunkSize?: number): Promise<void> {
  nights += 1;
  const now = world.clock.now();
  world.clock.set(tokyo(addDays(businessDate, 1), '02:00'));
  const run = { job: `notices-${nights}`, businessDate };
  await executeRun(world.deps, chunkSize === undefined ? run : { ...run, chunkSize }, queueNotices);
  world.clock.set(now);
}
const notices = async () =>
  (await readMailsOf(world.deps, 'limit-notice')).map(({ facts, toAddress }) => {
    return [toAddress, facts.noticeMinor, facts.spentMinor, facts.until];
  });
const address = () => `${seller.sale.line.lineId}@example.jp`;

describe('an amount that the holder chose', () => {
  it('is mailed with the purchase on the checkout page that reaches it, once a period', async () => {
    await want({ amounts: [5_000n, 3_000n] });
    await seller.authorize(2_999n, { automaticCapture: true });
    assert.deepEqual(await notices(), []);
    await seller.authorize(1n, { automaticCapture: true });
    await seller.authorize(1n, { automaticCapture: true });
    assert.deepEqual(await notices(), [[address(), 3_000n, 3_000n, '2026-05-31']]);
    await seller.authorize(1_999n, { automaticCapture: true });
    assert.deepEqual((await notices()).at(-1), [address(), 5_000n, 5_000n, '2026-05-31']);
  });

  it('is found at night when uses have reached it, and a repeated night finds nothing', async () => {
    await want({ amounts: [3_000n] });
    await seller.use(3_400n);
    assert.deepEqual(await notices(), [], 'the intake queues nothing');
    await night('2026-05-30');
    await night('2026-05-30');
    assert.deepEqual(await notices(), [[address(), 3_000n, 3_400n, '2026-05-31']]);
  });

  it('comes again in the next billing period', async () => {
    await want({ amounts: [3_000n] });
    await seller.use(3_000n);
    await night('2026-05-30');
    world.clock.set(tokyo('2026-06-02'));
    await seller.use(3_100n);
    await night('2026-06-02');
    assert.deepEqual(
      (await notices()).map(([, , spent, until]) => [spent, until]),
      [
        [3_000n, '2026-05-31'],
        [3_100n, '2026-06-30'],
      ],
    );
  });

  it('is not told of a period that has closed', async () => {
    await seller.use(3_000n);
    world.clock.set(tokyo('2026-06-01', '00:40'));
    await executeRun(world.deps, { job: 'close-periods', businessDate: '2026-05-31' }, closePeriods);
    await want({ amounts: [3_000n] });
    await night('2026-05-31');
    assert.deepEqual(await notices(), []);
  });

  it('is found for every line, however small the chunks', async () => {
    const sellers = [seller, await makeSeller(), await makeSeller()];
    for (const one of sellers) {
      await want({ amounts: [100n, 200n, 300n] }, one);
      await one.use(250n);
    }
    await night('2026-05-30', 2);
    assert.equal((await notices()).length, 6);
  });

  it('that is set again, or taken back and set, is still sent once', async () => {
    await want({ amounts: [3_000n] });
    await seller.use(3_000n);
    await night('2026-05-30');
    await want({ amounts: [] });
    await want({ amounts: [3_000n] });
    await night('2026-05-30');
    assert.equal((await notices()).length, 1);
  });

  for (const [what, amounts] of [
    ['more than five', [1n, 2n, 3n, 4n, 5n, 6n]],
    ['nothing', [0n]],
    ['less than nothing', [-1n]],
  ] as const) {
    it(`is refused when it is ${what}`, async () => {
      await assert.rejects(want({ amounts }), { code: 'invalid-request' });
    });
  }

  it('is kept once and in order', async () => {
    await want({ amounts: [5n, 3n, 5n], everyPurchase: true });
    const { lineId, holderFrom } = seller.sale.buyer;
    const kept = await findSpendingNotices(world.deps, { lineId, holderFrom });
    assert.deepEqual(kept, { amounts: [3n, 5n], everyPurchase: true });
  });
});

describe('a mail at every purchase', () => {
  it('is a receipt for what the checkout sold, captured or held', async () => {
    await seller.authorize(700n, { automaticCapture: true });
    await want({ everyPurchase: true });
    const { id } = await seller.authorize(800n);
    await seller.authorize(900n, { automaticCapture: true });
    const receipts = await readMailsOf(world.deps, 'purchase-receipt');
    assert.deepEqual(
      receipts.map(({ facts }) => [facts.amountMinor, facts.invoiceMonth, facts.taxPercent]),
      [
        [800n, null, 10],
        [900n, '2026-05', 10],
      ],
    );
    assert.equal(receipts[0]?.facts.receiptNumber, `ch_${id}`);
    assert.equal(receipts[0]?.facts.buyer, seller.sale.subscriber.displayName);
  });

  it('is one a day for uses and months, with a late use on the day it came', async () => {
    await want({ everyPurchase: true });
    await subscribe(world.deps, seller.sale, { chargeDay: 25 });
    await seller.use(250n);
    await seller.use(330n, { occurredAt: tokyo('2026-05-02') });
    await seller.authorize(5n, { automaticCapture: true });
    world.clock.set(tokyo('2026-05-31', '01:00'));
    await seller.use(1n);
    await night('2026-05-30');
    await night('2026-05-30');
    const [digest, ...more] = await readMailsOf(world.deps, 'purchases-of-day');
    assert.deepEqual(more, []);
    assert.deepEqual([digest?.facts.purchaseCount, digest?.facts.totalMinor], [3, 1_680n]);
    assert.match(String(digest?.facts.list), /楽曲1曲 \/ 250円/);
    assert.equal(digest?.facts.day, '2026-05-30');
  });

  it('has a month on the day that it was charged for, in whichever night', async () => {
    await want({ everyPurchase: true });
    await subscribe(world.deps, seller.sale, { chargeDay: 31 });
    await renewNightly(world, '2026-05-31', '2026-05-31');
    await night('2026-05-31');
    assert.equal((await readMailsOf(world.deps, 'purchases-of-day'))[0]?.facts.totalMinor, 1_100n);
  });

  it('is none when nothing was bought, nor for a holder without an address', async () => {
    await want({ everyPurchase: true, amounts: [1n] });
    await night('2026-05-29');
    await sqlOf(world.deps.orm.em.fork()).updateTable('line_holder').set({ email: null }).execute();
    await seller.authorize(900n, { automaticCapture: true });
    await seller.use(250n);
    await night('2026-05-30');
    const kinds = (await readMails(world.deps)).map(({ kind }) => kind);
    assert.deepEqual(kinds, ['limit-changed'], 'only that notices were changed');
  });
});
