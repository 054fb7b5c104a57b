import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { getEnquiry } from '../../../src/enquiries/enquiry.queries.ts';
import { writeEnquiry } from '../../../src/enquiries/write-enquiry.ts';
import { makeAsker, newestToken, type Asker } from '../../enquiries/asking.ts';
import { openCheckoutSite, ScriptedLineCheck, type CheckoutSite } from '../../support/checkout-site.ts';
import { readMailsOf } from '../../support/mailbox.ts';
import { formToken, PageClient } from '../../support/page-client.ts';
import { NOON_IN_TOKYO } from '../../support/world.ts';

const DAY_MS = 86_400_000;
const SCRIPT = '<script>alert(1)</script>"\' onload=x';

describe('the page on which a company answers', () => {
  let site: CheckoutSite;
  let by: Asker;
  let id: string;
  let token: string;
  let client: PageClient;
  before(async () => void (site = await openCheckoutSite(new ScriptedLineCheck())));
  after(() => site.close());
  beforeEach(async () => {
    const { deps, clock } = site.world;
    clock.set(NOON_IN_TOKYO);
    by = await makeAsker(deps);
    const text = `Hello.\n${SCRIPT}`;
    ({ id } = await writeEnquiry(deps, by.asker, { purchase: by.purchase, topic: 'usage', text }));
    token = await newestToken(deps);
    client = new PageClient();
  });

  const address = (text = token) => `${site.origin}/answers/${text}`;
  const open = (text = token) => client.get(address(text));
  const post = async (text: string) => {
    const { text: html } = await open();
    return client.post(address(), { form_token: formToken(html), text });
  };
  const messages = async () => (await getEnquiry(site.world.deps, by.asker, id)).messages;

  it('shows the enquiry as text, in both languages, without who asks, and answers nothing by being opened', async () => {
    for (const language of ['ja', 'en']) {
      const reply = await client.get(`${address()}?lang=${language}`);
      assert.equal(reply.status, 200);
      assert.ok(reply.text.includes('&lt;script&gt;alert(1)&lt;/script&gt;'));
      assert.ok(!reply.text.includes('<script>alert'));
      const { subscriber, line } = by.sale;
      for (const secret of [subscriber.issuedId, subscriber.displayName, line.lineId, 'holder.example'])
        assert.ok(!reply.text.includes(secret), secret);
      assert.equal(reply.headers.get('cache-control'), 'no-store');
      assert.equal(reply.headers.get('referrer-policy'), 'same-origin');
    }
    assert.equal((await messages()).length, 1);
  });

  it('takes an answer, says so, and the subscriber has it with a mail', async () => {
    const sent = await post('It works\r\nagain now.');
    assert.deepEqual([sent.status, sent.location], [303, `/answers/${token}?sent=yes`]);
    const page = await client.get(`${site.origin}${sent.location}`);
    assert.match(page.text, /回答を送信しました/);
    assert.match(page.text, /あと4回まで/);
    assert.deepEqual((await messages()).at(-1)?.text, 'It works\nagain now.');
    const mail = (await readMailsOf(site.world.deps, 'company-answer')).at(-1);
    assert.equal(mail?.facts.answer, 'It works\nagain now.');
  });

  it('does not claim that something was sent when nothing was', async () => {
    const page = await client.get(`${address()}?sent=yes`);
    assert.doesNotMatch(page.text, /回答を送信しました/);
  });

  it('keeps what was typed when it is too long, or says that it is missing', async () => {
    const long = 'x'.repeat(2_001);
    const tooLong = await post(long);
    assert.equal(tooLong.status, 422);
    assert.ok(tooLong.text.includes(long));
    assert.match(tooLong.text, /<title>エラー/);
    assert.equal((await post(' \n ')).status, 422);
    assert.equal((await messages()).length, 1);
  });

  it('takes 2,000 characters of any script', async () => {
    const text = 'あ'.repeat(2_000);
    assert.equal((await post(text)).status, 303);
    assert.equal((await messages()).at(-1)?.text, text);
  });

  it('shows no form after five answers, and refuses a sixth with what was typed', async () => {
    const { text: html } = await open();
    for (let at = 0; at < 5; at += 1) assert.equal((await post(`answer ${at}`)).status, 303);
    const page = await open();
    assert.match(page.text, /このリンクからの回答は終了しました/);
    assert.doesNotMatch(page.text, /<textarea/);
    const sixth = await client.post(address(), { form_token: formToken(html), text: 'sixth' });
    assert.equal(sixth.status, 409);
    assert.match(sixth.text, /今回の内容は送信されていません/);
  });

  it('is 404 for every other token, shown and posted, and never says which part is wrong', async () => {
    const wrong = [
      token.slice(0, -1),
      `${token.slice(0, 27)}${'A'.repeat(43)}`,
      'x',
      `${token}%0d%0aSet-Cookie:a=b`,
    ];
    const pages = new Set<string>();
    for (const text of wrong) {
      const reply = await open(text);
      assert.equal(reply.status, 404, text);
      pages.add(reply.text.replaceAll(/<span class="code">[^<]*/g, '').replaceAll(/href="[^"]*"/g, ''));
      assert.equal((await client.post(address(text), { form_token: 'x', text: 'x' })).status, 403);
    }
    assert.equal(pages.size, 1);
  });

  it('says that it has expired, and takes nothing, from the 30th day on', async () => {
    const { text: html } = await open();
    site.world.clock.set(new Date(NOON_IN_TOKYO.getTime() + 30 * DAY_MS));
    const shown = await open();
    assert.equal(shown.status, 410);
    assert.match(shown.text, /回答の期限を過ぎています/);
    assert.ok(!shown.text.includes('Hello.'));
    const posted = await client.post(address(), { form_token: formToken(html), text: 'late' });
    assert.equal(posted.status, 410);
    assert.equal((await messages()).length, 1);
  });

  it('takes no form of another site', async () => {
    const { text: html } = await open();
    const fields = { form_token: formToken(html), text: 'x' };
    const foreign = await client.post(address(), fields, { origin: 'https://evil.example' });
    assert.equal(foreign.status, 403);
    assert.equal((await client.post(address(), { text: 'x' })).status, 403);
    assert.equal((await new PageClient().post(address(), fields)).status, 403);
    assert.equal((await messages()).length, 1);
  });
});
