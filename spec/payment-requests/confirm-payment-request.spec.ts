import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { announcePaymentRequests } from '../../src/payment-requests/announce-payment-requests.ts';
import { confirmPaymentRequest } from '../../src/payment-requests/confirm-payment-request.ts';
import {
  createPaymentRequest,
  type NewPaymentRequest,
} from '../../src/payment-requests/create-payment-request.ts';
import { declinePaymentRequest } from '../../src/payment-requests/decline-payment-request.ts';
import { expirePaymentRequests } from '../../src/payment-requests/expire-payment-requests.ts';
import { listOwnPaymentRequests } from '../../src/payment-requests/own-payment-requests.queries.ts';
import { withdrawPaymentRequest } from '../../src/payment-requests/withdraw-payment-request.ts';
import { listEvents } from '../../src/published-events/event.queries.ts';
import { presentEvents } from '../../src/published-events/event.presenter.ts';
import { publishEvents } from '../../src/published-events/publish-events.ts';
import { setPurchaseRule } from '../../src/safeguards/set-purchase-rule.ts';
import { Problem } from '../../src/shared/problem.ts';
import { publicId } from '../../src/shared/public-id.rules.ts';
import { makeHousehold, type Household } from '../purchases/household.ts';
import { job, keyOf, signedIn } from '../support/actors.ts';
import { listBrokenInvariants } from '../support/broken-invariants.ts';
import { makeSale } from '../support/factories.ts';
import { createWorld, NOON_IN_TOKYO, type World } from '../support/world.ts';

const stopping = new AbortController().signal;
const DAY_MS = 24 * 60 * 60_000;

