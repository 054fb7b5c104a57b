import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import {
  openCheckoutSite,
  ScriptedLineCheck,
  signInOn,
  type CheckoutSite,
} from '../support/checkout-site.ts';
import { PageClient, type PageReply } from '../support/page-client.ts';

const lineCheck = new ScriptedLineCheck();
let site: CheckoutSite;
before(async () => void (site = await openCheckoutSite(lineCheck)));
after(() => site.close());

const html = { accept: 'text/html', 'accept-language': 'ja' };

/** One answer of every kind that a page gives. */
async function everyAnswer(): Promise<Record<string, PageReply>> {
  const { url } = await site.newCharge();
  // The line is verified while the password is.
  lineCheck.outcome = { kind: 'refused', reason: 'rejected' };
  const { client, reply: signedIn } = await signInOn(site, url);
  const visitor = new PageClient(html);
  const notProven = await client.get(url);
  lineCheck.outcome = { kind: 'unknown', reason: 'timeout' };
  const silent = await client.get(url);
  lineCheck.outcome = { kind: 'accepted', server: '127.0.0.1:1812' };
  return {
    'sign-in page': await visitor.get(url),
    'sign-in refused': await visitor.submit(url, 'sign-in', { issued_id: 'F00000000000', password: 'x' }),
    'signed in': signedIn,
    'line not proven': notProven,
    'AAA silent': silent,
    confirm: await client.get(url),
    'forged form': await client.post(`${url}/confirm`, { form_token: 'x' }),
    'form of another method': await client.get(`${url}/confirm`),
    'too large': await visitor.submit(url, 'sign-in', { issued_id: 'F'.repeat(9_000) }),
    confirmed: await client.submit(url, 'confirm'),
    closed: await client.get(url),
    'sign-out': await client.post(`${url}/sign-out`, { form_token: 'x' }),
    'unknown checkout': await visitor.get(`${site.origin}/checkout/ch_x/y`),
    nowhere: await visitor.get(`${site.origin}//evil.example/%0d%0aSet-Cookie:x`),
    start: await visitor.get(`${site.origin}/`),
    docs: await visitor.get(`${site.origin}/docs`),
    problems: await visitor.get(`${site.origin}/problems`),
  };
}

it('every answer of a page is kept by nobody, framed by nobody, guessed at by nobody, and sets no foreign header', async () => {
  const answers = Object.entries(await everyAnswer());
  const statuses = new Set(answers.map(([, { status }]) => status));
  for (const status of [200, 302, 303, 401, 403, 404, 413, 503])
    assert.ok(statuses.has(status), String(status));
  for (const [name, { headers }] of answers) {
    assert.equal(headers.get('cache-control'), 'no-store', name);
    assert.equal(headers.get('x-frame-options'), 'DENY', name);
    assert.equal(headers.get('x-content-type-options'), 'nosniff', name);
    assert.match(headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/, name);
    assert.match(headers.get('content-security-policy') ?? '', /base-uri 'none'/, name);
    assert.equal(
      headers.getSetCookie().some((cookie) => cookie.startsWith('x')),
      false,
      name,
    );
    assert.equal(headers.get('access-control-allow-origin'), null, name);
  }
});

it('no page leads anywhere but to itself and the site of the service', async () => {
  for (const [name, { location, text }] of Object.entries(await everyAnswer())) {
    const allowed =
      location === null ||
      location.startsWith('/checkout/') ||
      location.startsWith(`${site.shopOrigin}/thanks?`);
    assert.ok(allowed, `${name} leads to ${location}`);
    for (const [, href = ''] of text.matchAll(/(?:href|action|src)="([^"]*)"/g)) {
      assert.doesNotMatch(href, /^(?:[a-z]+:)?\/\/(?!127\.0\.0\.1)|^javascript:/i, name);
    }
  }
});
