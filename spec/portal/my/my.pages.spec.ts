import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { refundCharge } from '../../../src/refunds/refund-charge.ts';
import { publicId } from '../../../src/shared/public-id.rules.ts';
import { keyOf } from '../../support/actors.ts';
import { formToken, PageClient } from '../../support/page-client.ts';
import { runNight } from '../../purchases/household.ts';
import { openMySite, type MySite, type Person } from './my-site.ts';

const SCRIPT = '<script>alert(1)</script>';
const purchaseOf = (id: string) => `/my/purchases/${publicId('charge', id)}`;

async function submitOn(client: PageClient, url: string) {
  const { text } = await client.get(url);
  return client.post(url, { form_token: formToken(text) });
}

describe('the pages of a subscriber', () => {
  let site: MySite;
  let holder: Person;
  let taro: Person;
  let stranger: Person;
  let song: string;
  let ofHolder: string;
  before(async () => {
    site = await openMySite();
    [holder, taro] = (await site.newLine(['花子', SCRIPT])) as [Person, Person];
    [stranger] = (await site.newLine(['他人'])) as [Person];
    song = await site.use(taro, 1_100n, { description: SCRIPT });
    ofHolder = await site.use(holder, 2_200n, { description: '花子の本' });
    site.world.clock.set(new Date('2026-06-01T00:10:00+09:00'));
    await runNight(site.world.deps, '2026-05-31');
    await site.use(taro, 330n, { description: '六月の曲' });
  });
  after(() => site.close());

  const open = async (person: Person, path: string) =>
    (await site.signIn(person)).get(`${site.origin}${path}`);

  it('lead somebody who is not signed in to sign in, and back', async () => {
    for (const path of ['/my', '/my/purchases?text=a', purchaseOf(song), '/my/subscriptions']) {
      const { status, location } = await new PageClient().get(`${site.origin}${path}`);
      assert.deepEqual([status, location], [303, `/my/sign-in?next=${encodeURIComponent(path)}`]);
    }
  });

  it('begin with the month so far, what is left of it, and when it is due', async () => {
    const { status, text } = await open(holder, '/my');
    assert.equal(status, 200);
    for (const shown of [
      '330円',
      '2026年6月30日',
      '2026年7月31日',
      '6月1日～6月30日',
      '請求書番号 202605-31-0000001',
    ])
      assert.ok(text.includes(shown), shown);
  });

  it('show what was bought, by whom, and which invoice it is on', async () => {
    const { text } = await open(holder, '/my/purchases');
    for (const shown of ['花子の本', '六月の曲', '株式会社ほしぞら動画', 'ご請求済み', '今夜記載'])
      assert.ok(text.includes(shown), shown);
    const invoice = await open(holder, '/my/invoices/2026-05');
    for (const shown of ['3,300円', '202605-31-0000001', '東西 花子 様', '300円', '10%'])
      assert.ok(invoice.text.includes(shown), shown);
  });

  it('show a stored script as text, in every list and page that has it', async () => {
    const paths = [
      '/my',
      '/my/purchases',
      '/my/invoices/2026-05',
      purchaseOf(song),
      `/my/purchases?text=${SCRIPT}`,
    ];
    for (const path of paths) {
      const { text, status } = await open(holder, path);
      assert.equal(status, 200, path);
      assert.ok(!text.includes(SCRIPT), path);
      assert.ok(text.includes('&lt;script&gt;alert(1)&lt;/script&gt;'), path);
    }
  });

  it('show another person of the line their own purchases alone', async () => {
    for (const path of ['/my', '/my/purchases', '/my/invoices/2026-05']) {
      const { text } = await open(taro, path);
      assert.ok(!text.includes('花子の本'), path);
    }
    assert.equal((await open(taro, purchaseOf(ofHolder))).status, 404);
    const invoice = await open(taro, '/my/invoices/2026-05');
    assert.ok(invoice.text.includes('1,100円'));
    for (const hidden of ['3,300円', '202605-31-0000001']) assert.ok(!invoice.text.includes(hidden), hidden);
  });

  it('are not there for another line', async () => {
    for (const path of [
      purchaseOf(song),
      '/my/invoices/2026-05',
      `/my/consents/${publicId('consent', taro.consentId)}`,
    ])
      assert.equal((await open(stranger, path)).status, 404, path);
    assert.equal((await open(holder, '/my/purchases/sb_01JV0000000000000000000000')).status, 404);
    assert.equal((await open(holder, '/my/invoices/2026-13')).status, 404);
  });

  it('keep what was typed in a search, and say what is no date, while they find by the rest', async () => {
    const { status, text } = await open(
      holder,
      '/my/purchases?text=%E8%8A%B1%E5%AD%90&from=yesterday&max=%EF%BC%93%EF%BC%90%EF%BC%90%EF%BC%90',
    );
    assert.equal(status, 200);
    assert.ok(text.includes('実在する日付を入力してください'));
    assert.ok(text.includes('value="yesterday"'));
    assert.ok(text.includes('花子の本') && !text.includes('六月の曲'));
  });

  it('give the holder the invoice as a file, and another person the own items', async () => {
    const pdf = await open(holder, '/my/invoices/2026-05/pdf');
    assert.deepEqual([pdf.status, pdf.headers.get('content-type')], [200, 'application/pdf']);
    assert.equal((await open(taro, '/my/invoices/2026-05/pdf')).status, 403);
    assert.ok(!(await open(taro, '/my/invoices/2026-05')).text.includes('2026-05/pdf'));
    const csv = await open(taro, '/my/invoices/2026-05/csv');
    assert.ok(csv.text.includes('1100') && !csv.text.includes('花子の本'));
    assert.equal((await open(stranger, '/my/invoices/2026-05/csv')).status, 404);
    assert.equal((await open(holder, '/my/invoices/2026-06/pdf')).status, 404);
  });

  it('give each person the record of their own purchases as a file', async () => {
    assert.ok((await open(taro, purchaseOf(song))).text.includes(`${purchaseOf(song)}/receipt`));
    const pdf = await open(taro, `${purchaseOf(song)}/receipt`);
    assert.deepEqual([pdf.status, pdf.headers.get('content-type')], [200, 'application/pdf']);
    assert.equal((await open(taro, `${purchaseOf(ofHolder)}/receipt`)).status, 404);
  });

  it('say what will be here while nothing is', async () => {
    const { text } = await open(stranger, '/my');
    assert.ok(text.includes('ご利用はまだありません') && text.includes('毎月のお支払いはありません'));
  });

  it('have the same in English', async () => {
    const client = await site.signIn(holder, { 'accept-language': 'en' });
    const { text } = await client.get(`${site.origin}/my`);
    for (const shown of ['This month so far', 'Hoshizora Video Inc.', '¥330', 'Invoiced'])
      assert.ok(text.includes(shown), shown);
  });

  it('show what was given back, on which invoice, in both languages', async () => {
    await refundCharge(site.world.deps, keyOf(site.seller.companyId), {
      chargeId: song,
      amountMinor: 440n,
      reason: 'requested',
    });
    const pages = {
      '/my': ['-110円', '1件　-440円'],
      '/my/purchases': ['一部返金済み', 'ご返金 440円'],
      [purchaseOf(song)]: [
        '一部返金済み',
        '-440円',
        '/my/invoices/2026-06',
        '2026年6月分のご請求から',
        '660円',
      ],
      '/my/invoices/2026-06': ['ご返金額', '-110円', 'ご返金（1件）', `href="${purchaseOf(song)}"`],
      '/my/invoices': ['回線の料金から差し引いてお返しします'],
    };
    for (const [path, all] of Object.entries(pages)) {
      const { text } = await open(taro, path);
      for (const shown of all) assert.ok(text.includes(shown), `${shown} on ${path}`);
    }
    const client = await site.signIn(taro, { 'accept-language': 'en' });
    const { text } = await client.get(`${site.origin}${purchaseOf(song)}`);
    for (const shown of ['Partly refunded', 'deducted from the invoice of June 2026', 'Left to pay'])
      assert.ok(text.includes(shown), shown);
  });
});

