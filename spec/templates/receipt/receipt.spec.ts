import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { renderReceipt } from '../../../templates/receipt/receipt.ts';
import type { Receipt } from '../../../templates/receipt/receipt.types.ts';
import { readPages, readWords } from '../statement/read-pdf.ts';
import { sampleReceipt } from './sample-receipt.ts';

async function render(receipt: Receipt): Promise<Buffer> {
  const output = new PassThrough();
  const [bytes] = await Promise.all([buffer(output), renderReceipt(receipt, output)]);
  return bytes;
}

async function readText(changes: Partial<Receipt> = {}): Promise<string> {
  const pages = await readPages(await render(sampleReceipt(changes)));
  assert.equal(pages.length, 1);
  return pages[0] ?? '';
}

function assertPrints(text: string, ...expected: (string | RegExp)[]): void {
  for (const part of expected) {
    if (typeof part === 'string') assert.ok(text.includes(part), `"${part}" is not printed in:\n${text}`);
    else assert.match(text, part);
  }
}

test('says what was bought, when, of whom, for how much, on which invoice', async () => {
  const text = await readText();
  assertPrints(
    text,
    'ch_01JV8Y3M6K2Q4W9ZC5T7R1XHBD',
    '2026年5月3日 20:41',
    '映画「春の海」レンタル（48時間）',
  );
  assertPrints(text, '株式会社シネマ東西', '神田神保町二丁目5番地', '03-0000-1111', 'T7010705000725');
  assertPrints(text, '¥440', /税率・内消費税額\s+10%\s+40円/, /取引年月日\s+2026年5月3日/);
  assertPrints(text, '2026年5月分', '202605-31-0000042', '2026年6月30日', /山田 太郎\s+様/);
});

test('says how it was confirmed, with issued ID and address shortened', async () => {
  const text = await readText();
  assertPrints(text, 'F123…8901', 'CAF0000000042', '回線の認証と発行ID・パスワード', '203.0.113.*');
  const of = { subject: 'subscription', confirmedAt: '2026-02-01 09:05', provenBy: 'passkey' } as const;
  const monthly = await readText({ kind: 'monthly', confirmation: { ...of, address: '2001:db8:1:2:*' } });
  assertPrints(monthly, '2026年2月1日 09:05（月額のお申込み時）', '回線の認証とパスキー', '2001:db8:1:2:*');
});

test('is neither a receipt of payment nor a qualified invoice, and says so', async () => {
  const text = await readText();
  assertPrints(text, 'ご購入内容の控え', '領収書ではありません', 'この控えは適格請求書ではありません');
  assert.doesNotMatch(text, /領収証|領収いたしました/);
});

test('has no tax and no invoice of a purchase that is not charged yet', async () => {
  const text = await readText({ state: 'reserved', tax: undefined, invoice: undefined });
  assertPrints(text, '提供時に確定します', '販売元が提供したときに確定します');
  assert.doesNotMatch(text, /内消費税額|請求書番号|登録なし/);
});

test('marks the reduced rate, and a seller that is not registered', async () => {
  const tax = { taxCode: 'reduced', taxRateBps: 800, suppliedOn: '2026-05-03', taxMinor: 32n } as const;
  const { seller } = sampleReceipt();
  const text = await readText({ tax, seller: { ...seller, registrationNumber: null, telephone: '' } });
  assertPrints(text, 'レンタル（48時間） ※', '8%（※軽減税率）', '登録なし（適格請求書の対象外）');
  assert.ok(!text.includes('電話番号'));
});

test('is in English with the Japanese words beside', async () => {
  const text = await readText({ language: 'en' });
  assertPrints(
    text,
    'Record of purchase',
    'ご購入内容の控え',
    '3 May 2026 20:41',
    'not a receipt of payment',
  );
});

test('keeps long texts within the margins', async () => {
  const long = '一般社団法人日本全国インターネットデジタルコンテンツ流通促進協議会'.repeat(4).slice(0, 120);
  const { seller, buyer } = sampleReceipt();
  const receipt = sampleReceipt({
    description: long,
    seller: { ...seller, name: long, service: long, address: long.repeat(2) },
    buyer: { ...buyer, name: long },
  });
  for (const word of await readWords(await render(receipt))) {
    assert.ok(word.left >= 45 && word.right <= 550.3, `"${word.text}" leaves the margins`);
  }
});

test('has the same bytes each time', async () => {
  assert.ok((await render(sampleReceipt())).equals(await render(sampleReceipt())));
});
