import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Statement } from '../../../templates/statement/statement.types.ts';
import { readFacts, readPages, readRunningText, readWords, renderBytes } from './read-pdf.ts';
import { longStatement, sampleDetails, sampleStatement } from './sample-statement.ts';

const base = sampleStatement();

async function readText(changes: Partial<Statement>): Promise<string> {
  return (await readRunningText(await renderBytes(sampleStatement(changes)))).join('\n');
}

const refunds = [
  {
    originalPeriod: '2026-04',
    returnedFrom: '2026-05-31',
    returnedTo: '2026-06-25',
    way: 'invoice',
    taxCode: 'standard',
    taxRateBps: 1000,
    itemCount: 4,
    totalMinor: 700n,
  },
  {
    originalPeriod: '2026-03',
    returnedFrom: '2026-05-12',
    returnedTo: '2026-05-12',
    way: 'bank',
    taxCode: 'reduced',
    taxRateBps: 800,
    itemCount: 1,
    totalMinor: 300n,
  },
] as const;

/** Every figure that a settlement can have. */
const everything: Partial<Statement> = {
  refundedMinor: 1_000n,
  refunds,
  refundRates: [
    { taxCode: 'standard', taxRateBps: 1000, totalMinor: 700n, taxMinor: 63n },
    { taxCode: 'reduced', taxRateBps: 800, totalMinor: 300n, taxMinor: 22n },
  ],
  fee: { ...base.fee, exTaxMinor: 3_950n, taxMinor: 395n },
  setUp: { exTaxMinor: 50_000n, taxMinor: 5_000n },
  clawbacks: [
    { kind: 'clawback', originalPeriod: '2026-02', amountMinor: 3_300n },
    { kind: 'clawback', originalPeriod: '2026-03', amountMinor: 880n },
    { kind: 'recovery', originalPeriod: '2026-01', amountMinor: 1_100n },
  ],
  transferFeeMinor: 330n,
  carriedInMinor: 640n,
  payoutMinor: 16_885n,
};

const sections = [
  {
    name: 'fee and set-up fee as two invoices with a number each',
    changes: {
      ...everything,
      setUp: { exTaxMinor: 50_000n, taxMinor: 5_000n, invoiceNumber: 'ST-2026-05-000123-SETUP' },
    },
    prints: [
      '手数料（請求書番号ST-2026-05-000123）と工事費（請求書番号ST-2026-05-000123-SETUP）は、それぞれ別の適格請求書です。',
    ],
  },
  {
    name: 'refunds by original period as a return invoice, below ¥10,000 too',
    changes: everything,
    prints: [
      '返金の内訳（適格返還請求書）発行者東日本ひかり通信株式会社（登録番号T8011101028104）宛先株式会社まなびコンテンツ御中',
      '2026年4月分2026年5月31日～2026年6月25日10%4700',
      '2026年3月分（銀行振込）2026年5月12日8%※1300',
      '10%対象計70063',
      '8%対象計（軽減税率）※30022',
      '返金額（税込）−1,000',
    ],
  },
  {
    name: 'clawbacks and recoveries, one line for each original period',
    changes: everything,
    prints: [
      '2026年2月分未収による返還額−3,300',
      '2026年3月分未収による返還額−880',
      '2026年1月分未収分の回収額1,100',
      '合計−3,080',
      '未収による返還額−4,180',
    ],
  },
  {
    name: 'the set-up fee with its tax, and on the qualified invoice',
    changes: everything,
    prints: [
      '工事費（税抜）−50,000',
      '工事費に係る消費税（10%）−5,000',
      '工事費（初期費用）10%50,0005,00055,000',
    ],
  },
  {
    name: 'the transfer fee and a balance carried in',
    changes: everything,
    prints: ['振込手数料（税込）−330', '前月からの繰越額640', 'お支払金額¥16,885'],
  },
  {
    name: 'a balance below the minimum payout, which is carried',
    changes: { payoutMinor: 0n, payoutDate: null, carriedOutMinor: 75_600n, minimumPayoutMinor: 100_000n },
    prints: [
      '契約に定める最低支払額¥100,000に満たないため、全額を翌月に繰り越します',
      '翌月への繰越額75,600',
    ],
  },
  {
    name: 'a balance that is not above the transfer fee',
    changes: { payoutMinor: 0n, payoutDate: null, carriedOutMinor: 75_600n },
    prints: ['差引精算額¥75,600は、振込手数料を超えないため'],
  },
  {
    name: 'an assignment without tax on the fee, which is no qualified invoice',
    changes: {
      legalModel: 'assignment',
      fee: { ...base.fee, taxable: false, taxMinor: 0n },
      payoutMinor: 76_000n,
    },
    prints: ['手数料（消費税対象外）−4,000', '本書は、手数料については適格請求書に該当しません'],
    lacks: ['適格請求書（手数料）', '手数料に係る消費税', '兼手数料請求書'],
  },
  {
    name: 'an assignment with a set-up fee, which alone is on the qualified invoice',
    changes: {
      legalModel: 'assignment',
      fee: { ...base.fee, taxable: false, taxMinor: 0n },
      setUp: { exTaxMinor: 1_000n, taxMinor: 100n },
      payoutMinor: 74_900n,
    },
    prints: ['適格請求書（手数料）', '工事費（初期費用）10%1,0001001,100'],
    lacks: ['債権譲渡・料金回収手数料'],
  },
  {
    name: 'which statement it corrects',
    changes: { replaces: { number: 'ST-2026-05-000099', issueDate: '2026-07-01' } },
    prints: ['本書は、2026年7月1日付け精算書ST-2026-05-000099を訂正するものです'],
  },
] as const;

