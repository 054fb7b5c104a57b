import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeMismatch } from './describe.ts';
import type { History, SimEvent } from './history.ts';
import { runHistory } from './run-history.ts';
import { buy, event, LINE, night, refund, result, review, underTerms, world } from './small-world.ts';

const sold = (amount = 300): SimEvent[] => [
  ...buy('2026-01-26T10:00', 'one', { amount }),
  night('2026-01-31', '2026-02-01T00:30'),
];
const january = [night('2026-02-25', '2026-02-26T00:30'), review('2026-02-26T10:00')];
/** With what came back of January; people have it drafted again. */
const february = [
  night('2026-03-25', '2026-03-26T00:30'),
  review('2026-03-26T09:00', false),
  night('2026-03-26', '2026-03-27T00:30'),
  review('2026-03-27T09:00'),
];
const settled = [...january, ...february];
const goes = (from: string) =>
  event(`${from}T09:00`, 'deliver-lines', {
    rows: [{ ...LINE, holderFrom: from, holder: 'next' }],
    tonight: false,
  });

interface Collecting {
  readonly world?: History['world'];
  readonly events: readonly SimEvent[];
}

const histories: Record<string, Collecting> = {
  'uncollected, refunded before, then collected in part and in full': {
    events: [
      ...sold(),
      refund('2026-02-10T10:00', 'one', 100),
      ...january,
      result('2026-03-03T10:00', ['2026-01', 'uncollected']),
      result('2026-03-05T10:00', ['2026-01', 'partial'], 200),
      ...february,
      result('2026-04-01T10:00', ['2026-01', 'collected']),
      result('2026-04-02T10:00', ['2026-01', 'uncollected']),
      night('2026-04-25', '2026-04-26T00:30'),
    ],
  },
  'clawed back first, so that its claim is the company’s own': {
    events: [
      ...buy('2026-01-26T09:00', 'two', { amount: 501 }),
      ...sold(),
      ...january,
      result('2026-03-03T10:00', ['2026-01', 'partial'], 300),
      refund('2026-03-04T10:00', 'one'),
      refund('2026-03-04T11:00', 'one'),
      refund('2026-03-04T12:00', 'two', 500),
      ...february,
    ],
  },
  'of an assigned claim, which the carrier bears': {
    world: underTerms({ model: 'assignment' }),
    events: [
      ...sold(),
      refund('2026-02-10T10:00', 'one', 100),
      result('2026-03-03T10:00', ['2026-01', 'uncollected']),
      ...settled,
      result('2026-04-03T10:00', ['2026-01', 'partial'], 250),
      night('2026-04-03', '2026-04-04T00:30'),
    ],
  },
  'a month that is settled on what is collected': {
    world: underTerms({ basis: 'collected' }),
    events: [
      ...sold(),
      ...settled,
      result('2026-03-27T10:00', ['2026-01', 'pending']),
      night('2026-04-25', '2026-04-26T00:30'),
      // Sixty days after the last due date of January's groups: what is not collected is clawed back.
      night('2026-05-24', '2026-05-25T00:30'),
      result('2026-05-26T10:00', ['2026-01', 'collected']),
      night('2026-05-26', '2026-05-27T00:30'),
      review('2026-05-27T10:00'),
      night('2026-05-27', '2026-05-28T00:30'),
    ],
  },
  'refunds by bank: as much as was collected': {
    events: [
      ...sold(),
      goes('2026-02-05'),
      ...january,
      night('2026-02-28', '2026-03-01T00:30'),
      refund('2026-03-01T10:00', 'one', 100),
      refund('2026-03-01T11:00', 'one', 150),
      refund('2026-03-02T10:00', 'one'),
      result('2026-03-03T10:00', ['2026-01', 'partial'], 120),
      night('2026-03-03', '2026-03-04T00:30'),
      ...february,
      night('2026-05-02', '2026-05-03T00:30'),
    ],
  },
};

describe('what the carrier collects, and what comes back from whom', { concurrency: true }, () => {
  for (const [what, { events, world: own = world }] of Object.entries(histories)) {
    it(`agrees with the shadow: ${what}`, async () => {
      const history = { seed: 0, preset: 'tokyo', world: own, events };
      const mismatch = await runHistory(history);
      assert.equal(mismatch && describeMismatch(history, mismatch).join('\n'), undefined);
    });
  }
});
