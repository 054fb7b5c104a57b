import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeMismatch } from './describe.ts';
import type { SimEvent } from './history.ts';
import { runHistory } from './run-history.ts';
import type { Faults } from './shadow/state.ts';
import { buy, capture, event, hold, LINE, night, world } from './small-world.ts';

const histories: Record<string, { readonly events: readonly SimEvent[]; readonly fault?: Faults }> = {
  'two holds before a closing day, a purchase after it, and both captured': {
    events: [
      ...hold('2026-01-30T10:00', 'one', 4_000),
      ...hold('2026-01-30T11:00', 'two', 4_000),
      night('2026-01-30', '2026-01-31T00:30'),
      night('2026-01-31', '2026-02-01T00:30'),
      ...buy('2026-02-01T10:00', 'all', { amount: 10_000 }),
      ...buy('2026-02-01T11:00', 'rest', { amount: 2_000, by: 'p2' }),
      capture('2026-02-02T10:00', 'one'),
      capture('2026-02-02T10:01', 'two'),
      night('2026-02-02', '2026-02-03T00:30'),
    ],
    fault: { holdsInOnePeriod: true },
  },
  'a hold of a holder whose line moves on, captured before and after': {
    events: [
      ...hold('2026-01-30T10:00', 'in time', 1_000),
      ...hold('2026-01-30T10:00', 'too late', 1_000),
      event('2026-01-30T12:00', 'deliver-lines', {
        rows: [{ ...LINE, holderFrom: '2026-01-31', holder: 'next' }],
        tonight: false,
      }),
      capture('2026-01-30T23:59', 'in time'),
      capture('2026-01-31T00:00', 'too late'),
      event('2026-01-31T09:00', 'issue-subscriber', { subscriber: 'p3', line: LINE.line }),
      ...buy('2026-01-31T10:00', 'of the next', { amount: 10_000, by: 'p3' }),
      night('2026-01-31', '2026-02-01T00:30'),
    ],
  },
  'a hold on a line that is suspended and comes back': {
    events: [
      ...hold('2026-01-26T10:00', 'held', 9_000),
      event('2026-01-27T10:00', 'deliver-lines', {
        rows: [{ ...LINE, status: 'suspended', holderFrom: '2025-09-01', holder: 'first' }],
        tonight: false,
      }),
      event('2026-01-28T10:00', 'deliver-lines', {
        rows: [{ ...LINE, holderFrom: '2025-09-01', holder: 'first' }],
        tonight: false,
      }),
      capture('2026-01-28T11:00', 'held'),
      ...buy('2026-01-28T12:00', 'all', { amount: 10_000 }),
      night('2026-01-28', '2026-01-29T00:30'),
    ],
    fault: { keepsLost: true },
  },
};

describe('authorizations over closing days and lost lines', { concurrency: true }, () => {
  for (const [what, { events, fault }] of Object.entries(histories)) {
    it(`agree with the shadow: ${what}`, async () => {
      const history = { seed: 0, preset: 'tokyo', world, events };
      const mismatch = await runHistory(history);
      assert.equal(mismatch && describeMismatch(history, mismatch).join('\n'), undefined);
      if (fault)
        assert.ok(await runHistory(history, { faults: fault }), 'and not with one that has the mistake');
    });
  }
});
