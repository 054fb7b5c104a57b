import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { publicId } from '../../../src/shared/public-id.rules.ts';
import { formToken, PageClient } from '../../support/page-client.ts';
import { runNight } from '../../purchases/household.ts';
import { openMySite, type MySite, type Person } from '../../portal/my/my-site.ts';

const LONG = 'あ'.repeat(10_000);
/** What no form of ours sends: addresses of the pages with everything wrong that an address can have. */
const ODD_ADDRESSES = [
  '/my/purchases?company=%F0%9F%98%80',
  '/my/purchases?company=%EF%BC%A1%00%C3%BC',
  '/my/purchases?text=%00%F0%9F%98%80%E2%80%AE',
  '/my/purchases?text=%25%5C_%27%22',
  '/my/purchases?text=%FF%FE',
  '/my/purchases?text=a&text=b&company=a&company=b',
  '/my/purchases?text[a]=b&__proto__[x]=1&constructor=1',
  '/my/purchases?from=0000-01-01&to=9999-12-31',
  '/my/purchases?from=0001-01-01&to=0001-01-02',
  '/my/purchases?from=9999-12-31&to=9999-12-31',
  '/my/purchases?min=999999999999&max=0',
  '/my/purchases?person=1e300',
  '/my/purchases?person=9007199254740991',
  '/my/purchases?after=ch_%F0%9F%98%80',
  `/my/purchases?text=${'x'.repeat(5_000)}`,
  '/my/invoices/2026-13',
  '/my/invoices/0000-00',
  '/my/invoices/9999-12',
  '/my/invoices/..%2F..%2Fetc%2Fpasswd/pdf',
  '/my/invoices/%E0%A4%A/csv',
  '/my/invoices/2026-05%00/csv',
  '/my/invoices/2026-05?after=%F0%9F%98%80',
  '/my/purchases/%00/receipt',
  '/my/purchases/ch_%F0%9F%98%80',
  '/my/subscriptions/sb_%F0%9F%98%80/cancel',
  '/my/consents/%2e%2e/revoke',
  '/my/cases/%E6%BC%A2%E5%AD%97',
  '/my/cases/C-00%00',
  '/my/enquiries/eq_%F0%9F%98%80',
  '/my/enquiries?after=%F0%9F%98%80',
  '/my/enquiries?after=a&after=b',
  '/my/sign-in?next=a&next=b',
  '/my/sign-in?after=x',
  '/my/forgotten/code?id=%F0%9F%98%80%00',
  '/my/code?next=%00',
  '/my?lang=ja&lang=en',
  '/my?lang=%0d%0aSet-Cookie:x=1',
  '/answers/%F0%9F%98%80',
  '/answers/01JV0000000000000000000000-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  '/companies?text=%F0%9F%98%80%00%FF',
  '/companies?text=a&text=b',
  '/company/invitation/%F0%9F%98%80',
  '/company/password-reset/%00',
] as const;

