import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressee } from '../../../templates/pdf/addressee.rules.ts';
import { PrintedSums, sumQualified } from '../../../templates/invoice/invoice.rules.ts';
import { sampleItems, totalsOf } from './sample-invoice.ts';

const three = (amountMinor: bigint, taxCode: 'standard' | 'reduced' = 'standard') =>
  Array.from({ length: 3 }, () => ({
    ...sampleItems[0]!,
    amountMinor,
    taxCode,
    taxRateBps: taxCode === 'standard' ? 1_000 : 800,
  }));

// Rounded once on the total of a rate, downwards, and mirrored below zero (domain.md section 5).
const totals = [
  { name: 'three of 105 at 10%', items: three(105n), totalMinor: 315n, taxMinor: 28n },
  { name: 'three of 105 at 8%', items: three(105n, 'reduced'), totalMinor: 315n, taxMinor: 23n },
  { name: 'three refunds of 105', items: three(-105n), totalMinor: -315n, taxMinor: -28n },
  {
    name: 'a purchase and its refund',
    items: [...three(105n), ...three(-105n)],
    totalMinor: 0n,
    taxMinor: 0n,
  },
  { name: 'the smallest amounts', items: three(1n), totalMinor: 3n, taxMinor: 0n },
];

for (const { name, items, totalMinor, taxMinor } of totals) {
  test(`the tax in ${name} is rounded once`, () => {
    assert.deepEqual(sumQualified(totalsOf(items)), { totalMinor, taxMinor, itemCount: items.length });
  });
}

test('own and registered supplies are one qualified total, others are none', () => {
  const printed = new PrintedSums();
  for (const part of ['own', 'registered', 'unregistered'] as const) {
    for (const item of three(100n)) printed.add({ ...item, part });
  }
  assert.deepEqual(
    [...printed.byRate()],
    [
      ['qualified standard 1000', 600n],
      ['other standard 1000', 300n],
    ],
  );
  assert.equal(printed.ofPart('own')[0]?.itemCount, 3);
});

const names = [
  { name: '山田 太郎', ja: '山田 太郎　様' },
  { name: '株式会社山田商事', ja: '株式会社山田商事　御中' },
  { name: '（株）山田', ja: '（株）山田　御中' },
  { name: 'みなと町内会協同組合', ja: 'みなと町内会協同組合　御中' },
  { name: '学校 花子', ja: '学校 花子　御中' },
];

for (const { name, ja } of names) {
  test(`${name} is addressed ${ja.slice(name.length + 1)}`, () => {
    assert.equal(addressee(name, 'ja'), ja);
    assert.equal(addressee(name, 'en'), name);
  });
}
