import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  determineStanding,
  findResultFault,
  type CollectionResultKind,
  type InvoiceResult,
} from '../../src/collections/collection-state.rules.ts';

const TOTAL = 1_000n;

function row(
  result: CollectionResultKind,
  collectedMinor: bigint,
  date: string,
  sequence = 0,
  resultCode = '',
): InvoiceResult {
  return { result, collectedMinor, date, sequence, resultCode };
}

const collected = row('collected', 1_000n, '2026-07-01');
const uncollected = row('uncollected', 0n, '2026-06-30', 0, '1');

const cases: readonly {
  name: string;
  rows: readonly InvoiceResult[];
  expected: readonly [state: string, collected: bigint, uncollected: bigint];
}[] = [
  { name: 'no result', rows: [], expected: ['billed', 0n, 0n] },
  {
    name: 'a debit that is tried again',
    rows: [row('pending', 0n, '2026-06-30')],
    expected: ['pending', 0n, 0n],
  },
  { name: 'no funds', rows: [uncollected], expected: ['uncollected', 0n, 1_000n] },
  { name: 'a part', rows: [row('partial', 400n, '2026-06-30')], expected: ['partial', 400n, 600n] },
  { name: 'the newer date counts', rows: [uncollected, collected], expected: ['collected', 1_000n, 0n] },
  { name: 'in any order', rows: [collected, uncollected], expected: ['collected', 1_000n, 0n] },
  {
    name: 'the same row twice is one',
    rows: [collected, { ...collected }],
    expected: ['collected', 1_000n, 0n],
  },
  {
    name: 'the greater sequence of a date counts',
    rows: [row('collected', 1_000n, '2026-07-01', 2), row('uncollected', 0n, '2026-07-01', 10)],
    expected: ['uncollected', 0n, 1_000n],
  },
  {
    name: 'a row without a sequence comes before those of its date that have one',
    rows: [row('uncollected', 0n, '2026-07-01', 1), collected],
    expected: ['uncollected', 0n, 1_000n],
  },
  {
    name: 'two different rows of a date without a sequence: neither counts',
    rows: [collected, row('uncollected', 0n, '2026-07-01')],
    expected: ['billed', 0n, 0n],
  },
  {
    name: 'beside them an older row counts',
    rows: [uncollected, collected, row('pending', 0n, '2026-07-01')],
    expected: ['uncollected', 0n, 1_000n],
  },
  {
    name: 'rows that differ in their code alone differ',
    rows: [row('uncollected', 0n, '2026-07-01', 0, '1'), row('uncollected', 0n, '2026-07-01', 0, '2')],
    expected: ['billed', 0n, 0n],
  },
  {
    name: 'the bank took it back',
    rows: [collected, row('uncollected', 0n, '2026-07-20', 0, '8')],
    expected: ['uncollected', 0n, 1_000n],
  },
];

const rows = fc.array(
  fc.record({
    result: fc.constantFrom('collected', 'partial', 'uncollected', 'pending'),
    day: fc.integer({ min: 1, max: 4 }),
    sequence: fc.integer({ min: 0, max: 2 }),
    part: fc.bigInt({ min: 1n, max: TOTAL - 1n }),
  }),
  { maxLength: 8 },
);

describe('the state of an invoice', () => {
  for (const { name, rows: given, expected } of cases) {
    it(name, () => {
      const { state, collectedMinor, uncollectedMinor } = determineStanding(TOTAL, given);
      assert.deepEqual([state, collectedMinor, uncollectedMinor], expected);
    });
  }

  it('is collected without a result when there is nothing to collect', () => {
    for (const total of [0n, -300n]) {
      const { state, collectedMinor, uncollectedMinor } = determineStanding(total, []);
      assert.deepEqual([state, collectedMinor, uncollectedMinor], ['collected', total, 0n]);
    }
  });

  it('depends on neither the order nor the number of times that rows arrive', () => {
    const orders = rows.chain((given) =>
      fc.tuple(
        fc.constant(given),
        fc.shuffledSubarray([...given, ...given], { minLength: given.length * 2 }),
      ),
    );
    fc.assert(
      fc.property(orders, ([given, shuffled]) => {
        const of = (list: typeof given) =>
          determineStanding(
            TOTAL,
            list.map(({ result, day, sequence, part }) => {
              const amounts = { collected: TOTAL, partial: part, uncollected: 0n, pending: 0n };
              return row(result, amounts[result], `2026-07-0${day}`, sequence);
            }),
          );
        const end = of(given);
        assert.deepEqual(of(shuffled), end);
        const open = TOTAL - end.collectedMinor - end.uncollectedMinor;
        assert.equal(open, end.state === 'billed' || end.state === 'pending' ? TOTAL : 0n);
      }),
    );
  });

  it('takes no result that its total cannot have', () => {
    const faults = (
      [
        ['collected', 1_000n],
        ['partial', 1n],
        ['uncollected', 0n],
        ['pending', 0n],
        ['collected', 999n],
        ['collected', 1_001n],
        ['partial', 0n],
        ['partial', 1_000n],
        ['partial', -1n],
        ['uncollected', 1n],
        ['pending', 1n],
      ] as const
    ).map(([result, collectedMinor]) => findResultFault(TOTAL, { result, collectedMinor }) !== undefined);
    assert.deepEqual(faults, [false, false, false, false, true, true, true, true, true, true, true]);
    assert.match(
      findResultFault(-300n, { result: 'collected', collectedMinor: 0n }) ?? '',
      /nothing to collect/,
    );
  });
});
