import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { tariffPresets } from '../../config/tariffs.ts';
import { describeTariff } from '../../src/tariffs/tariff-wording.rules.ts';
import { listTariffFaults, tariffDefinitionSchema } from '../../src/tariffs/tariff.rules.ts';

const validate = new Ajv2020({ strict: true }).compile(tariffDefinitionSchema);
const simple = { monthlyBaseMinor: 0, percentBps: 500, perLineMinimumMinor: 30, bands: [] };

test('the presets survive JSON, match the schema and have no faults', () => {
  assert.deepEqual(
    tariffPresets.map(({ code }) => code),
    ['flets-2011', 'flets-2012', 'item-2002', 'west-2004'],
  );
  for (const { code, definition } of tariffPresets) {
    assert.ok(validate(JSON.parse(JSON.stringify(definition))), code);
    assert.deepEqual(JSON.parse(JSON.stringify(definition)), definition);
    assert.deepEqual(listTariffFaults(definition), []);
  }
});

test('takes every component a tariff can have', () => {
  const perItem = { flatMinor: 150, stepAbove: 5_000, flatAboveMinor: 85 };
  const bands = [{ aboveAverageMinor: 900, kind: 'fixed-per-line', rate: 45 }];
  assert.ok(validate({ ...simple, perItem, bands, partnerCommissionBps: 250 }));
});

test('refuses unknown, missing, fractional, negative and textual parts', () => {
  const { bands: _, ...withoutBands } = simple;
  const table: unknown[] = [
    { ...simple, discount: 5 },
    // A term of the contract.
    { ...simple, setUpMinor: 0 },
    withoutBands,
    { ...simple, perLineMinimumMinor: 31.5 },
    { ...simple, percentBps: -1 },
    { ...simple, percentBps: 10_001 },
    { ...simple, percentBps: '500' },
    { ...simple, bands: [{ aboveAverageMinor: 900, kind: 'free', rate: 1 }] },
    { ...simple, bands: [{ aboveAverageMinor: 900, kind: 'percent', rate: 300, note: 'x' }] },
    { ...simple, perItem: { flatMinor: 150 } },
    [],
    null,
  ];
  for (const definition of table) assert.ok(!validate(definition), JSON.stringify(definition));
});

test('finds faults a schema cannot see', () => {
  const rising = { aboveAverageMinor: 900, kind: 'fixed-per-line', rate: 45 } as const;
  assert.equal(listTariffFaults({ ...simple, bands: [rising, rising] }).length, 1);
  assert.equal(
    listTariffFaults({ ...simple, bands: [{ ...rising, kind: 'percent', rate: 10_001 }] }).length,
    1,
  );
  assert.equal(listTariffFaults({ ...simple, percentBps: 0, bands: [rising] }).length, 1);
});

test('describes each preset in both languages', () => {
  const described = tariffPresets.map(({ definition }) => [
    describeTariff(definition, 'ja'),
    describeTariff(definition, 'en'),
  ]);
  assert.deepEqual(described, [
    [
      '請求総額（税込）の5%、1回線あたり30円を下限とする',
      '5% of the total billed incl. tax, at least ¥30 a line',
    ],
    [
      '請求総額（税込）の5%、平均額が900円を超え1,500円以下の場合は1回線あたり45円、平均額が1,500円を超える場合は3%、1回線あたり30円を下限とする',
      '5% of the total billed incl. tax, ¥45 a line above an average of ¥900 up to ¥1,500, 3% above an average of ¥1,500, at least ¥30 a line',
    ],
    ['1件150円（月5,000件を超える分は1件85円）', '¥150 an item (¥85 for those above 5,000 in the month)'],
    ['月額5,000円、請求総額（税込）の9%', '¥5,000 a month, 9% of the total billed incl. tax'],
  ]);
  assert.equal(describeTariff({ ...simple, percentBps: 0, perLineMinimumMinor: 0 }, 'en'), 'free');
});
