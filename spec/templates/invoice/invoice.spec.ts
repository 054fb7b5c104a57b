import assert from 'node:assert/strict';
import { PassThrough, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { test } from 'node:test';
import { renderInvoice } from '../../../templates/invoice/invoice.ts';
import type { InvoiceItem, LineInvoice } from '../../../templates/invoice/invoice.types.ts';
import { readFacts, readPages, readRunningText, readWords, withoutBlanks } from '../statement/read-pdf.ts';
import { longInvoice, refundOf, sampleInvoice, sampleItems } from './sample-invoice.ts';

async function render(invoice: LineInvoice): Promise<Buffer> {
  const output = new PassThrough();
  const [bytes] = await Promise.all([buffer(output), renderInvoice(invoice, output)]);
  return bytes;
}

const readText = async (invoice: LineInvoice) => (await readPages(await render(invoice))).join('\n');

function assertPrints(text: string, ...expected: (string | RegExp)[]): void {
  for (const part of expected) {
    if (typeof part === 'string') assert.ok(text.includes(part), `"${part}" is not printed in:\n${text}`);
    else assert.match(text, part);
  }
}

test('has everything that a qualified invoice must have', async () => {
  const text = await readText(sampleInvoice());
  // Issuer and number; supply dates; content with the mark; totals and tax by rate with the rate; recipient.
  assertPrints(text, '東日本ひかり通信株式会社', '登録番号 T8011101028104', /山田 太郎\s+様/);
  assertPrints(text, '2026年5月3日', '映画「春の海」レンタル', '季節の和菓子詰合せ（6個入り） ※');
  assertPrints(text, /10%対象\s+10%\s+4\s+4,420\s+401/, /8%対象（軽減税率）\s+8% ※\s+1\s+2,160\s+160/);
  assertPrints(text, '※は軽減税率の対象であることを示します');
  assertPrints(text, '202605-31-0000042', '2026年6月13日', '2026年6月30日', '2026年5月分');
  assertPrints(text, '2026年5月1日 – 2026年5月31日', 'CAF0000000042', '231-0017', '¥7,430');
});

test('keeps unregistered companies out of the qualified totals, and states no tax of theirs', async () => {
  const text = await readText(sampleInvoice());
  assertPrints(text, /適格請求書の合計\s+5\s+6,580\s+561/, /登録のない事業者\s+10%\s+2\s+850\s+対象外/);
  assertPrints(text, /ご請求金額\s+7\s+7,430/, '適格請求書の対象外です');
  assertPrints(text, /3\s+その他の事業者のご利用分（適格請求書の対象外）/);
});

test('names a part without items, and has no notes about what does not occur', async () => {
  const text = await readText(sampleInvoice({}, [sampleItems[0]!]));
  assertPrints(text, /1\s+当社のご利用分\s+ご利用はございません/, /3\s+その他の事業者.*ご利用はございません/);
  assert.ok(!text.includes('※'));
  assert.ok(!text.includes('「3」'));
  assert.match(text, /1 \/ 1/);
});

test('has the English words first and the Japanese ones beside them', async () => {
  const pdf = await render(sampleInvoice({ language: 'en' }));
  const text = (await readPages(pdf)).join('\n');
  assertPrints(text, 'Invoice', 'ご利用代金請求書', 'Due date', '30 June 2026', 'May 2026');
  assertPrints(text, /At 10%\s+10%\s+4\s+4,420\s+401/, /At 8% \(reduced rate\)\s+8% ※/, 'not stated');
  assert.doesNotMatch(text, /様|御中/);
  assert.match(await readFacts(pdf), /Title:\s+Invoice 202605-31-0000042/);
  assertPrints(pdf.toString('latin1'), '/Lang (en)');
});

test('addresses organisations as such', async () => {
  const { recipient } = sampleInvoice();
  const text = await readText(sampleInvoice({ recipient: { ...recipient, name: '山田商事株式会社' } }));
  assertPrints(text, /山田商事株式会社\s+御中/);
});

test('credits a negative total, with the tax in it mirrored', async () => {
  const refund = { ...sampleItems[0]!, amountMinor: -1_980n };
  const text = await readText(sampleInvoice({}, [refund]));
  assertPrints(text, 'ご返金額', '¥1,980', '必要ございません', /10%対象\s+10%\s+1\s+−1,980\s+−180/);
  assert.ok(!text.includes('お支払期限'));
});

const withRefunds = [
  ...sampleItems,
  refundOf(sampleItems[1]!, -440n),
  refundOf(sampleItems[3]!, -540n),
  refundOf(sampleItems[6]!, -500n),
];

test('is a return invoice for what was given back: date, original supply, content, and amounts per rate after it', async () => {
  const pdf = await render(sampleInvoice({}, withRefunds));
  const text = (await readPages(pdf)).join('\n');
  assertPrints(text, '2026年5月28日', 'ご返金日', 'ご返金：映画「春の海」レンタル', '−440');
  const running = (await readRunningText(pdf)).join('');
  assertPrints(running, withoutBlanks('ご返金：季節の和菓子詰合せ（6個入り）※'));
  assertPrints(text, '元のご利用 2026年4月14日（2026年4月分）');
  assertPrints(text, /うちご返金\s+10%対象\s+10%\s+−440\s+小計\s+10%対象\s+10%\s+3,980/);
  assertPrints(
    text,
    /うちご返金\s+8%対象（軽減税率）\s+8% ※\s+−540\s+小計\s+8%対象（軽減税率）\s+8% ※\s+1,620/,
  );
  // Netted per rate, and rounded once: 3,980 × 10/110, 1,620 × 8/108.
  assertPrints(text, /10%対象\s+10%\s+5\s+3,980\s+361/, /8%対象（軽減税率）\s+8% ※\s+2\s+1,620\s+120/);
  assertPrints(text, '適格返還請求書を兼ね', '¥5,950');
  assert.doesNotMatch(await readText(sampleInvoice()), /ご返金/);
});

test('states refunds in English, and a credit where more is given back', async () => {
  const items = [...sampleItems.slice(5), refundOf(sampleItems[0]!, -1_980n)];
  const text = await readText(sampleInvoice({ language: 'en' }, items));
  assertPrints(
    text,
    'Refund: プレミアム会員 5月分',
    'Supplied on 2026-04-14 (April 2026)',
    /Refunds\s+At 10%\s+10%\s+−1,980/,
  );
  assertPrints(text, 'We deduct the following amount', '¥1,130', /Credit\s+3\s+−1,130/, /return\s+invoice/);
});

test('draws 5,000 items on numbered pages that begin with the head of the table', async () => {
  const pages = await readPages(await render(longInvoice(5_000)));
  assert.ok(pages.length > 100);
  for (const [index, page] of pages.entries()) {
    assertPrints(page, `${index + 1} / ${pages.length}`, '202605-31-0000042');
    if (index > 0 && index < pages.length - 1) assertPrints(page, 'ご利用日', '（続き）', /山田 太郎\s+様/);
  }
  const rows = pages.join('\n').match(/アイテム 第\d+号/g);
  assert.equal(new Set(rows).size, 5_000);
  assertPrints(pages.at(-1) ?? '', /小計\s+10%対象\s+10%\s+500,000/);
});

test('never leaves the sums of a part alone on a page', async () => {
  for (let count = 8; count < 44; count += 1) {
    const pages = await readPages(await render(longInvoice(count)));
    const withSums = pages.find((page) => page.includes('小計'));
    assert.match(withSums ?? '', /アイテム 第\d+号/, `${count} items`);
  }
});

test('explains items of an earlier period only where there are some', async () => {
  const late = /前の期間の締切り後に届いたものです/;
  assert.match(await readText(sampleInvoice({ hasLateItems: true })), late);
  assert.doesNotMatch(await readText(sampleInvoice()), late);
});

test('writes amounts in the minor units of its currency', async () => {
  const text = await readText(sampleInvoice({ currency: 'EUR', language: 'en' }, [sampleItems[0]!]));
  assertPrints(text, '€19.80', /At 10%\s+10%\s+1\s+19\.80\s+1\.80/, 'Amount incl. tax, EUR');
});

test('holds one page in memory while a slow reader takes nothing', async () => {
  let pulled = 0;
  const invoice = longInvoice(5_000);
  async function* counted(): AsyncGenerator<InvoiceItem> {
    for await (const item of invoice.items) {
      pulled += 1;
      yield item;
    }
  }
  const stalled = new Writable({ highWaterMark: 16_384, write: () => {} });
  const rendered = renderInvoice({ ...invoice, items: counted() }, stalled);
  for (let turn = 0; turn < 200; turn += 1) await setImmediate();
  assert.ok(pulled > 0 && pulled < 1_000, `${pulled} items were drawn for a reader that takes nothing`);
  stalled.destroy(new Error('gone'));
  await assert.rejects(rendered, /gone/);
});

const longName = '一般社団法人日本全国インターネットデジタルコンテンツ流通促進協議会'.repeat(3).slice(0, 120);

test('wraps long names and keeps them within their columns', async () => {
  const items = sampleItems.map((item) => ({
    ...item,
    company: longName,
    service: longName,
    description: `${longName}終`,
  }));
  const invoice = sampleInvoice(
    {
      recipient: { name: longName, postalCode: '100-0001', address: longName },
      issuer: {
        name: longName,
        address: longName,
        registrationNumber: 'T8011101028104',
        contact: longName,
      },
    },
    items,
  );
  const pdf = await render(invoice);
  const text = (await readRunningText(pdf)).join('');
  assert.equal(text.split(withoutBlanks(`${longName}終`)).length - 1, items.length);
  for (const word of await readWords(pdf)) {
    assert.ok(word.left >= 45 && word.right <= 550.3, `"${word.text}" leaves the margins`);
    assert.ok(word.bottom <= 816, `"${word.text}" is below the foot`);
  }
});

const base = sampleInvoice();
const contradictions: readonly { name: string; changes: Partial<LineInvoice>; message: RegExp }[] = [
  { name: 'rates that do not add up', changes: { totalMinor: 7_431n }, message: /rates/ },
  {
    name: 'a tax that is not that of its rate',
    changes: { rateTotals: base.rateTotals.map((rate) => ({ ...rate, taxMinor: rate.taxMinor + 1n })) },
    message: /tax/,
  },
  { name: 'an item too few', changes: { items: sampleItems.slice(1) }, message: /items/ },
  {
    name: 'items out of their parts',
    changes: { items: sampleItems.toReversed() },
    message: /order of parts/,
  },
  {
    name: 'an item of a rate without a total',
    changes: { items: [...sampleItems, { ...sampleItems[6]!, taxRateBps: 500 }] },
    message: /have no total/,
  },
];

for (const { name, changes, message } of contradictions) {
  test(`refuses ${name}`, async () => {
    await assert.rejects(renderInvoice({ ...base, ...changes }, new PassThrough().resume()), message);
  });
}