for (const { name, changes, prints, ...rest } of sections) {
  test(`prints ${name}`, async () => {
    const text = await readText(changes);
    for (const part of prints) assert.ok(text.includes(part), `"${part}" is not in:\n${text}`);
    for (const part of 'lacks' in rest ? rest.lacks : []) assert.ok(!text.includes(part), part);
  });
}

const branches = [
  { branch: 'percent', ja: '料率', en: 'Percentage' },
  { branch: 'minimum', ja: '最低手数料', en: 'Minimum' },
  { branch: 'band', ja: '段階', en: 'Band' },
  { branch: 'items', ja: '件数', en: 'Peritem' },
] as const;

for (const { branch, ja, en } of branches) {
  test(`names the rule that applied in words: ${ja}`, async () => {
    const fee = { ...base.fee, branch };
    assert.ok((await readText({ fee })).includes(`適用区分${ja}`));
    assert.match(await readText({ fee, language: 'en' }), new RegExp(`Ruleapplied適用区分${en}`, 'u'));
  });
}

test('writes dates and fixed texts in the language of the document', async () => {
  const [ja, en] = [await readText({}), await readText({ language: 'en' })];
  assert.ok(
    ja.includes('2026年7月8日') && ja.includes('2026年5月31日') && !/20\d\d-\d\d-\d\d(?!\d)/.test(ja),
  );
  assert.ok(en.includes('8July2026') && en.includes('31May2026') && en.includes('Howthefeewasdetermined'));
  assert.ok(!/年\d+月/u.test(en), en);
});

for (const { language, word } of [
  { language: 'ja', word: '下書き' },
  { language: 'en', word: 'DRAFT' },
] as const) {
  test(`a draft says ${word} on every page, behind its figures, and in its title`, async () => {
    const draft = await renderBytes({ ...longStatement(120), language, isDraft: true });
    const pages = await readPages(draft);
    assert.equal(pages.length, 4);
    // The mark stands at an angle: its letters are lines of their own.
    for (const page of await readRunningText(draft)) {
      assert.ok(
        Array.from(word).every((letter) => page.includes(letter)),
        page,
      );
    }
    const marks = draft.toString('latin1').split('/Type /Page\n').length - 1;
    assert.ok(marks >= 4);
    assert.match(await readFacts(draft), new RegExp(`Title:\\s+${word} `));
    const final = await renderBytes({ ...longStatement(120), language });
    assert.ok(!(await readFacts(final)).includes(word));
    assert.ok(!(await readRunningText(final)).join('').includes(word));
  });
}

/** Heights in which the text of each page lies between head and foot, as shares of the room there is. */
async function readFill(statement: Statement): Promise<{ pages: number; lastFill: number }> {
  const words = (await readWords(await renderBytes(statement))).filter(({ bottom }) => bottom < 790);
  const pages = Math.max(...words.map(({ page }) => page));
  const bottom = Math.max(...words.filter(({ page }) => page === pages).map((word) => word.bottom));
  return { pages, lastFill: (bottom - 60) / (784 - 60) };
}

/** As the sample, but with that many details of a hundred yen and so many services. */
function statementOf(detailCount: number, changes: Partial<Statement>): Statement {
  const [row] = sampleDetails();
  const details = Array.from({ length: detailCount }, (_, index) => ({
    ...row!,
    totalMinor: index === 0 ? 80_000n - 100n * BigInt(detailCount - 1) : 100n,
  }));
  return sampleStatement({ ...changes, details });
}

for (const { name, changes, counts } of [
  {
    name: 'a plain statement',
    changes: {},
    counts: [1, 2, 4, 6, 8, 10, 12, 18, 30, 42, 44, 46, 48, 60, 90, 100],
  },
  { name: 'a statement of every section', changes: everything, counts: [1, 3, 6, 9, 12, 20, 40, 55] },
] as const) {
  test(`${name} has no last page that is nearly empty, however many details`, async () => {
    for (const count of counts) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other: each takes a document
      const { pages, lastFill } = await readFill(statementOf(count, changes));
      assert.ok(pages === 1 || lastFill >= 0.22, `${count} details: page ${pages} is filled to ${lastFill}`);
    }
  });
}

test('figures of many digits touch neither their labels nor each other', async () => {
  const huge = 12_345_678_901_234n;
  const [line] = base.settlementLines;
  const [rate] = base.rateTotals;
  const statement = sampleStatement({
    ...everything,
    billedMinor: huge,
    lineCount: 123_456_789,
    itemCount: 234_567_890,
    settlementLines: [{ ...line!, lineCount: 123_456_789, itemCount: 234_567_890, totalMinor: huge }],
    rateTotals: [{ ...rate!, totalMinor: huge, taxMinor: huge / 11n }],
    details: [{ ...sampleDetails()[0]!, lineCount: 123_456_789, itemCount: 234_567_890, totalMinor: huge }],
    payoutMinor: huge - 63_115n,
  });
  for (const language of ['ja', 'en'] as const) {
    const words = await readWords(await renderBytes({ ...statement, language }));
    const figures = words.filter(({ text }) => /^[−¥]*\d[\d,]{3,}\d$/u.test(text));
    assert.ok(figures.length > 25);
    for (const figure of figures) {
      const before = words.filter(
        (word) =>
          word !== figure &&
          word.page === figure.page &&
          Math.abs(word.bottom - figure.bottom) < 3 &&
          word.left < figure.left,
      );
      const gap = figure.left - Math.max(0, ...before.map((word) => word.right));
      assert.ok(gap >= 5, `${language}: "${figure.text}" is ${gap} points from what is before it`);
    }
  }
});