describe('pages under hostile requests', () => {
  let site: MySite;
  let holder: Person;
  let taro: Person;
  let client: PageClient;
  let ofHolder: string;
  before(async () => {
    site = await openMySite();
    [holder, taro] = (await site.newLine(['花子', '太郎'])) as [Person, Person];
    ofHolder = await site.use(holder, 2_200n, { description: '=cmd()|"<img src=x>\u202e' });
    site.world.clock.set(new Date('2026-06-01T00:10:00+09:00'));
    await runNight(site.world.deps, '2026-05-31');
    client = await site.signIn(holder);
  });
  after(() => site.close());
  const at = (path: string) => `${site.origin}${path}`;

  it('an address of any text is a page or a refusal, never a fault of ours', async () => {
    const faults: string[] = [];
    for (const path of ODD_ADDRESSES) {
      const { status } = await client.get(at(path));
      if (status >= 500) faults.push(`${status} ${path}`);
    }
    assert.deepEqual(faults, []);
  });

  it('a form of any text is refused or taken, never a fault of ours', async () => {
    const faults: string[] = [];
    const purchase = `/my/purchases/${publicId('charge', ofHolder)}`;
    for (const [page, to, fields] of [
      ['/my/sign-in', '/my/sign-in', ['issuedId', 'password', 'next']],
      ['/my/forgotten', '/my/forgotten', ['issuedId']],
      ['/my/forgotten/code', '/my/forgotten/code', ['issuedId', 'code', 'newPassword']],
      ['/company/sign-in', '/company/sign-in', ['email', 'password', 'next']],
      ['/company/forgotten', '/company/forgotten', ['email']],
      ['/my/security', '/my/security/password', ['currentPassword', 'newPassword']],
      [`${purchase}/message`, `${purchase}/message`, ['topic', 'text']],
      [`${purchase}/report`, `${purchase}/report`, ['text']],
    ] as const) {
      for (const text of [
        '\u0000',
        '\ud83d\ude00',
        LONG.slice(0, 3_000),
        "'; DROP TABLE charge; --",
        '\u202e',
      ]) {
        const { text: html } = await client.get(at(page));
        const typed = Object.fromEntries(fields.map((name) => [name, text]));
        const { status } = await client.post(at(to), { form_token: formToken(html), ...typed });
        if (status >= 500) faults.push(`${status} ${to} ${JSON.stringify(text.slice(0, 10))}`);
      }
      const { status } = await client.post(at(to), { text: LONG });
      assert.equal(status, 413, to);
    }
    assert.deepEqual(faults, []);
  });

  it('every personal page and file is kept by nobody, framed by nobody, and names no address to other sites', async () => {
    const purchase = `/my/purchases/${publicId('charge', ofHolder)}`;
    for (const path of [
      '/my',
      '/my/invoices',
      '/my/invoices/2026-05',
      '/my/invoices/2026-05/pdf',
      '/my/invoices/2026-05/csv',
      '/my/purchases',
      purchase,
      `${purchase}/receipt`,
      `${purchase}/message`,
      `${purchase}/report`,
      '/my/subscriptions',
      '/my/consents',
      '/my/enquiries',
      '/my/security',
      '/my/sign-in',
      '/my/forgotten',
      '/answers/x',
      '/company/invitation/x',
      '/company/password-reset/x',
      '/company/sign-in',
    ]) {
      for (const method of ['get', 'head'] as const) {
        const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
        const { headers, status } = await fetch(at(path), {
          method,
          headers: { cookie },
          redirect: 'manual',
        });
        assert.ok(status < 500, `${method} ${path} ${status}`);
        assert.equal(headers.get('cache-control'), 'no-store', path);
        assert.equal(headers.get('x-frame-options'), 'DENY', path);
        assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
        assert.match(headers.get('referrer-policy') ?? '', /^(?:same-origin|no-referrer)$/, path);
        const policy = headers.get('content-security-policy') ?? '';
        assert.match(policy, /default-src 'none'/, path);
        assert.doesNotMatch(policy, /unsafe/, path);
      }
    }
  });

  it('OPTIONS, PUT, PATCH and DELETE do nothing, and no other site may read a page', async () => {
    for (const method of ['OPTIONS', 'PUT', 'PATCH', 'DELETE']) {
      const headers = { origin: 'https://evil.example', 'x-http-method-override': 'POST' };
      const reply = await fetch(at('/my/security/end-others'), { method, headers });
      assert.ok([404, 405].includes(reply.status) || method === 'OPTIONS', `${method} ${reply.status}`);
      assert.ok(reply.status < 500);
      assert.equal(reply.headers.get('access-control-allow-origin'), null);
    }
  });

  it('a file has a plain name, and its cells begin no formula', async () => {
    const pdf = await client.get(at('/my/invoices/2026-05/pdf'));
    const csv = await client.get(at('/my/invoices/2026-05/csv'));
    for (const { headers } of [pdf, csv])
      assert.match(headers.get('content-disposition') ?? '', /filename="?[\w.-]+"?/);
    assert.ok(csv.text.includes('cmd()'), 'the item is on the file');
    assert.doesNotMatch(csv.text, /(?:^|,)"?[=+@]/m);
  });

  it('of thirty guesses at once five at most are looked at, and after five the right password does not open afterwards', async () => {
    const [victim] = (await site.newLine(['二郎'])) as [Person];
    const browser = new PageClient();
    const { text } = await browser.get(at('/my/sign-in'));
    const guess = (password: string) =>
      browser.post(at('/my/sign-in'), {
        form_token: formToken(text),
        issuedId: victim.issuedId,
        password,
      });
    const replies = await Promise.all(Array.from({ length: 30 }, (_, n) => guess(`wrong-guess-${n}`)));
    const looked = replies.filter(({ status }) => status === 401).length;
    assert.ok(looked <= 5, `${looked} were looked at`);
    // Who is turned away because many sign in at once has not tried: a busy machine looks at fewer.
    for (let n = looked; n < 5; n += 1) await guess(`wrong-guess-${30 + n}`);
    assert.notEqual((await guess('correct-horse')).status, 303);
    site.world.clock.set(new Date(site.world.clock.now().getTime() + 16 * 60_000));
    client = await site.signIn(holder);
  });

  it('a member opens nothing of the holder, whatever the address', async () => {
    const member = await site.signIn(taro);
    const purchase = publicId('charge', ofHolder);
    for (const path of [
      `/my/purchases/${purchase}`,
      `/my/purchases/${purchase}/receipt`,
      `/my/purchases/${purchase}/message`,
      `/my/purchases/${purchase}/report`,
      `/my/consents/${publicId('consent', holder.consentId)}`,
      `/my/consents/${publicId('consent', holder.consentId)}/revoke`,
    ])
      assert.equal((await member.get(at(path))).status, 404, path);
    const searched = await member.get(at(`/my/purchases?person=${holder.buyer.subscriberId}`));
    assert.ok(!searched.text.includes('cmd()'));
    for (const path of [
      `consents/${publicId('consent', holder.consentId)}/revoke`,
      `purchases/${purchase}/report`,
    ]) {
      const { text } = await member.get(at('/my/security'));
      const { status } = await member.post(at(`/my/${path}`), { form_token: formToken(text), text: '' });
      assert.equal(status, 404, path);
    }
  });
});
