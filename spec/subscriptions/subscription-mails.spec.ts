import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import type { Deps } from '../../src/deps.ts';
import { endSubscriber } from '../../src/identity/end-subscriber.ts';
import { cancelSubscription } from '../../src/subscriptions/cancel-subscription.ts';
import type { NewSubscription } from '../../src/subscriptions/create-subscription.ts';
import { joinSubscription } from '../../src/subscriptions/join-subscription.ts';
import { keyOf, signedIn, staff } from '../support/actors.ts';
import { makeSale } from '../support/factories.ts';
import { readMails, readMailsOf } from '../support/mailbox.ts';
import { createWorld, type World } from '../support/world.ts';
import { noonOf, offer, renew, renewNightly, subscribe } from './subscribing.ts';

let world: World;
let deps: Deps;
let sale: Awaited<ReturnType<typeof makeSale>>;
beforeEach(async () => {
  world = await createWorld();
  ({ deps } = world);
  world.clock.set(noonOf('2026-03-15'));
  sale = await makeAddressedSale();
});
afterEach(() => world.close());

const db = () => sqlOf(world.deps.orm.em.fork());

/** A sale whose line's holder has an address. */
async function makeAddressedSale() {
  const made = await makeSale(deps);
  const { lineId } = made.line;
  await db()
    .updateTable('line_holder')
    .set({ email: `${lineId}@example.jp` })
    .where('lineId', '=', lineId)
    .execute();
  return made;
}

const started = () => readMailsOf(deps, 'subscription-started');
const cancelled = () => readMailsOf(deps, 'subscription-cancelled');
const firstCharges = () => readMailsOf(deps, 'subscription-first-charge');
const cancelOn = (
  date: string,
  subscriptionId: string,
  actor = staff() as Parameters<typeof cancelSubscription>[1],
) => {
  world.clock.set(noonOf(date));
  return cancelSubscription(deps, actor, { subscriptionId });
};

describe('the mail of a subscription that has started', () => {
  const cases: readonly [what: string, terms: Partial<NewSubscription>, free: boolean, on: string][] = [
    ['whose charge day is to come', { chargeDay: 25 }, false, '2026-03-25'],
    ['whose charge day has come', { chargeDay: 10 }, false, '2026-03-15'],
    ['whose first month is free', { chargeDay: 10, firstMonthFree: true }, true, '2026-04-10'],
    ['whose free month is not over yet', { chargeDay: 31, firstMonthFree: true }, true, '2026-04-30'],
  ];
  for (const [what, terms, isFirstMonthFree, firstChargeOn] of cases) {
    it(`says when one ${what} is charged first`, async () => {
      const { id } = await subscribe(deps, sale, terms);
      const [mail, ...more] = await started();
      assert.deepEqual(more, []);
      assert.deepEqual(mail?.facts, {
        company: { ja: sale.company.name, en: sale.company.nameEn },
        service: { ja: sale.service.name, en: sale.service.nameEn },
        sellerContact: sale.service.sellerTelephone,
        description: '見放題プラン',
        subscriptionNumber: `sb_${id}`,
        buyer: sale.subscriber.displayName,
        amountMinor: 1_100n,
        startedAt: noonOf('2026-03-15'),
        isFirstMonthFree,
        firstChargeOn,
        url: `${deps.config.publicOrigin}/my/subscriptions/sb_${id}`,
      });
      assert.equal(mail?.toAddress, `${sale.line.lineId}@example.jp`);
    });
  }

  it('does not promise the free month again to who comes back', async () => {
    const { id } = await subscribe(deps, sale, { firstMonthFree: true });
    await cancelOn('2026-03-16', id);
    await renew(deps, '2026-03-16');
    await subscribe(deps, sale, { firstMonthFree: true });
    const { isFirstMonthFree, firstChargeOn } = (await started())[1]!.facts;
    assert.deepEqual([isFirstMonthFree, firstChargeOn], [false, '2026-04-10']);
  });

  it('is one, however often and by how many requests at once the joining is confirmed', async () => {
    const { id: subscriptionId } = await offer(deps, sale);
    const join = () => joinSubscription(deps, signedIn(sale.buyer), { subscriptionId });
    await Promise.all(Array.from({ length: 5 }, join));
    await join();
    assert.equal((await started()).length, 1);
  });

  it('is none when the joining is refused, or its transaction fails at the end', async () => {
    const { id: subscriptionId } = await offer(deps, sale);
    const failing = inTransaction(deps, async (tx) => {
      await joinSubscription(tx, signedIn(sale.buyer), { subscriptionId });
      throw new Error('lost');
    });
    await assert.rejects(failing, /lost/);
    await db().updateTable('line').set({ monthlyLimitMinor: 1_099n }).execute();
    const join = joinSubscription(deps, signedIn(sale.buyer), { subscriptionId });
    await assert.rejects(join, { code: 'limit-exceeded' });
    assert.deepEqual(await readMails(deps), []);
  });

  it('is none for a holder without an address, and everything else is done all the same', async () => {
    const other = await makeSale(deps);
    const { id, state } = await subscribe(deps, other, { firstMonthFree: true });
    assert.equal(state, 'active');
    await renewNightly(world, '2026-04-09', '2026-04-10');
    await cancelOn('2026-05-02', id);
    assert.deepEqual(await readMails(deps), []);
  });
});

