import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFacts, readPages, readWords, renderBytes, type Word } from './read-pdf.ts';
import { longStatement, sampleDetails, sampleStatement } from './sample-statement.ts';

const longName =
  '一般社団法人日本全国インターネットデジタルコンテンツ流通促進協議会コミュニティプラットフォーム運営機構';

async function readText(...args: Parameters<typeof sampleStatement>): Promise<string> {
  return (await readPages(await renderBytes(sampleStatement(...args)))).join('\n');
}

function assertPrints(text: string, ...expected: (string | RegExp)[]): void {
  for (const part of expected) {
    if (typeof part === 'string') assert.ok(text.includes(part), `"${part}" is not printed in:\n${text}`);
    else assert.match(text, part);
  }
}

test('prints parties, period, payout and the calculation of the worked example', async () => {
  const text = await readText();
  assertPrints(
    text,
    '東日本ひかり通信株式会社',
    '株式会社まなびコンテンツ',
    '御中',
    'C00017',
    'T7010705000725',
  );
  assertPrints(text, 'ST-2026-05-000123', '2026年7月8日', '2026年5月分', '2026年5月1日～2026年6月25日');
  assertPrints(text, 'お支払金額', '¥75,600', '2026年7月31日');
  assertPrints(text, /ご請求総額（税込）.*80,000/, /手数料（税抜）.*−4,000/, /消費税（10%）.*−400/);
  assertPrints(text, /請求回線数.*100 回線/, /平均.*¥800\.00/, '2011年料金表', '料率', '5% を適用しました');
});

test('is a qualified invoice for the fee: issuer, number, period, content, rate, totals, recipient', async () => {
  const text = await readText();
  assertPrints(text, '適格請求書（手数料）');
  assertPrints(
    text,
    /発行者 東日本ひかり通信株式会社（登録番号 T8011101028104）\s+宛先 株式会社まなびコンテンツ\s+御中/,
  );
  assertPrints(text, /2026年5月1日～2026年6月25日\s+料金収納代行手数料\s+10%\s+4,000\s+400\s+4,400/);
});

test('states total and tax per rate, marks the reduced rate and explains the mark', async () => {
  const text = await readText();
  assertPrints(text, /10%対象計\s+64,000\s+5,818/, /8%対象計（軽減税率）※\s+16,000\s+1,185/);
  assertPrints(text, /産直おやつ便\s+8% ※\s+40\s+80\s+16,000/, '※は軽減税率対象であることを示します');
  assert.equal(text.match(/8% ※/g)?.length, 7, 'one service and six details bear the mark');
});

test('does not explain a mark that does not occur', async () => {
  const base = sampleStatement();
  const [part] = base.settlementLines;
  const [total] = base.rateTotals;
  assert.ok(part && total);
  const details = sampleDetails().map(
    (detail) => ({ ...detail, taxCode: 'standard', taxRateBps: 1000 }) as const,
  );
  const settlementLines = [{ ...part, totalMinor: 80_000n }];
  const text = await readText({ settlementLines, rateTotals: [{ ...total, totalMinor: 80_000n }], details });
  assert.ok(!text.includes('※'));
});

test('shows three digits of the bank account and no more', async () => {
  const pages = await readPages(await renderBytes(sampleStatement()));
  assertPrints(pages.join('\n'), '****567', 'みらい銀行 神保町支店');
  assert.ok(!pages.join('\n').includes('4567'));
});

test('says by its legal model who is liable for uncollected amounts', async () => {
  assertPrints(await readText(), '収納代行方式', '貴社のご負担');
  const assigned = await readText({ legalModel: 'assignment', settlementBasis: 'collected' });
  assertPrints(
    assigned,
    '債権譲渡方式',
    /譲渡後に回収できなかった代金は、当社が\s*負担/,
    '回収額を基準',
    '債権譲渡・料金回収手数料',
  );
});

test('pays nothing out and carries a negative balance forward', async () => {
  const base = sampleStatement();
  const fee = { ...base.fee, exTaxMinor: 0n, taxMinor: 0n, reasons: ['手数料対象額が 0円 以下です。'] };
  const adjustments = [{ label: { ja: '未回収金の戻し入れ', en: 'Uncollected' }, amountMinor: -2_345n }];
  const carried = { carriedInMinor: -1_200n, carriedOutMinor: -18_545n, payoutMinor: 0n, payoutDate: null };
  const refund = { taxCode: 'standard', taxRateBps: 1000, totalMinor: 95_000n } as const;
  const text = await readText({
    refundedMinor: 95_000n,
    refunds: [
      {
        ...refund,
        originalPeriod: '2026-04',
        returnedFrom: '2026-05-31',
        returnedTo: '2026-05-31',
        way: 'invoice',
        itemCount: 9,
      },
    ],
    refundRates: [{ ...refund, taxMinor: 8_636n }],
    fee,
    adjustments,
    ...carried,
  });
  assertPrints(text, '¥0', '今回のお支払いはございません', /差引精算額 −¥18,545/, /手数料対象額.*−15,000/);
  assertPrints(
    text,
    /未回収金の戻し入れ.*−2,345/,
    /前月からの繰越額.*−1,200/,
    /翌月への繰越額.*−18,545/,
    '−¥150.00',
  );
  assert.ok(!text.includes('****567'), 'no account where nothing is transferred');
});

