import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tariffPresets } from '../../config/tariffs.ts';
import { explainFee } from '../../src/settlements/fee-wording.rules.ts';
import { calculateFee } from '../../src/settlements/fee.rules.ts';
import type { TariffDefinition } from '../../src/tariffs/tariff.rules.ts';
import type { Locale } from '../../src/shared/money.ts';

function explain(
  code: string,
  totalMinor: bigint,
  locale: Locale,
  changes: Partial<TariffDefinition> = {},
): string {
  const preset = tariffPresets.find((tariff) => tariff.code === code);
  assert.ok(preset);
  const tariff = { ...preset.definition, ...changes };
  const billed = { totalMinor, lineCount: 100, itemCount: 5_200 };
  return explainFee({ tariff, billed, fee: calculateFee(tariff, billed), locale });
}

test('tells below the average of 600 why the minimum applies', () => {
  assert.equal(
    explain('flets-2011', 50_000n, 'ja'),
    '1回線あたりの平均額500.00円：請求総額50,000円の5%（2,500円）が最低手数料1回線30円×100回線（3,000円）を下回るため、最低手数料を適用しました。',
  );
  assert.equal(
    explain('flets-2011', 50_000n, 'en'),
    'Average per line ¥500.00: 5% of ¥50,000 (¥2,500) is below the minimum of ¥30 × 100 lines (¥3,000), so the minimum applies.',
  );
});

test('tells from 600 on why the percentage applies, and that a fraction is dropped', () => {
  assert.match(
    explain('flets-2011', 60_000n, 'ja'),
    /3,000円）が最低手数料.*3,000円）以上のため、定率を適用しました。$/,
  );
  assert.match(explain('flets-2011', 79_999n, 'ja'), /3,999\.95円.*1円未満は切り捨てます。$/);
  assert.match(explain('flets-2011', 79_999n, 'en'), /¥3,999\.95.*A fraction of a yen is dropped\.$/);
});

test('tells which band the average lies in', () => {
  assert.equal(
    explain('flets-2012', 100_000n, 'ja'),
    '1回線あたりの平均額1,000.00円が900円を超えるため、1回線45円×100回線（4,500円）を適用しました。',
  );
  assert.equal(
    explain('flets-2012', 200_000n, 'en'),
    'The average per line of ¥2,000.00 is above ¥1,500, so the fee is 3% of ¥200,000 (¥6,000).',
  );
  // 270,001 over 300 lines is 900.0033…: the floored figure alone would not be above 900.
  const billed = { totalMinor: 270_001n, lineCount: 300, itemCount: 300 };
  const tariff = tariffPresets.find(({ code }) => code === 'flets-2012')?.definition;
  assert.ok(tariff);
  const sentence = explainFee({ tariff, billed, fee: calculateFee(tariff, billed), locale: 'ja' });
  assert.match(sentence, /平均額900\.00円余りが900円を超える/);
});

test('says nothing of a dropped fraction that was not in the fee', () => {
  assert.doesNotMatch(explain('flets-2012', 100_001n, 'ja'), /切り捨て/);
});

test('counts out items, base and set-up', () => {
  assert.equal(
    explain('item-2002', 80_000n, 'ja'),
    '件数による手数料：150円×5,000件 + 85円×200件 = 767,000円。',
  );
  assert.equal(
    explain('west-2004', 80_000n, 'en'),
    'The fee is 9% of ¥80,000 (¥7,200). To this comes the monthly base of ¥5,000.',
  );
});

test('tells that there is no fee without a positive total', () => {
  assert.equal(explain('flets-2011', 0n, 'ja'), '請求総額が0円以下のため、手数料は発生しません。');
  assert.equal(explain('west-2004', -1n, 'en'), 'No positive total was billed, so there is no fee.');
});