describe('the mail of a subscription that was cancelled', () => {
  const by = [
    ['subscriber', () => signedIn(sale.buyer)],
    ['company', () => keyOf(sale.company.id)],
    ['support', () => staff()],
  ] as const;
  for (const [who, actor] of by) {
    it(`says that it was the ${who}, and is one`, async () => {
      const { id } = await subscribe(deps, sale, { chargeDay: 25 });
      await cancelOn('2026-03-20', id, actor());
      await cancelOn('2026-03-20', id, actor());
      const [mail, ...more] = await cancelled();
      assert.deepEqual(more, []);
      const { cancelledBy, cancelledAt, lastChargeMonth, usableUntil } = mail!.facts;
      assert.deepEqual(
        [cancelledBy, cancelledAt, lastChargeMonth, usableUntil],
        [who, noonOf('2026-03-20'), '2026-03', '2026-03-31'],
      );
    });
  }

  const nothingMore: readonly [what: string, terms: Partial<NewSubscription>, on: string][] = [
    ['is billed already', { chargeDay: 10 }, '2026-03-20'],
    ['is free as the first', { chargeDay: 25, firstMonthFree: true }, '2026-03-20'],
    ['is free as the last', { chargeDay: 10, lastMonthFree: true }, '2026-04-02'],
  ];
  for (const [what, terms, on] of nothingMore) {
    it(`says that nothing more is charged when the month ${what}`, async () => {
      const { id } = await subscribe(deps, sale, terms);
      await cancelOn(on, id);
      await renewNightly(world, on, on);
      assert.equal((await cancelled())[0]?.facts.lastChargeMonth, null);
      assert.equal((await cancelled()).length, 1, 'the night that ends it tells nothing again');
    });
  }

  it('of one that ends at night with its issued ID or its line says so, to the holder it belonged to', async () => {
    const other = await makeAddressedSale();
    await subscribe(deps, sale, { chargeDay: 25 });
    await subscribe(deps, other, { chargeDay: 25 });
    await endSubscriber(deps, staff(), { issuedId: sale.subscriber.issuedId });
    await db()
      .updateTable('line_holder')
      .set({ validTo: '2026-03-17' })
      .where('lineId', '=', other.line.lineId)
      .execute();
    await db()
      .insertInto('line_holder')
      .values({
        lineId: other.line.lineId,
        validFrom: '2026-03-17',
        holder: '次の契約者',
        email: 'next@example.jp',
        updatedAt: noonOf('2026-03-17'),
      })
      .execute();
    await renewNightly(world, '2026-03-15', '2026-03-18');
    const mails = (await cancelled()).map(({ toAddress, facts }) => {
      return [toAddress, facts.cancelledBy, facts.usableUntil, facts.lastChargeMonth].join(' ');
    });
    assert.deepEqual(mails.sort(), [
      `${sale.line.lineId}@example.jp id-ended 2026-03-15 `,
      `${other.line.lineId}@example.jp line-ended 2026-03-16 `,
    ]);
  });
});

describe('the mail of the first charge after a free month', () => {
  const free = { chargeDay: 10, firstMonthFree: true };

  it('is queued by the night that makes it, once, and by no later one', async () => {
    const { id } = await subscribe(deps, sale, free);
    await renewNightly(world, '2026-04-08', '2026-04-09');
    assert.deepEqual(await firstCharges(), []);
    await renewNightly(world, '2026-04-10', '2026-04-11');
    await renewNightly(world, '2026-05-10', '2026-05-10');
    const [mail, ...more] = await firstCharges();
    assert.deepEqual(more, []);
    assert.deepEqual(mail?.facts, {
      company: { ja: sale.company.name, en: sale.company.nameEn },
      service: { ja: sale.service.name, en: sale.service.nameEn },
      description: '見放題プラン',
      subscriptionNumber: `sb_${id}`,
      amountMinor: 1_100n,
      month: '2026-04',
      chargedOn: '2026-04-10',
      url: `${deps.config.publicOrigin}/my/subscriptions/sb_${id}`,
    });
  });

  it('comes later when the month after the free one was refused, and is one after missed nights', async () => {
    await subscribe(deps, sale, free);
    await db().updateTable('line').set({ monthlyLimitMinor: 1_099n }).execute();
    await renewNightly(world, '2026-04-10', '2026-04-10');
    assert.deepEqual(await firstCharges(), []);
    await db().updateTable('line').set({ monthlyLimitMinor: null }).execute();
    await renewNightly(world, '2026-06-10', '2026-06-10');
    assert.deepEqual(
      (await firstCharges()).map(({ facts }) => facts.month),
      ['2026-05'],
    );
  });

  it('is none without a free month, nor for who has cancelled', async () => {
    const other = await makeAddressedSale();
    await subscribe(deps, sale, { chargeDay: 10 });
    const { id } = await subscribe(deps, other, free);
    await cancelOn('2026-04-02', id);
    await renewNightly(world, '2026-04-02', '2026-05-10');
    assert.deepEqual(await firstCharges(), []);
  });

  it('is one of each when a cut-off run is run again and two run at once, in the language of each holder', async () => {
    const sales = [sale, await makeAddressedSale(), await makeAddressedSale(), await makeAddressedSale()];
    for (const one of sales) await subscribe(deps, one, free);
    const english = { isHolder: true, language: 'en' } as const;
    await db().updateTable('subscriber').set(english).where('id', '=', sale.subscriber.id).execute();
    world.clock.set(noonOf('2026-04-11'));
    const cutOff = renew(deps, '2026-04-10', { chunkSize: 1, cutOffAfterChunks: 2 });
    await assert.rejects(cutOff, /cut off/);
    await Promise.all([1, 3].map((chunkSize) => renew(deps, '2026-04-10', { chunkSize })));
    const mails = (await firstCharges()).map(({ toAddress, language }) => `${toAddress} ${language}`);
    const wanted = sales.map(({ line }) => `${line.lineId}@example.jp ${line === sale.line ? 'en' : 'ja'}`);
    assert.deepEqual(mails.sort(), wanted.sort());
  });
});
