import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { checkoutUrl } from '../../../src/checkout/checkout-seal.rules.ts';
import { publicId } from '../../../src/shared/public-id.rules.ts';
import {
  openCheckoutSite,
  PASSWORD,
  readCharge,
  ScriptedLineCheck,
  signInOn,
  type CheckoutSite,
} from '../../support/checkout-site.ts';
import { formToken, PageClient } from '../../support/page-client.ts';
import { NOON_IN_TOKYO } from '../../support/world.ts';

/** A page without what is new each time: the ID, the token and the challenge for a passkey. */
const plain = (text: string) =>
  text.replaceAll(/F\d{11}|form_token" value="[^"]*"|challenge&quot;:&quot;[\w-]+/g, '');
const sealOf = (url: string) => url.split('/').at(-1) ?? '';
const languageOf = async (client: PageClient, address: string) =>
  /<html lang="(\w+)">/.exec((await client.get(address)).text)?.[1];

describe('checkout forms and answers', () => {
  let site: CheckoutSite;
  before(async () => void (site = await openCheckoutSite(new ScriptedLineCheck())));
  after(() => site.close());
  beforeEach(() => site.world.clock.set(NOON_IN_TOKYO));

  const signedIn = (url: string) => signInOn(site, url);
  const chargeOf = (id: string) => readCharge(site, id);

  /** A confirmation posted with these headers and fields in place of the right ones. */
  const forged = async (headers: Record<string, string>, fields: Record<string, string> = {}) => {
    const { id, url } = await site.newCharge();
    const { client } = await signedIn(url);
    const { text } = await client.get(url);
    const reply = await client.post(`${url}/confirm`, { form_token: formToken(text), ...fields }, headers);
    return { reply, state: (await chargeOf(id)).state };
  };

  describe('sign-in form', () => {
    it('says the same for an unknown ID and a wrong password, keeps the ID and not the password', async () => {
      const { url } = await site.newCharge();
      const { issuedId } = await site.newSubscriber();
      const client = new PageClient();
      const wrong = await client.submit(url, 'sign-in', { issued_id: issuedId, password: 'wrong-secret' });
      const unknown = await client.submit(url, 'sign-in', {
        issued_id: 'F00000000000',
        password: 'wrong-secret',
      });
      assert.deepEqual([wrong.status, unknown.status], [401, 401]);
      assert.equal(plain(wrong.text), plain(unknown.text));
      assert.ok(wrong.text.includes(`value="${issuedId}"`));
      assert.equal(wrong.text.includes('wrong-secret'), false);
      assert.match(wrong.text, /role="alert" tabindex="-1" autofocus/);
      assert.match(wrong.text, /aria-describedby="issued-id-hint notice" aria-invalid="true"/);
    });

    it('says at the field what is missing or mistyped, keeps the ID, and counts no failure', async () => {
      const { url } = await site.newCharge();
      const { issuedId } = await site.newSubscriber();
      const client = new PageClient();
      const empty = await client.submit(url, 'sign-in');
      assert.equal(empty.status, 422);
      assert.match(empty.text, /id="issued-id-error" role="alert"/);
      assert.match(empty.text, /<title>エラー/);
      const mistyped = `${issuedId.slice(0, -1)}${(Number(issuedId.at(-1)) + 1) % 10}`;
      for (let time = 1; time <= 6; time += 1) {
        const reply = await client.submit(url, 'sign-in', { issued_id: mistyped, password: PASSWORD });
        assert.equal(reply.status, 422);
        assert.ok(reply.text.includes('発行IDに打ち間違いがあります'));
        assert.ok(reply.text.includes(`value="${mistyped}"`));
      }
      const right = await client.submit(url, 'sign-in', { issued_id: issuedId, password: PASSWORD });
      assert.equal(right.status, 303);
    });

    it('says how many tries are left, the same for an ID that does not exist', async () => {
      const { url } = await site.newCharge();
      const { issuedId } = await site.newSubscriber();
      const client = new PageClient();
      for (const typed of [issuedId, 'F44444444445']) {
        for (const left of [4, 3, 2, 1]) {
          const { text } = await client.submit(url, 'sign-in', { issued_id: typed, password: 'wrong' });
          assert.ok(text.includes(`あと${left}回続けて間違えると`), `${left}`);
        }
        const { text } = await client.submit(url, 'sign-in', { issued_id: typed, password: 'wrong' });
        assert.ok(text.includes('15分間ログインできません'));
      }
    });

    it('reads ID and password from its body alone, never from the address', async () => {
      const { url } = await site.newCharge();
      const { issuedId } = await site.newSubscriber();
      const client = new PageClient();
      const { text } = await client.get(url);
      const query = new URLSearchParams({ issued_id: issuedId, password: PASSWORD }).toString();
      for (const fields of [
        {},
        { issued_id: issuedId },
        { password: PASSWORD },
        { issued_id: '', password: '' },
      ]) {
        const form = { form_token: formToken(text), ...fields };
        assert.equal((await client.post(`${url}/sign-in?${query}`, form)).status, 422);
      }
      const token = new URLSearchParams({ form_token: formToken(text) }).toString();
      const inQuery = await client.post(`${url}/sign-in?${token}`, {
        issued_id: issuedId,
        password: PASSWORD,
      });
      assert.equal(inQuery.status, 403);
      assert.ok((await client.get(`${url}?${query}`)).text.includes('name="password"'));
    });

    it('takes no field twice, as a list, or as an object', async () => {
      const { url } = await site.newCharge();
      const { issuedId } = await site.newSubscriber();
      const client = new PageClient();
      const token = encodeURIComponent(formToken((await client.get(url)).text));
      for (const body of [
        `issued_id=${issuedId}&issued_id=F1&password=${PASSWORD}`,
        `issued_id=${issuedId}&password=${PASSWORD}&password=x`,
        `issued_id[]=${issuedId}&password[]=${PASSWORD}`,
        `issued_id[a]=${issuedId}&password[a]=${PASSWORD}`,
      ]) {
        const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
        const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' };
        const init = { method: 'POST', body: `form_token=${token}&${body}`, headers };
        assert.equal((await fetch(`${url}/sign-in`, { ...init, redirect: 'manual' })).status, 422, body);
      }
    });

    it('is locked after five failures, with the time to wait', async () => {
      const { url } = await site.newCharge();
      const { issuedId } = await site.newSubscriber();
      const client = new PageClient();
      const guess = (password: string) => client.submit(url, 'sign-in', { issued_id: issuedId, password });
      for (let time = 1; time <= 5; time += 1) assert.equal((await guess('wrong')).status, 401);
      const locked = await guess(PASSWORD);
      assert.equal(locked.status, 429);
      assert.equal(locked.headers.get('retry-after'), '900');
      assert.ok(locked.text.includes('約15分後'));
    });

    it('gives way to another person on the same device', async () => {
      const { url } = await site.newCharge();
      const { client } = await signedIn(url);
      assert.equal((await client.submit(url, 'sign-out')).status, 303);
      assert.ok((await client.get(url)).text.includes('name="password"'));
      assert.equal((await client.submit(url, 'confirm')).location, new URL(url).pathname);
    });
  });

  describe('address', () => {
    it('is unknown with a wrong seal, a wrong identifier, or another identifier’s seal', async () => {
      const [first, second] = [await site.newCharge(), await site.newCharge()];
      const client = new PageClient();
      for (const path of [
        `${publicId('charge', first.id)}/${sealOf(second.url)}`,
        `${publicId('charge', first.id)}/${sealOf(first.url).slice(0, -1)}`,
        `${publicId('charge', first.id)}/`,
        `${publicId('charge', first.id)}/${'A'.repeat(22)}`,
        `${publicId('subscription', first.id)}/${sealOf(first.url)}`,
        `${first.id}/${sealOf(first.url)}`,
      ]) {
        const reply = await client.get(`${site.origin}/checkout/${path}`, { accept: 'text/html' });
        assert.equal(reply.status, 404, path);
        assert.equal(reply.text.includes('1,100'), false, path);
      }
      assert.equal(client.cookies.size, 0, 'no session for strangers');
    });

    it('of something that was never created is unknown though the seal is right', async () => {
      const stranger = checkoutUrl(site.world.config, 'ch_01J00000000000000000000000');
      const reply = await new PageClient().get(stranger);
      assert.equal(reply.status, 404);
      assert.ok(reply.text.includes('ページが見つかりません'));
    });
  });

  describe('form', () => {
    for (const [name, headers, fields] of [
      ['without its token', {}, { form_token: '' }],
      ['with another token', {}, { form_token: 'x'.repeat(32) }],
      ['with a token of other characters', {}, { form_token: '束'.repeat(32) }],
      ['from another site', { origin: 'https://evil.example' }, {}],
      ['from a page that hides whence it comes', { origin: 'null' }, {}],
      ['that the browser says is from another site', { 'sec-fetch-site': 'cross-site' }, {}],
      ['that the browser says is from a neighbour', { 'sec-fetch-site': 'same-site' }, {}],
    ] as const) {
      it(`${name} is refused and changes nothing`, async () => {
        const { reply, state } = await forged(headers, fields);
        assert.equal(reply.status, 403);
        assert.ok(reply.text.includes('画面の有効期限が切れました'));
        assert.equal(state, 'pending');
      });
    }

    it('from our own page passes', async () => {
      const { reply, state } = await forged({ origin: site.origin, 'sec-fetch-site': 'same-origin' });
      assert.equal(reply.status, 303);
      assert.equal(state, 'captured');
    });

    it('of another session is refused', async () => {
      const { id, url } = await site.newCharge();
      const { client } = await signedIn(url);
      const { text } = await new PageClient().get(url);
      assert.equal((await client.post(`${url}/confirm`, { form_token: formToken(text) })).status, 403);
      assert.equal((await client.post(`${url}/decline`, { form_token: formToken(text) })).status, 403);
      assert.equal((await chargeOf(id)).state, 'pending');
    });

    it('that is too large or not a form is refused with a page', async () => {
      const { url } = await site.newCharge();
      const client = new PageClient();
      assert.equal((await client.submit(url, 'sign-in', { issued_id: 'F'.repeat(9_000) })).status, 413);
      const json = await client.post(`${url}/confirm`, {}, { 'content-type': 'application/json' });
      assert.equal(json.status, 403);
    });
  });

  describe('answer', () => {
    it('is kept by nobody, framed by nobody, and leads forms only to us and the company', async () => {
      const { url } = await site.newCharge();
      const { headers } = await new PageClient().get(url);
      assert.equal(headers.get('cache-control'), 'no-store');
      assert.equal(headers.get('referrer-policy'), 'same-origin');
      const policy = headers.get('content-security-policy') ?? '';
      assert.ok(policy.includes("default-src 'none'"));
      assert.ok(policy.includes("frame-ancestors 'none'"));
      assert.ok(policy.includes(`form-action 'self' ${site.shopOrigin}`));
      assert.equal(policy.includes('unsafe'), false);
    });

    it('is in the language chosen, else the browser’s, else English', async () => {
      const { url } = await site.newCharge();
      assert.equal(await languageOf(new PageClient({ 'accept-language': 'ja-JP,ja;q=0.9' }), url), 'ja');
      assert.equal(await languageOf(new PageClient({ 'accept-language': 'en-US' }), url), 'en');
      assert.equal(await languageOf(new PageClient({ 'accept-language': 'fr' }), url), 'en');
      const client = new PageClient({ 'accept-language': 'ja' });
      assert.equal(await languageOf(client, `${url}?lang=en`), 'en');
      assert.equal(await languageOf(client, url), 'en');
      assert.equal(await languageOf(client, `${url}?lang=xx`), 'en');
      assert.equal(await languageOf(client, `${url}?lang=ja`), 'ja');
    });

    it('names styles by their content, to be kept for a year', async () => {
      const { url } = await site.newCharge();
      const { text } = await new PageClient().get(url);
      const href = /<link rel="stylesheet" href="([^"]+)"/.exec(text)?.[1] ?? '';
      assert.match(href, /^\/assets\/pages\.[0-9a-f]{12}\.css$/);
      const { status, headers } = await new PageClient().get(`${site.origin}${href}`);
      assert.equal(status, 200);
      assert.equal(headers.get('cache-control'), 'public, max-age=31536000, immutable');
      assert.match(headers.get('content-type') ?? '', /^text\/css/);
    });
  });
});
