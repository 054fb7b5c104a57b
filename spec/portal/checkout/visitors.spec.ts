import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import {
  openCheckoutSite,
  PASSWORD,
  ScriptedLineCheck,
  type CheckoutSite,
} from '../../support/checkout-site.ts';
import { countRows } from '../../support/api-world.ts';
import { formToken, PageClient } from '../../support/page-client.ts';
import { NOON_IN_TOKYO } from '../../support/world.ts';

const FORM_COOKIE = 'tabane.form';
const SESSION_COOKIE = 'tabane.session';

describe('a visitor of the checkout who is not signed in', () => {
  let site: CheckoutSite;
  before(async () => void (site = await openCheckoutSite(new ScriptedLineCheck())));
  after(() => site.close());
  beforeEach(() => site.world.clock.set(NOON_IN_TOKYO));

  const sessions = () => countRows(site.world.deps, 'session');

  it('leaves nothing in the database by looking, in whatever way and however often', async () => {
    const { url } = await site.newCharge();
    const atFirst = await sessions();
    const known = new PageClient();
    for (let time = 1; time <= 3; time += 1) {
      await known.get(url);
      await new PageClient().get(url);
    }
    await known.get(`${url}?lang=en`);
    await known.get(`${url}/sign-in`);
    assert.equal((await fetch(url, { method: 'HEAD' })).status, 200);
    const invented = new PageClient();
    invented.cookies.set(SESSION_COOKIE, 'A'.repeat(43));
    await invented.get(url);
    assert.equal(await sessions(), atFirst);
  });

  it('leaves nothing by a form that signs nobody in', async () => {
    const [declined, refused] = [await site.newCharge(), await site.newCharge()];
    const atFirst = await sessions();
    const client = new PageClient();
    assert.equal(
      (await client.submit(refused.url, 'sign-in', { issued_id: 'F00000000000', password: 'x' })).status,
      401,
    );
    assert.equal((await client.submit(refused.url, 'confirm')).status, 303);
    assert.equal((await client.submit(refused.url, 'sign-out')).status, 303);
    assert.equal((await client.submit(declined.url, 'decline')).status, 303);
    assert.equal((await client.post(`${refused.url}/decline`, { form_token: 'forged' })).status, 403);
    assert.equal(await sessions(), atFirst);
  });

  it('has a cookie that no script reads, that ends with the browser, and that stays the same', async () => {
    const { url } = await site.newCharge();
    const client = new PageClient();
    const { headers } = await client.get(url);
    const [cookie = '', ...more] = headers.getSetCookie();
    assert.match(cookie, /^tabane\.form=[\w-]{32}; path=\/; samesite=lax; httponly$/);
    assert.deepEqual(more, []);
    assert.deepEqual((await client.get(url)).headers.getSetCookie(), []);
  });

  it('has one token for all tabs, which is not the cookie', async () => {
    const [first, second] = [await site.newCharge(), await site.newCharge()];
    const client = new PageClient();
    const token = formToken((await client.get(first.url)).text);
    assert.equal(formToken((await client.get(second.url)).text), token);
    assert.notEqual(token, client.cookies.get(FORM_COOKIE));
    assert.equal((await client.post(`${first.url}/decline`, { form_token: token })).status, 303);
  });

  it('cannot post a form without the cookie, with that of another, or with a token made from it by hand', async () => {
    const { url } = await site.newCharge();
    const client = new PageClient();
    const token = formToken((await client.get(url)).text);
    const other = new PageClient();
    await other.get(url);
    const invented = new PageClient();
    invented.cookies.set(FORM_COOKIE, 'A'.repeat(32));
    for (const [who, given] of [
      [new PageClient(), token],
      [other, token],
      [invented, 'A'.repeat(32)],
      [client, client.cookies.get(FORM_COOKIE) ?? ''],
      [client, ''],
    ] as const) {
      assert.equal((await who.post(`${url}/decline`, { form_token: given })).status, 403);
    }
  });

  it('loses a cookie that opens no session, and keeps the language chosen', async () => {
    const { url } = await site.newCharge();
    const client = new PageClient();
    client.cookies.set(SESSION_COOKIE, 'A'.repeat(43));
    await client.get(`${url}?lang=en`);
    assert.deepEqual([...client.cookies.keys()].toSorted(), [FORM_COOKIE, 'tabane.lang']);
  });

  it('is given no cookie by pages without a form', async () => {
    for (const path of [
      '/',
      '/docs',
      '/problems',
      '/problems/not-found',
      '/nowhere',
      '/checkout/a/b',
      '/assets/x',
    ]) {
      const reply = await new PageClient({ accept: 'text/html' }).get(`${site.origin}${path}`);
      assert.deepEqual(reply.headers.getSetCookie(), [], path);
    }
  });

  it('is planted no session: what was known before the sign-in opens nothing after it', async () => {
    const { url } = await site.newCharge();
    const { issuedId } = await site.newSubscriber();
    const [victim, attacker] = [new PageClient(), new PageClient()];
    const { text } = await attacker.get(url);
    // The attacker's cookies, put into the victim's browser.
    for (const [name, value] of attacker.cookies) victim.cookies.set(name, value);
    victim.cookies.set(SESSION_COOKIE, 'B'.repeat(43));
    attacker.cookies.set(SESSION_COOKIE, 'B'.repeat(43));
    const fields = { form_token: formToken(text), issued_id: issuedId, password: PASSWORD };
    assert.equal((await victim.post(`${url}/sign-in`, fields)).status, 303);
    assert.ok((await attacker.get(url)).text.includes('name="password"'));
    const confirmed = await victim.post(`${url}/confirm`, { form_token: formToken(text) });
    assert.equal(confirmed.status, 403, 'the token from before the sign-in is worth nothing after it');
  });
});

it('has cookies bound to the host by their names, and sent over TLS alone, where the public origin is https', async () => {
  const site = await openCheckoutSite(new ScriptedLineCheck(), {
    PUBLIC_ORIGIN: 'https://pay.carrier.example',
  });
  try {
    const { url } = await site.newCharge();
    const page = `${site.origin}${new URL(url).pathname}`;
    const { issuedId } = await site.newSubscriber();
    const client = new PageClient();
    const shown = await client.get(`${page}?lang=ja`);
    const fields = { form_token: formToken(shown.text), issued_id: issuedId, password: PASSWORD };
    const signedIn = await client.post(`${page}/sign-in`, fields);
    assert.equal(signedIn.status, 303);
    const set = [...shown.headers.getSetCookie(), ...signedIn.headers.getSetCookie()];
    for (const cookie of set) {
      assert.match(cookie, /^__Host-tabane\.(?:form|lang|session)=/);
      assert.match(cookie, /; path=\/;.*samesite=lax/);
      for (const attribute of [/; secure/, /; httponly/]) assert.match(cookie, attribute);
      assert.doesNotMatch(cookie, /domain=/i);
    }
    assert.deepEqual([...client.cookies.keys()].toSorted(), [
      '__Host-tabane.form',
      '__Host-tabane.lang',
      '__Host-tabane.session',
    ]);
    assert.equal((await client.get(page)).status, 200);
  } finally {
    await site.close();
  }
});
