import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { readPages, readRunningText, readWords, renderBytes, withoutBlanks } from './read-pdf.ts';
import { sampleDetails, sampleStatement } from './sample-statement.ts';

const association =
  '一般社団法人日本全国インターネットデジタルコンテンツ流通促進協議会コミュニティプラットフォーム運営機構';
/** Names of maximum length with different ends. */
const japanese = `${association.repeat(3).slice(0, 118)}東雲`;
const english =
  'The Complete Illustrated Encyclopaedia of Everything That Swims, in Weekly Parts for Families, Vol. 12';
const oneWord = `${'Donaudampfschifffahrtsgesellschaft'.repeat(4).slice(0, 117)}xyz`;
const names = [japanese, english, oneWord];

const base = sampleStatement();

/** Every name of maximum length, 18 details and 18 services, so that both tables take several pages. */
function longNamedStatement(): ReturnType<typeof sampleStatement> {
  const details = sampleDetails().map((detail, row) => ({ ...detail, serviceName: names[row % 3]! }));
  return sampleStatement({
    issuer: { ...base.issuer, name: `${association}発行`, address: `${association.repeat(2)}発行地` },
    recipient: {
      ...base.recipient,
      name: `宛先${association.repeat(2)}`,
      address: `東京都${association.repeat(4)}宛先地`,
    },
    fee: { ...base.fee, tariffName: `${association.repeat(2)}料金表` },
    bankAccount: {
      ...base.bankAccount,
      bankName: `${association}銀行`,
      branchName: `${association}支店`,
      holder: 'ﾏﾅﾋﾞｺﾝﾃﾝﾂ'.repeat(6),
    },
    settlementLines: details,
    details,
  });
}

describe('a statement of long names', () => {
  let pdf: Buffer;
  let pages: string[];

  before(async () => {
    pdf = await renderBytes(longNamedStatement());
    pages = await readRunningText(pdf);
  });

  test('prints them whole, in the blocks as in the tables', () => {
    const { issuer, recipient, fee, bankAccount } = longNamedStatement();
    const blocks = [issuer.name, issuer.address, `${recipient.name}御中`, recipient.address];
    const account = [bankAccount.bankName, bankAccount.branchName, bankAccount.holder];
    for (const text of [...blocks, fee.tariffName, ...account]) {
      assert.ok(pages[0]?.includes(text), `"${text}" is not whole in:\n${pages[0]}`);
    }
    assert.ok(!pages.join('').includes('…'));
  });

  test('names both parties whole on every page', () => {
    const { issuer, recipient } = longNamedStatement();
    for (const page of pages) {
      assert.ok(page.includes(issuer.name), page);
      assert.ok(page.includes(`${recipient.name}御中`), page);
    }
  });

  test('never splits a row between two pages', () => {
    for (const name of names) {
      const whole = pages.map((page) => page.split(withoutBlanks(name)).length - 1);
      const rows = whole.reduce((sum, count) => sum + count, 0);
      assert.equal(rows, 12, `six services and six details are named "${name}"; by page ${whole.join(', ')}`);
      assert.ok(whole.filter((count) => count > 0).length > 2);
    }
  });

  test('repeats the head of a table on every page of it, and keeps the sums together', () => {
    const withRows = pages.filter((page) => page.includes(oneWord.slice(-60)));
    assert.ok(withRows.length > 3);
    for (const page of withRows)
      assert.ok(page.includes('サービス') && page.includes('金額（税込・円）'), page);
    const sums = pages.filter((page) => page.includes('10%対象計'));
    assert.equal(sums.length, 1);
    assert.match(sums[0] ?? '', /8%対象計（軽減税率）※16,0001,185合計/);
  });

  test('keeps every line within its column, and figures beside the first', async () => {
    const words = await readWords(pdf);
    const pieces = words.filter((word) => word.text.length > 5 && oneWord.includes(word.text));
    assert.ok(pieces.length > 24, 'each of a dozen rows has several lines');
    for (const piece of pieces) {
      const rate = words.find((word) => word.text === '税率' && word.page === piece.page);
      assert.ok(rate && piece.right < rate.left, `"${piece.text}" leaves its column`);
    }
    const laidOut = (await readPages(pdf)).join('\n');
    assert.match(laidOut, /The Complete Illustrated Encyclopaedia\s.*10%\s+15\s+30\s+6,000$/m);
  });
});
