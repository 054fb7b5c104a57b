import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { refusalOf, refusalOfSale, storedRefusals } from '../../src/checkout/refusal.rules.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { publicId } from '../../src/shared/public-id.rules.ts';
import { problems, type ProblemCode } from '../../src/shared/problem.ts';
import {
  confirmOn,
  openCheckoutSite,
  ScriptedLineCheck,
  signInOn,
  type CheckoutSite,
} from '../support/checkout-site.ts';
import { makeApiKey } from '../support/factories.ts';
import { apiClient, type ApiClient } from '../support/http-client.ts';
import { PageClient } from '../support/page-client.ts';
import { NOON_IN_TOKYO } from '../support/world.ts';

const accepted = { kind: 'accepted', server: '127.0.0.1:1812' } as const;

interface Sale {
  state: string;
  refusal: string | null;
  refused_at: string | null;
}

describe('why a sale was not bought', () => {
  const lineCheck = new ScriptedLineCheck();
  let site: CheckoutSite;
  let api: ApiClient;
  before(async () => {
    site = await openCheckoutSite(lineCheck);
    const { token } = await makeApiKey(site.world.deps, { companyId: site.key.companyId });
    api = apiClient(site.origin, token);
  });
  after(() => site.close());
  beforeEach(() => {
    site.world.clock.set(NOON_IN_TOKYO);
    lineCheck.outcome = accepted;
  });

  const read = async (id: string) => {
    const { body, text } = await api.get<Sale>(`/v1/charges/${publicId('charge', id)}`);
    const listed = await api.get<{ items: (Sale & { id: string })[] }>('/v1/charges');
    const same = listed.body.items.find((item) => item.id === publicId('charge', id));
    assert.equal(same?.refusal, body.refusal, 'as in the list');
    return { ...body, text };
  };

  it('is null while nobody was refused, and after the purchase', async () => {
    const { id, url } = await site.newCharge();
    assert.equal((await read(id)).refusal, null);
    const { client } = await signInOn(site, url);
    await confirmOn(client, url);
    const bought = await read(id);
    assert.deepEqual([bought.state, bought.refusal, bought.refused_at], ['captured', null, null]);
  });

  it('says that the sign-in was refused, and nothing of who tried', async () => {
    const { id, url } = await site.newCharge();
    const { issuedId } = await site.newSubscriber();
    await new PageClient().submit(url, 'sign-in', { issued_id: issuedId, password: 'wrong' });
    const refused = await read(id);
    assert.deepEqual(
      [refused.state, refused.refusal, refused.refused_at],
      ['pending', 'person-not-proved', NOON_IN_TOKYO.toISOString()],
    );
    assert.equal(refused.text.includes(issuedId), false);
  });

  it('says that the line was not proved or not checked, the last one, and is gone once it is bought', async () => {
    const { id, url } = await site.newCharge();
    lineCheck.outcome = { kind: 'refused', reason: 'rejected' };
    const { client } = await signInOn(site, url);
    await client.get(url);
    assert.equal((await read(id)).refusal, 'line-not-proved');
    lineCheck.outcome = { kind: 'unknown', reason: 'timeout' };
    site.world.clock.advance(60_000);
    await client.get(url);
    const { refusal, refused_at: at } = await read(id);
    assert.deepEqual([refusal, at], ['line-not-checked', site.world.clock.now().toISOString()]);
    lineCheck.outcome = accepted;
    await confirmOn(client, url);
    assert.equal((await read(id)).refusal, null);
  });

  it('says that a limit was reached without the amount, and keeps it when the time runs out', async () => {
    const { id, url } = await site.newCharge();
    const { client, subscriber } = await signInOn(site, url, { monthlyLimitMinor: 1_000n });
    const shown = await client.get(url);
    assert.equal(shown.status, 200);
    const refused = await read(id);
    assert.equal(refused.refusal, 'limit-reached');
    for (const secret of [subscriber.lineId, subscriber.issuedId, '"1000"'])
      assert.equal(refused.text.includes(secret), false, secret);
    site.world.clock.advance(31 * 60_000);
    const over = await read(id);
    assert.deepEqual([over.state, over.refusal], ['expired', 'limit-reached']);
  });

  it('tells who declined from who did not decide', async () => {
    const declined = await site.newCharge();
    await new PageClient().submit(declined.url, 'decline');
    assert.equal((await read(declined.id)).refusal, 'declined');
    const left = await site.newCharge();
    site.world.clock.advance(31 * 60_000);
    const expired = await read(left.id);
    assert.deepEqual([expired.state, expired.refusal], ['expired', 'expired']);
    // To the same instant as the end.
    assert.equal(expired.refused_at, new Date(NOON_IN_TOKYO.getTime() + 30 * 60_000).toISOString());
  });

  it('is one of the values that the table admits', async () => {
    const { id } = await site.newCharge();
    const set = (refusedAs: string, refusedAt: Date | null) =>
      sqlOf(site.world.deps.orm.em.fork())
        .updateTable('checkout')
        .set({ refusedAs: refusedAs as never, refusedAt })
        .where('subjectId', '=', id)
        .execute();
    for (const value of storedRefusals) await set(value, NOON_IN_TOKYO);
    await assert.rejects(set('because', NOON_IN_TOKYO), /checkout_refused_as/);
    await assert.rejects(set('limit-reached', null), /checkout_refused/);
  });
});

describe('refusals', () => {
  it('come of problems that refuse a buyer, and of no others', () => {
    assert.equal(refusalOf('limit-exceeded'), 'limit-reached');
    for (const code of ['order-changed', 'illegal-state', 'checkout-expired'] satisfies ProblemCode[])
      assert.equal(refusalOf(code), undefined);
    const found = new Set((Object.keys(problems) as ProblemCode[]).map(refusalOf));
    assert.deepEqual(found, new Set([undefined, ...storedRefusals]));
  });

  it('are not those of an authorization that ran out', () => {
    const confirmedAt = new Date();
    const last = { refusedAs: 'limit-reached', refusedAt: new Date() } as const;
    assert.deepEqual(refusalOfSale({ state: 'expired', isDeclined: false, confirmedAt }, last), {
      refusal: null,
      refused_at: null,
    });
  });
});