describe('cancelling on the pages of a subscriber', () => {
  let site: MySite;
  let holder: Person;
  let taro: Person;
  before(async () => {
    site = await openMySite();
    [holder, taro] = (await site.newLine(['花子', '太郎'])) as [Person, Person];
  });
  after(() => site.close());

  it('states the rule before it, cancels, and says what happens', async () => {
    const id = await site.subscribe(taro, { chargeDay: 20 });
    const client = await site.signIn(taro);
    const page = `${site.origin}/my/subscriptions/${publicId('subscription', id)}`;
    const before = await client.get(`${page}/cancel`);
    for (const stated of [
      '2026年5月分（500円）は、解約してもお支払いいただきます',
      '2026年5月31日(日)まで',
      '2026年5月分を最後に',
    ])
      assert.ok(before.text.includes(stated), stated);
    const reply = await submitOn(client, `${page}/cancel`);
    assert.deepEqual(
      [reply.status, reply.location],
      [303, `/my/subscriptions/${publicId('subscription', id)}`],
    );
    const after = await client.get(page);
    assert.ok(after.text.includes('解約しました。今月分を最後に') && after.text.includes('解約手続き済み'));
    assert.ok((await client.get(`${page}/cancel`)).text.includes('すでに解約されています'));
  });

  it('lets the holder cancel for everybody on the line, and nobody for another', async () => {
    const id = await site.subscribe(taro, { itemCode: 'other', chargeDay: 5 });
    const [, jiro] = (await site.newLine(['春子', '次郎'])) as [Person, Person];
    const page = `${site.origin}/my/subscriptions/${publicId('subscription', id)}`;
    const foreign = await site.signIn(jiro);
    const { text } = await foreign.get(`${site.origin}/my/subscriptions`);
    assert.ok(text.includes('加入中の月額サービスはありません'));
    assert.equal((await foreign.get(`${page}/cancel`)).status, 404);
    const own = await foreign.get(`${site.origin}/my/purchases`);
    assert.equal((await foreign.post(`${page}/cancel`, { form_token: formToken(own.text) })).status, 404);
    const reply = await submitOn(await site.signIn(holder), `${page}/cancel`);
    assert.equal(reply.status, 303);
  });

  it('needs the token of the form', async () => {
    const id = await site.subscribe(taro, { itemCode: 'kept', chargeDay: 20 });
    const client = await site.signIn(taro);
    const page = `${site.origin}/my/subscriptions/${publicId('subscription', id)}`;
    assert.equal((await client.post(`${page}/cancel`, {})).status, 403);
    assert.ok((await client.get(page)).text.includes('加入中'));
  });

  it('revokes a consent, and says what was used under it before', async () => {
    await site.use(taro, 150n);
    const client = await site.signIn(taro);
    const page = `${site.origin}/my/consents/${publicId('consent', taro.consentId)}`;
    assert.ok((await client.get(page)).text.includes('これまでに1件 150円'));
    const reply = await submitOn(client, `${page}/revoke`);
    assert.equal(reply.status, 303);
    assert.ok((await client.get(page)).text.includes('同意を取り消しました'));
    assert.ok((await client.get(`${page}/revoke`)).text.includes('すでに取り消されています'));
  });
});
