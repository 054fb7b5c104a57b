import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { addCaseNote } from '../../../src/cases/add-case-note.ts';
import { takeCase } from '../../../src/cases/take-case.ts';
import { publicId } from '../../../src/shared/public-id.rules.ts';
import { newestToken } from '../../enquiries/asking.ts';
import { staff } from '../../support/actors.ts';
import { assertSoundPage } from '../../support/html-check.ts';
import { readMailsOf } from '../../support/mailbox.ts';
import { formToken, PageClient } from '../../support/page-client.ts';
import { openContactSite, type ContactSite } from './contact-site.ts';
import type { Person } from './my-site.ts';

const SCRIPT = '<script>alert(1)</script>';
const publicSubject = ({ consentId }: Person) => `/my/purchases/${publicId('consent', consentId)}`;
const purchaseOf = (id: string) => `/my/purchases/${publicId('charge', id)}`;

describe('a subscriber who has a question about a purchase', () => {
  let site: ContactSite;
  let holder: Person;
  let taro: Person;
  let stranger: Person;
  let song: string;
  before(async () => void (site = await openContactSite()));
  after(() => site.close());
  beforeEach(async () => {
    [holder, taro] = (await site.newLine(['花子', '太郎'])) as [Person, Person];
    [stranger] = (await site.newLine(['他人'])) as [Person];
    song = await site.use(taro, 1_100n, { description: SCRIPT });
  });

  const submit = async (client: PageClient, path: string, fields: Record<string, string>, action = path) => {
    const { text } = await client.get(`${site.origin}${path}`);
    return client.post(`${site.origin}${action}`, { form_token: formToken(text), ...fields });
  };

  it('writes to the company, which answers by its link, and reads the answer', async () => {
    const client = await site.signIn(taro);
    const page = await client.get(`${site.origin}${purchaseOf(song)}/message`);
    assert.equal(page.status, 200);
    assert.ok(page.text.includes('&lt;script&gt;'));
    const sent = await submit(client, `${purchaseOf(song)}/message`, {
      topic: 'usage',
      text: `${SCRIPT}\r\nno sound`,
    });
    assert.equal(sent.status, 303);
    assert.match(sent.location ?? '', /^\/my\/enquiries\/eq_/);
    const enquiry = sent.location!;
    const waiting = await client.get(`${site.origin}${enquiry}`);
    assert.match(waiting.text, /送信しました/);
    assert.match(waiting.text, /会社からの回答をお待ちください/);

    const company = new PageClient();
    const link = `/answers/${await newestToken(site.world.deps)}`;
    assert.equal((await submit(company, link, { text: 'Sorry. Update the app.' })).status, 303);

    const answered = await client.get(`${site.origin}${enquiry}`);
    assert.ok(answered.text.includes('Sorry. Update the app.'));
    assert.ok(!answered.text.includes('support@shop.example'));
    assert.ok(!answered.text.includes(SCRIPT));
    const list = await client.get(`${site.origin}/my/enquiries`);
    assert.match(list.text, /回答あり/);
    assert.equal((await submit(client, enquiry, { text: 'Thank you.' })).status, 303);
    assert.match((await client.get(`${site.origin}/my/enquiries?lang=en`)).text, /Waiting for an answer/);
  });

  it('is shown what is missing, and what was typed is kept', async () => {
    const client = await site.signIn(taro);
    const path = `${purchaseOf(song)}/message`;
    const noTopic = await submit(client, path, { text: 'It does not play.' });
    assert.equal(noTopic.status, 422);
    assert.ok(noTopic.text.includes('It does not play.'));
    assert.match(noTopic.text, /href="#topic"/);
    assert.equal((await submit(client, path, { topic: 'usage', text: '' })).status, 422);
    assert.equal((await submit(client, path, { topic: 'bribe', text: 'x' })).status, 422);
    assert.equal((await submit(client, path, { topic: 'usage', text: 'x'.repeat(2_001) })).status, 422);
  });

  it('is told when to try again after five messages about a purchase in a day', async () => {
    const client = await site.signIn(taro);
    const path = `${purchaseOf(song)}/message`;
    for (let at = 0; at < 5; at += 1)
      assert.equal((await submit(client, path, { topic: 'other', text: `message ${at}` })).status, 303);
    const refused = await submit(client, path, { topic: 'other', text: 'the sixth message' });
    assert.equal(refused.status, 429);
    assert.match(refused.text, /2026-05-11 00:00/);
    assert.ok(refused.text.includes('the sixth message'));
  });

  it('reports a purchase with what there is to know at once, follows the case, and closes it', async () => {
    const client = await site.signIn(holder);
    const path = `${purchaseOf(song)}/report`;
    const page = await client.get(`${site.origin}${path}`);
    for (const shown of ['太郎', taro.issuedId, '03-0000-0000', '1,100円', '&lt;script&gt;'])
      assert.ok(page.text.includes(shown), shown);
    const reported = await submit(client, path, { text: 'We do not know it.' });
    assert.match(reported.location ?? '', /^\/my\/cases\/C-2026-\d{6}$/);
    const number = reported.location!.replace('/my/cases/', '');
    const mail = (await readMailsOf(site.world.deps, 'purchase-reported')).at(-1);
    assert.deepEqual([mail?.facts.caseNumber, mail?.toAddress], [number, 'hanako@holder.example']);

    const again = await submit(client, `${purchaseOf(song)}/message`, {}, path);
    assert.equal(again.location, reported.location);
    await takeCase(site.world.deps, staff('aoi', 'agent'), { number });
    const question = { number, text: 'Is there a tablet?', audience: 'question' } as const;
    await addCaseNote(site.world.deps, staff('aoi', 'agent'), question);
    const asked = await client.get(`${site.origin}/my/cases/${number}`);
    assert.match(asked.text, /お返事をお待ちしています/);
    assert.match(asked.text, /<a href="\/my\/enquiries" aria-current="true">/);
    assert.ok(asked.text.includes('Is there a tablet?'));
    assert.ok(!asked.text.includes('aoi'), 'who of the support centre writes is not shown');
    const own = `/my/cases/${number}`;
    assert.equal((await submit(client, own, { text: 'Yes.' }, `${own}/note`)).status, 303);
    assert.equal((await submit(client, own, { outcome: 'stopped' }, `${own}/close`)).status, 422);
    assert.equal((await submit(client, own, { outcome: 'recognised' }, `${own}/close`)).status, 303);
    const closed = await client.get(`${site.origin}${own}`);
    assert.match(closed.text, /心当たりのある購入でした/);
    assert.doesNotMatch(closed.text, /<textarea/);
  });

  it('sees when, on which line and from which shortened address a purchase was confirmed', async () => {
    const { id, url } = await site.newCharge();
    const buyer = await site.signIn(taro);
    const confirmed = await buyer.submit(url, 'confirm');
    assert.equal(confirmed.status, 303);
    const client = await site.signIn(holder);
    const { text } = await client.get(`${site.origin}${purchaseOf(id)}/report`);
    for (const shown of ['太郎', taro.buyer.lineId, '回線とパスワード', '127.0.0.*'])
      assert.ok(text.includes(shown), shown);
    assert.ok(!text.includes('127.0.0.1'), 'the address is shortened');
  });

  it('finds nothing of another line, and writes nothing there', async () => {
    const mine = await site.signIn(taro);
    const enquiry = (await submit(mine, `${purchaseOf(song)}/message`, { topic: 'other', text: 'Hello.' }))
      .location!;
    const ofCase = (await submit(mine, `${purchaseOf(song)}/report`, {})).location!;
    const client = await site.signIn(stranger);
    const { text } = await client.get(`${site.origin}/my/enquiries`);
    assert.doesNotMatch(text, /eq_|C-2026/);
    const own = await site.use(stranger, 100n, {});
    const token = formToken((await client.get(`${site.origin}${purchaseOf(own)}/message`)).text);
    for (const path of [`${purchaseOf(song)}/message`, `${purchaseOf(song)}/report`, enquiry, ofCase])
      assert.equal((await client.get(`${site.origin}${path}`)).status, 404, path);
    const fields = { form_token: token, topic: 'other', text: 'x', outcome: 'withdrawn' };
    for (const path of [
      `${purchaseOf(song)}/message`,
      `${purchaseOf(song)}/report`,
      enquiry,
      `${ofCase}/note`,
      `${ofCase}/close`,
    ])
      assert.equal((await client.post(`${site.origin}${path}`, fields)).status, 404, path);
    for (const path of [
      '/my/purchases/ch_x/message',
      '/my/purchases/x/report',
      '/my/cases/C-2026-9',
      '/my/enquiries/x',
    ])
      assert.equal((await client.get(`${site.origin}${path}`)).status, 404, path);
  });

  it('from elsewhere reads everything and writes nothing', async () => {
    const onLine = await site.signIn(taro);
    const enquiry = (await submit(onLine, `${purchaseOf(song)}/message`, { topic: 'other', text: 'Hello.' }))
      .location!;
    const client = await site.signInElsewhere(taro);
    for (const path of [
      `${purchaseOf(song)}/message`,
      `${purchaseOf(song)}/report`,
      enquiry,
      '/my/enquiries',
    ]) {
      const page = await client.get(`${site.origin}${path}`);
      assert.equal(page.status, 200, path);
      assert.doesNotMatch(page.text, /<textarea/, path);
    }
    const { text } = await client.get(`${site.origin}/my`);
    const fields = { form_token: formToken(text), topic: 'other', text: 'x' };
    for (const path of [`${purchaseOf(song)}/message`, `${purchaseOf(song)}/report`, enquiry])
      assert.equal((await client.post(`${site.origin}${path}`, fields)).status, 403, path);
  });

  it('gets sound pages in both languages', async () => {
    const plain = await site.use(taro, 500n, { description: '映画' });
    const client = await site.signIn(taro);
    const enquiry = (
      await submit(client, `${purchaseOf(plain)}/message`, { topic: 'refund', text: 'Hello.' })
    ).location!;
    const paths = [`${purchaseOf(plain)}/message`, `${purchaseOf(plain)}/report`, enquiry, '/my/enquiries'];
    const ofCase = (await submit(client, `${purchaseOf(plain)}/report`, {})).location!;
    const withdrawn = (await submit(client, `${publicSubject(taro)}/report`, {})).location!;
    for (const path of [...paths, ofCase, withdrawn]) {
      for (const language of ['ja', 'en']) {
        const { status, text } = await client.get(`${site.origin}${path}?lang=${language}`);
        assert.equal(status, 200, path);
        assertSoundPage(text, language);
      }
    }
  });
});
