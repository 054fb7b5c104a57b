import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { setPassword } from '../../src/identity/set-password.ts';
import {
  openCheckoutSite,
  PASSWORD,
  ScriptedLineCheck,
  signInOn,
  type CheckoutSite,
} from '../support/checkout-site.ts';
import { formToken, PageClient } from '../support/page-client.ts';
import { NOON_IN_TOKYO } from '../support/world.ts';
import { staff } from '../support/actors.ts';

const MINUTE = 60_000;
const COOKIE = 'tabane.session';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const isAskedToSignIn = async (client: PageClient, url: string) =>
  (await client.get(url)).text.includes('name="password"');

describe('session of a browser', () => {
  let site: CheckoutSite;
  before(async () => void (site = await openCheckoutSite(new ScriptedLineCheck())));
  after(() => site.close());
  beforeEach(() => site.world.clock.set(NOON_IN_TOKYO));

  const sql = () => sqlOf(site.world.deps.orm.em.fork());
  const sessionRow = (key: string | undefined) =>
    sql()
      .selectFrom('session')
      .selectAll()
      .where('idHash', '=', sha256(key ?? ''))
      .executeTakeFirst();
  const signedIn = async () => {
    const { url } = await site.newCharge();
    const subscriber = await site.newSubscriber();
    const client = new PageClient();
    await client.submit(url, 'sign-in', { issued_id: subscriber.issuedId, password: PASSWORD });
    return { client, url, subscriber };
  };

  it('is a cookie that scripts cannot read and other sites do not send, and ends with the browser', async () => {
    const { url } = await site.newCharge();
    const { reply } = await signInOn(site, url);
    const [cookie = ''] = reply.headers.getSetCookie();
    assert.match(cookie, /^tabane\.session=[\w-]{43}; path=\/; samesite=lax; httponly$/);
  });

  it('is stored under the hash of the cookie, never the cookie itself', async () => {
    const { client } = await signedIn();
    const key = client.cookies.get(COOKIE) ?? '';
    assert.ok(await sessionRow(key));
    const rows = await sql().selectFrom('session').selectAll().execute();
    assert.equal(JSON.stringify(rows).includes(key), false);
  });

  it('gets a new key with the sign-in and with the sign-out, and the old keys are invalid', async () => {
    const { url } = await site.newCharge();
    const subscriber = await site.newSubscriber();
    const client = new PageClient();
    const { text } = await client.get(url);
    const planted = client.cookies.get(COOKIE);
    const fields = { issued_id: subscriber.issuedId, password: PASSWORD };
    await client.post(`${url}/sign-in`, { form_token: formToken(text), ...fields });
    const key = client.cookies.get(COOKIE);
    assert.notEqual(key, planted);
    assert.equal(await sessionRow(planted), undefined);
    await client.submit(url, 'sign-out');
    assert.notEqual(client.cookies.get(COOKIE), key);
    const thief = new PageClient();
    thief.cookies.set(COOKIE, key ?? '');
    assert.equal(await isAskedToSignIn(thief, url), true);
  });

  it('gets a new form token with the sign-in', async () => {
    const { url } = await site.newCharge();
    const { issuedId } = await site.newSubscriber();
    const client = new PageClient();
    const { text } = await client.get(url);
    const fields = { form_token: formToken(text), issued_id: issuedId, password: PASSWORD };
    await client.post(`${url}/sign-in`, fields);
    assert.notEqual(formToken((await client.get(url)).text), formToken(text));
  });

  it('ends half an hour after the last request, not the first', async () => {
    const { client, url: first } = await signedIn();
    const key = client.cookies.get(COOKIE);
    site.world.clock.advance(29 * MINUTE);
    assert.equal(await isAskedToSignIn(client, first), false);
    site.world.clock.advance(29 * MINUTE);
    const { url } = await site.newCharge();
    assert.equal(await isAskedToSignIn(client, url), false);
    site.world.clock.advance(30 * MINUTE);
    const { url: later } = await site.newCharge();
    assert.equal(await isAskedToSignIn(client, later), true);
    assert.notEqual(client.cookies.get(COOKIE), key);
  });

  it('still ends with the browser after long use', async () => {
    const { client, url } = await signedIn();
    for (let time = 1; time <= 3; time += 1) {
      site.world.clock.advance(5 * MINUTE);
      const [cookie = ''] = (await client.get(url)).headers.getSetCookie();
      assert.doesNotMatch(cookie, /expires|max-age/i);
    }
  });

  it('ends when the password is changed', async () => {
    const { client, url, subscriber } = await signedIn();
    assert.equal(await isAskedToSignIn(client, url), false);
    await setPassword(site.world.deps, staff(), { issuedId: subscriber.issuedId, password: 'another-one' });
    assert.equal(await isAskedToSignIn(client, url), true);
  });

  it('is not created from an invented cookie', async () => {
    const { url } = await site.newCharge();
    const client = new PageClient();
    client.cookies.set(COOKIE, 'A'.repeat(43));
    await client.get(url);
    assert.notEqual(client.cookies.get(COOKIE), 'A'.repeat(43));
  });

  it('ends eight hours after its start, even if it is in use', async () => {
    const { client } = await signedIn();
    const key = client.cookies.get(COOKIE);
    let lastUrl = '';
    for (let minute = 0; minute < 8 * 60 - 20; minute += 20) {
      site.world.clock.advance(20 * MINUTE);
      ({ url: lastUrl } = await site.newCharge());
      assert.equal(await isAskedToSignIn(client, lastUrl), false, `after ${minute + 20} minutes`);
    }
    site.world.clock.advance(20 * MINUTE - 1);
    assert.equal(await isAskedToSignIn(client, lastUrl), false);
    assert.ok(
      Number((await sessionRow(key))?.expiresAt) <= site.world.clock.now().getTime() + 1,
      'not prolonged past it',
    );
    site.world.clock.advance(1);
    assert.equal(await isAskedToSignIn(client, lastUrl), true);
    assert.equal(client.cookies.get(COOKIE), undefined);
  });

  it('has ended when it has no start, or when its row outlives its end', async () => {
    for (const startedAt of [undefined, 'yesterday', NOON_IN_TOKYO.getTime() - 8 * 60 * MINUTE]) {
      const { client, url } = await signedIn();
      const idHash = sha256(client.cookies.get(COOKIE) ?? '');
      const { content } = (await sessionRow(client.cookies.get(COOKIE)))!;
      const altered = { ...content, startedAt };
      await sql().updateTable('session').set({ content: altered }).where('idHash', '=', idHash).execute();
      assert.equal(await isAskedToSignIn(client, url), true, String(startedAt));
    }
  });

  it('restarts its eight hours only with another sign-in', async () => {
    const { client, url, subscriber } = await signedIn();
    const startOf = async () => (await sessionRow(client.cookies.get(COOKIE)))?.content['startedAt'];
    const first = await startOf();
    site.world.clock.advance(10 * MINUTE);
    await client.get(url);
    assert.equal(await startOf(), first);
    await client.submit(url, 'sign-in', { issued_id: subscriber.issuedId, password: PASSWORD });
    assert.equal(await startOf(), Number(first) + 10 * MINUTE);
  });

  it('is removed, row and cookie, by the sign-out', async () => {
    const { client, url } = await signedIn();
    const key = client.cookies.get(COOKIE);
    assert.equal((await client.submit(url, 'sign-out')).status, 303);
    assert.deepEqual([client.cookies.get(COOKIE), await sessionRow(key)], [undefined, undefined]);
  });
});