test('fits one page when nothing was billed, and says so', async () => {
  const base = sampleStatement();
  const fee = { ...base.fee, exTaxMinor: 0n, taxMinor: 0n };
  const counts = { billedMinor: 0n, lineCount: 0, itemCount: 0, payoutMinor: 0n, payoutDate: null };
  const pdf = await renderBytes(
    sampleStatement({ ...counts, fee, settlementLines: [], rateTotals: [], details: [] }),
  );
  const pages = await readPages(pdf);
  assert.equal(pages.length, 1);
  assertPrints(pages[0] ?? '', '対象期間の明細はありません', '1 / 1');
});

test('repeats head and foot on every page, numbers them, and carries sums from page to page', async () => {
  const pages = await readPages(await renderBytes(longStatement(120)));
  assert.equal(pages.length, 4);
  for (const [index, page] of pages.entries()) {
    assertPrints(page, `${index + 1} / 4`, '精算書番号 ST-2026-05-000123', /株式会社まなびコンテンツ\s+御中/);
    if (index > 0) assertPrints(page, '締日', '金額（税込・円）', '本ページ小計');
  }
  const carried = pages
    .slice(1, -1)
    .map((page) => /次ページへ繰越.*?([\d,]+)\s+([\d,]+)/.exec(page)?.slice(1));
  const brought = pages.slice(2).map((page) => /前ページより繰越.*?([\d,]+)\s+([\d,]+)/.exec(page)?.slice(1));
  assert.deepEqual(brought, carried);
  assert.equal(carried.length, 2);
  assertPrints(pages.at(-1) ?? '', /合計\s+120\s+84,000/);
});

test('prints each of 3,000 details once', async () => {
  const pages = await readPages(await renderBytes(longStatement(3_000)));
  assert.equal(pages.length, 76);
  const rows = pages.join('\n').match(/^\s*2026年\d月\d+日\s+デジタル雑誌 第\d+巻\s+10%\s+1\s+1\s+700$/gm);
  assert.equal(rows?.length, 3_000);
  assertPrints(pages.at(-1) ?? '', '76 / 76', /合計\s+3,000\s+2,100,000/);
});

test('keeps figures of a column on one right edge', async () => {
  const words = await readWords(await renderBytes(sampleStatement()));
  const amounts = words.filter((word) => word.page === 2 && /^\d+,\d{3}$/.test(word.text));
  assert.equal(amounts.length, 19);
  for (const word of amounts) assert.ok(Math.abs(word.right - (amounts[0]?.right ?? 0)) < 0.1, word.text);
});

test('has no text that overlaps another or leaves the margins, for names of any length', async () => {
  const base = sampleStatement();
  const statement = sampleStatement({
    recipient: {
      ...base.recipient,
      name: longName.repeat(3),
      address: `東京都${'千代田区神田神保町'.repeat(12)}`,
    },
    issuer: { ...base.issuer, name: longName, address: '東京都新宿区西新宿三丁目19番2号 '.repeat(4) },
    fee: { ...base.fee, tariffName: longName, reasons: [longName, 'W'.repeat(300)] },
    bankAccount: { ...base.bankAccount, bankName: longName, holder: longName },
    settlementLines: base.settlementLines.map((part) => ({ ...part, serviceName: longName })),
    details: sampleDetails().map((detail) => ({ ...detail, serviceName: `${longName} & <Sons>` })),
  });
  const words = await readWords(await renderBytes(statement));
  assert.ok(words.length > 200);
  for (const word of words) {
    assert.ok(word.left >= 45 && word.right <= 550.3, `"${word.text}" leaves the margins`);
    assert.ok(word.bottom <= 816, `"${word.text}" is below the foot`);
  }
  assert.deepEqual(listOverlaps(words), []);
});

/** The middle of a word's box, which reaches well above and below its letters. */
function body(word: Word): [number, number] {
  const height = word.bottom - word.top;
  return [word.top + height * 0.3, word.bottom - height * 0.3];
}

/** Pairs of words whose letters meet. */
function listOverlaps(words: readonly Word[]): string[] {
  return words.flatMap((one, index) =>
    words.slice(index + 1).flatMap((other) => {
      if (one.page !== other.page || one.left + 0.3 >= other.right || other.left + 0.3 >= one.right)
        return [];
      const [oneTop, oneBottom] = body(one);
      const [otherTop, otherBottom] = body(other);
      return oneTop < otherBottom && otherTop < oneBottom ? [`${one.text} | ${other.text}`] : [];
    }),
  );
}

test('carries its title, language and structure for search and for screen readers', async () => {
  const base = sampleStatement();
  const pdf = await renderBytes(sampleStatement({ recipient: { ...base.recipient, name: 'A & B <C>' } }));
  const facts = await readFacts(pdf);
  assertPrints(facts, /Title:\s+精算書 兼 手数料請求書 ST-2026-05-000123 A ＆ B ＜C＞/);
  assertPrints(facts, /Author:\s+東日本ひかり通信株式会社/, /Tagged:\s+yes/, /PDF version:\s+1\.7/);
  assertPrints(pdf.toString('latin1'), '/Lang (ja-JP)', '/DisplayDocTitle true', '/S /H1', '/S /TD');
});
