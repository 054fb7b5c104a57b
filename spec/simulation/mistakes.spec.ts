import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeEvents, describeMismatch } from './describe.ts';
import type { History, SimEvent } from './history.ts';
import { runHistory } from './run-history.ts';
import type { Faults } from './shadow/state.ts';
import { shrink } from './shrink.ts';
import { buy, COMPANY, event, hold, night, refund, result, review, world } from './small-world.ts';

const OFFER = {
  ...COMPANY,
  item: 'gold',
  amount: 300,
  chargeDay: 1,
  firstMonthFree: true,
  lastMonthFree: false,
} as const;
const join = (local: string, subscription: string) => [
  event(local, 'offer-subscription', { ...OFFER, subscription }),
  event(local, 'join', { subscription, subscriber: 'p1' }),
];
const settled: readonly SimEvent[] = [
  ...buy('2026-01-26T10:00', 'one', { amount: 9_000 }),
  night('2026-02-25', '2026-02-26T00:30'),
  review('2026-02-26T09:00'),
];
const prepare = (local: string, sameAccount = false) => event(local, 'prepare-payouts', { sameAccount });
const pay = (day: string): readonly SimEvent[] => [
  prepare(`${day}T10:00`),
  event(`${day}T10:01`, 'propose-payouts', { which: 'all', by: 'hanako' }),
  event(`${day}T10:02`, 'decide-payouts', { by: 'jiro', approves: true }),
  event(`${day}T10:03`, 'send-payouts', { which: 'all', again: false }),
];
interface Mistake {
  readonly fault: Faults;
  readonly events: readonly SimEvent[];
  /** In which figure it shows. */
  readonly shows: RegExp;
}

const mistakes: Record<string, Mistake> = {
  'a limit that leaves reservations out': {
    fault: { forgetsReserved: true },
    events: [
      ...hold('2026-01-26T10:00', 'held', 8_000),
      ...buy('2026-01-26T11:00', 'more', { amount: 3_000 }),
    ],
    shows: /^answer/,
  },
  'free months that are granted again': {
    fault: { givesFreeMonthsAgain: true },
    events: [
      ...join('2026-01-26T10:00', 'first'),
      event('2026-01-27T10:00', 'leave', { subscription: 'first' }),
      ...join('2026-01-28T10:00', 'again'),
    ],
    shows: /^answer/,
  },
  'a line that counts although all it bought was given back': {
    fault: { countsNeverBilled: true },
    events: [
      ...buy('2026-01-26T10:00', 'whole', { amount: 900 }),
      refund('2026-01-27T10:00', 'whole', 400),
      refund('2026-01-28T10:00', 'whole'),
      night('2026-02-25', '2026-02-26T00:30'),
    ],
    shows: /^settlement /,
  },
  'a charge that costs its company twice': {
    fault: { costsTwice: true },
    events: [
      ...buy('2026-01-26T10:00', 'one', { amount: 300 }),
      night('2026-01-31', '2026-02-01T00:30'),
      refund('2026-02-10T10:00', 'one', 100),
      result('2026-03-03T10:00', ['2026-01', 'uncollected']),
      night('2026-03-03', '2026-03-04T00:30'),
    ],
    shows: /clawback one/,
  },
  'a returned transfer that is sent again twice': {
    fault: { sendsReturnedTwice: true },
    events: [
      ...settled,
      ...pay('2026-02-26'),
      event('2026-03-03T10:00', 'tell-results', { says: ['returned'], file: 'new' }),
      prepare('2026-03-03T11:00', true),
      prepare('2026-03-03T12:00', true),
    ],
    shows: /^answer/,
  },
  'a held payout that is paid': {
    fault: { paysHeld: true },
    events: [
      ...settled,
      event('2026-02-26T09:30', 'hold-payout', { company: 'c1', period: '2026-01', holds: true }),
      prepare('2026-02-26T10:00'),
    ],
    shows: /^answer/,
  },
};

const play = (candidate: History) => runHistory(candidate, { faults: { feeOffBy: 1 } });
const historyOf = (events: readonly SimEvent[]): History => ({ seed: 0, preset: 'tokyo', world, events });

/** On a machine that is busy with other things, too. */
const unhurried = { timeout: 1_200_000 };

describe('a mistake in the shadow is found', { concurrency: true }, () => {
  for (const [what, { fault, events, shows }] of Object.entries(mistakes)) {
    it(what, async () => {
      const history = historyOf(events);
      const without = await runHistory(history, { faults: {} });
      assert.equal(without && describeMismatch(history, without).join('\n'), undefined);
      const found = await runHistory(history, { faults: fault });
      assert.match(found?.differences.map((one) => one.what).join('\n') ?? 'nothing', shows);
    });
  }

  it(
    'and cut down: a fee that is one yen off takes a sale and the night that settles it',
    unhurried,
    async () => {
      const history = historyOf([
        ...buy('2026-01-26T10:00', 'one', { amount: 500 }),
        refund('2026-01-27T10:00', 'one', 100),
        night('2026-02-25', '2026-02-26T00:30'),
        ...buy('2026-02-27T10:00', 'later', { amount: 500 }),
      ]);
      const mismatch = await play(history);
      assert.match(mismatch?.differences.map((one) => one.what).join() ?? 'nothing', /^settlement /);
      const { history: smallest } = await shrink({
        history,
        mismatch: mismatch!,
        play,
        deadlineMs: Infinity,
      });
      assert.ok(smallest.events.length <= 3, describeEvents(smallest).join('\n'));
      assert.equal(smallest.events.at(-1)?.kind, 'night');
    },
  );
});