async function codeOf(work: Promise<unknown>) {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

describe('a payment request', () => {
  let world: World;
  let house: Household;
  before(async () => void (world = await createWorld({ LINE_MONTHLY_LIMIT: '10000' })));
  after(() => world.close());
  beforeEach(async () => {
    world.clock.set(NOON_IN_TOKYO);
    house = await makeHousehold(world.deps);
  });

  const query = () => sqlOf(world.deps.orm.em.fork());
  const ask = (over: Partial<NewPaymentRequest> = {}) =>
    createPaymentRequest(world.deps, keyOf(house.company.id), {
      serviceCode: house.service.code,
      amountMinor: 1_800n,
      taxCode: 'standard',
      description: '出張設定サポート',
      toKind: 'line',
      to: house.holder.buyer.lineId,
      ...over,
    });
  const holder = () => signedIn(house.holder.buyer, { isHolder: true });
  const taro = () => signedIn(house.taro.buyer);
  const confirm = (id: string, actor = holder()) => confirmPaymentRequest(world.deps, actor, { id });
  const withdraw = (id: string) => withdrawPaymentRequest(world.deps, keyOf(house.company.id), { id });
  const rowOf = (id: string) =>
    query().selectFrom('payment_request').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const chargesOf = () =>
    query().selectFrom('charge').selectAll().where('companyId', '=', house.company.id).execute();
  const announce = () => announcePaymentRequests(world.deps, job('payment-requests'), { stopping });
  const expire = () => expirePaymentRequests(world.deps, job('payment-requests'), { stopping });
  const mails = () =>
    query().selectFrom('mail').select(['kind', 'dedupeKey']).where('kind', '=', 'payment-request').execute();
  const events = async () => {
    await publishEvents(world.deps, job('publish-events'));
    const actor = keyOf(house.company.id);
    const found = await listEvents(world.deps, actor, { limit: 50 });
    return presentEvents(world.deps, found);
  };

  it('becomes one captured charge of the addressee, linked to it, and the books hold', async () => {
    const request = await ask({ reference: 'visit-1' });
    const charge = await confirm(request.id);
    assert.deepEqual(
      [charge.state, charge.capturedMinor, charge.reference, charge.subscriberId],
      ['captured', 1_800n, 'visit-1', house.holder.buyer.subscriberId],
    );
    const row = await rowOf(request.id);
    assert.deepEqual([row.state, row.chargeId, row.openUntil], ['confirmed', charge.id, null]);
    const published = (await events()).filter(({ type }) => type.startsWith('payment-request.'));
    assert.deepEqual(
      published.map(({ type, data: { object } }) => [type, object['id'], object['charge'], object['amount']]),
      [
        [
          'payment-request.confirmed',
          publicId('payment-request', request.id),
          publicId('charge', charge.id),
          1_800,
        ],
      ],
    );
    assert.ok(!JSON.stringify(published).includes(house.holder.buyer.lineId));
    assert.deepEqual(await listBrokenInvariants(world.deps), []);
  });

  it('is one charge, however often and at once it is confirmed', async () => {
    const { id } = await ask();
    const charges = await Promise.all(Array.from({ length: 6 }, () => confirm(id)));
    assert.equal(new Set(charges.map((charge) => charge.id)).size, 1);
    assert.equal((await chargesOf()).length, 1);
    assert.equal(await codeOf(confirm(id, taro())), 'illegal-state');
  });

  it('is won by a withdrawal or by a confirmation, never by both', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { id } = await ask();
      const before = (await chargesOf()).length;
      const work = [() => codeOf(confirm(id)), () => codeOf(withdraw(id))];
      const first = round % 2;
      const outcomes = await Promise.all([work[first]!(), work[1 - first]!()]);
      assert.equal(outcomes.filter((outcome) => outcome === 'done').length, 1);
      const { state, chargeId } = await rowOf(id);
      assert.equal((await chargesOf()).length - before, state === 'confirmed' ? 1 : 0);
      assert.equal(chargeId !== null, state === 'confirmed');
    }
  });

  it('stays open and charges nothing when the transaction ends half-way', async () => {
    const { id } = await ask();
    // The last statement of the confirmation is refused, as by a server that dies there.
    await query()
      .insertInto('payment_request')
      .values({
        ...(await rowOf(id)),
        id: world.deps.ids.next(),
      })
      .execute();
    const failing = { ...world.deps, ids: { next: () => id } };
    await assert.rejects(confirmPaymentRequest(failing, holder(), { id }));
    assert.deepEqual([(await rowOf(id)).state, (await chargesOf()).length], ['pending', 0]);
    assert.equal(await codeOf(confirm(id)), 'done');
  });

  it('is found by those to whom it is addressed alone', async () => {
    const stranger = signedIn((await makeSale(world.deps)).buyer);
    const { id } = await ask();
    assert.equal(await codeOf(confirm(id, stranger)), 'payment-request-not-found');
    assert.equal(
      await codeOf(declinePaymentRequest(world.deps, stranger, { id })),
      'payment-request-not-found',
    );
    const { issuedId } = await query()
      .selectFrom('subscriber')
      .select('issuedId')
      .where('id', '=', house.taro.buyer.subscriberId)
      .executeTakeFirstOrThrow();
    await query()
      .updateTable('payment_request')
      .set({ subscriberId: house.taro.buyer.subscriberId })
      .where('id', '=', id)
      .execute();
    assert.ok(issuedId);
    assert.equal(await codeOf(confirm(id, holder())), 'payment-request-not-found');
    assert.equal(await codeOf(confirm(id, taro())), 'done');
  });

  it('is refused above the limit of the line, and stays open', async () => {
    const { id } = await ask({ amountMinor: 4_900n });
    await house.use(house.holder, 3_800n);
    await house.use(house.holder, 3_700n);
    assert.equal(await codeOf(confirm(id)), 'limit-exceeded');
    assert.equal((await rowOf(id)).state, 'pending');
  });

  it('says that it was declined, and cannot be confirmed then', async () => {
    const { id } = await ask();
    await declinePaymentRequest(world.deps, taro(), { id });
    await declinePaymentRequest(world.deps, taro(), { id });
    assert.equal((await rowOf(id)).state, 'declined');
    assert.equal(await codeOf(confirm(id)), 'illegal-state');
    const types = (await events()).map(({ type }) => type);
    assert.equal(types.filter((type) => type === 'payment-request.declined').length, 1);
  });

  it('is on the page of its addressee however many others were withdrawn after it', async () => {
    const { id } = await ask();
    for (let sent = 0; sent < 100; sent += 1) await withdraw((await ask()).id);
    const shown = await listOwnPaymentRequests(world.deps, holder());
    assert.equal(shown.length, 100);
    assert.equal(shown.at(-1)?.id, id, 'the oldest');
  });

  it('is not shown or mailed when the line blocks the company, and stays open for the company', async () => {
    const { company } = house;
    const rule = { kind: 'block', subscriberId: null, companyId: company.id, serviceId: null } as const;
    const { id } = await ask();
    assert.equal((await listOwnPaymentRequests(world.deps, holder())).length, 1);
    await setPurchaseRule(world.deps, holder(), { ...rule, inForce: true });
    const before = (await mails()).length;
    await announce();
    assert.equal((await mails()).length, before);
    assert.deepEqual(await listOwnPaymentRequests(world.deps, holder()), []);
    assert.equal((await rowOf(id)).state, 'pending');
    assert.equal(await codeOf(confirm(id)), 'company-blocked');
    world.clock.advance(8 * DAY_MS);
    await expire();
    assert.equal((await rowOf(id)).state, 'expired');
  });

  it('is mailed once to the holder, three a day from one company, and to nobody for nobody', async () => {
    await query()
      .updateTable('line_holder')
      .set({ email: 'hanako@mail.example' })
      .where('lineId', '=', house.holder.buyer.lineId)
      .execute();
    const before = (await mails()).length;
    await ask({ to: 'CAF9999999999' });
    await ask();
    await ask();
    await Promise.all([announce(), announce()]);
    await announce();
    assert.equal((await mails()).length - before, 2);
    const third = await ask();
    await announce();
    await withdraw(third.id);
    await ask();
    await announce();
    assert.equal((await mails()).length - before, 3);
  });

  it('expires once, with its event at the instant at which it ran out, to nobody too', async () => {
    const [known, unknown] = [await ask({ days: 1 }), await ask({ days: 1, to: 'CAF9999999999' })];
    world.clock.advance(DAY_MS);
    assert.equal(await codeOf(confirm(known.id)), 'checkout-expired');
    world.clock.advance(5 * 60_000);
    await Promise.all([expire(), expire()]);
    await expire();
    for (const { id, openUntil } of [known, unknown]) {
      const row = await rowOf(id);
      assert.deepEqual([row.state, row.endedAt], ['expired', openUntil]);
    }
    const expired = (await events()).filter(({ type }) => type === 'payment-request.expired');
    assert.deepEqual(
      expired.map(({ occurred_at }) => occurred_at),
      [known, unknown].map(({ openUntil }) => openUntil?.toISOString()),
    );
  });

  it('does not go to the next holder of the line', async () => {
    const { id } = await ask();
    const next = signedIn({ ...house.holder.buyer, holderFrom: '2026-05-10' }, { isHolder: true });
    assert.equal(await codeOf(confirm(id, next)), 'payment-request-not-found');
    assert.deepEqual(await listOwnPaymentRequests(world.deps, next), []);
  });

  it('is sent once from one page, however often it is posted', async () => {
    const formKey = world.deps.ids.next();
    const sent = await Promise.all(Array.from({ length: 4 }, () => ask({ formKey })));
    assert.equal(new Set(sent.map(({ id }) => id)).size, 1);
  });

  it('does not change once it is decided, also not by hand', async () => {
    const { id } = await ask();
    await withdraw(id);
    const change = (to: object) =>
      query().updateTable('payment_request').set(to).where('id', '=', id).execute();
    await assert.rejects(change({ state: 'pending', endedAt: null, openUntil: NOON_IN_TOKYO }));
    await assert.rejects(change({ amountMinor: 1n }));
    await assert.rejects(query().deleteFrom('payment_request').where('id', '=', id).execute());
  });
});
