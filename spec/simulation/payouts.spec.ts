import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeMismatch } from './describe.ts';
import type { EventBodies, SimEvent } from './history.ts';
import { runHistory } from './run-history.ts';
import { buy, COMPANY, event, night, review, world } from './small-world.ts';

const { company } = COMPANY;
const period = '2026-01';
/** Sold in January, settled on 25 February, due at the end of that month, which is a Saturday: on Monday, 2 March. */
const settled: readonly SimEvent[] = [
  ...buy('2026-01-26T10:00', 'one', { amount: 9_000 }),
  night('2026-01-31', '2026-02-01T00:30'),
  night('2026-02-25', '2026-02-26T00:30'),
  review('2026-02-26T09:00'),
];

const prepare = (local: string, over: Partial<EventBodies['prepare-payouts']> = {}) =>
  event(local, 'prepare-payouts', { sameAccount: false, ...over });
const propose = (local: string, by = 'hanako') => event(local, 'propose-payouts', { which: 'all', by });
const approve = (local: string, by = 'jiro') => event(local, 'decide-payouts', { by, approves: true });
const send = (local: string, deaths: readonly number[] = []) =>
  event(local, 'send-payouts', { which: 'all', again: false, deaths });
const tell = (
  local: string,
  word: EventBodies['tell-results']['says'][number],
  deaths: readonly number[] = [],
) => event(local, 'tell-results', { says: [word], file: 'new', deaths });
const hold = (local: string, holds: boolean) => event(local, 'hold-payout', { company, period, holds });
const correct = (local: string, account: string, by = 'kenji') => [
  event(`${local}:00`, 'propose-account', { account, company, number: '7654321', by }),
  event(`${local}:01`, 'decide-account', { account, by: 'hanako', approves: true }),
];
const last = (local: string) => night(local.slice(0, 10), `${nextDay(local)}T00:30`);
const nextDay = (local: string) => Temporal.PlainDate.from(local.slice(0, 10)).add({ days: 1 }).toString();

/** Each dies a little later than the one before; to connect takes five messages. */
const LATER = [5, 7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 20, 22, 23, 25, 26, 28, 31, 34];

/** From prepared to sent in one morning. */
const pay = (day: string) => [
  prepare(`${day}T10:00`),
  propose(`${day}T10:01`),
  approve(`${day}T10:02`),
  send(`${day}T10:03`),
];
const returned = [...settled, ...pay('2026-02-26'), tell('2026-03-03T10:00', 'returned')];

interface Told {
  readonly events: readonly SimEvent[];
  /** Answers that show that the history comes to what its name says. */
  readonly shows: readonly RegExp[];
  /** How many processes have to have died. */
  readonly deaths?: number;
}

const histories: Record<string, Told> = {
  'on the contract’s day by two people, and settled': {
    events: [...settled, ...pay('2026-02-26'), tell('2026-03-02T10:00', 'settled'), last('2026-03-02')],
    shows: [/^prepared on 2026030201: 1 of 8505$/, /^settled on 2026030201-1$/],
  },
  'returned, corrected by two people, and sent again in its place, not approved by who proposed the account':
    {
      events: [
        ...returned,
        prepare('2026-03-03T11:00'),
        ...correct('2026-03-04T10', 'other'),
        prepare('2026-03-04T11:00'),
        prepare('2026-03-04T11:01'),
        propose('2026-03-04T11:02'),
        approve('2026-03-04T11:03', 'kenji'),
        approve('2026-03-04T11:04'),
        send('2026-03-04T11:05'),
        tell('2026-03-05T15:00', 'settled'),
        last('2026-03-05'),
      ],
      shows: [/^left \(returned\)/, /^refused: approval-own on 2026030501$/, /^settled on 2026030501-1$/],
    },
  'held, so that its run goes stale, released and prepared again for the next day that the bank takes': {
    events: [
      ...settled,
      prepare('2026-02-26T10:00'),
      propose('2026-02-26T10:01'),
      hold('2026-02-26T10:02', true),
      approve('2026-02-26T10:03'),
      send('2026-02-26T10:04'),
      event('2026-02-26T10:05', 'discard-payouts', { which: 'all' }),
      prepare('2026-03-02T10:00'),
      hold('2026-03-02T11:00', false),
      ...pay('2026-03-02'),
      tell('2026-03-03T15:00', 'settled'),
      last('2026-03-03'),
    ],
    shows: [/^refused: approval-void/, /^nothing due$/, /^prepared on 2026030301/],
  },
  'at the end, each once but what is held, whatever came back': {
    events: [
      ...returned,
      ...buy('2026-02-26T10:00', 'two', { amount: 5_000 }),
      night('2026-03-25', '2026-03-26T00:30'),
      review('2026-03-26T09:00'),
      event('2026-03-26T09:30', 'hold-payout', { company, period: '2026-02', holds: true }),
      event('2026-03-26T10:00', 'pay-all', {}),
      event('2026-03-26T11:00', 'hold-payout', { company, period: '2026-02', holds: false }),
      event('2026-03-26T12:00', 'pay-all', {}),
      last('2026-03-26'),
    ],
    shows: [/^ordered 1 times on c1 2026-01; waits on c1 2026-02$/, /; ordered 1 times on c1 2026-02$/],
  },
  'at once by two people in each step': {
    events: [
      ...settled,
      twice(prepare('2026-02-26T10:00')),
      twice(propose('2026-02-26T10:01')),
      twice(approve('2026-02-26T10:02')),
      twice(send('2026-02-26T10:03')),
      last('2026-02-26'),
    ],
    shows: [],
  },
  'by processes that die in each step, before and after its commit': {
    events: [
      ...settled,
      prepare('2026-02-26T10:00', { deaths: LATER }),
      propose('2026-02-26T10:10'),
      approve('2026-02-26T10:11'),
      send('2026-02-26T10:20', LATER),
      tell('2026-03-03T10:00', 'returned', LATER),
      event('2026-03-03T11:00', 'tell-results', { says: ['settled'], file: 'contrary' }),
      event('2026-03-03T12:00', 'tell-results', { says: ['settled'], file: 'again' }),
      last('2026-03-03'),
    ],
    shows: [/^returned on 2026030201-1$/, /^refused on 2026030201-1$/],
    deaths: 9,
  },
  'settled in nights whose processes die at ever later points': {
    events: [
      ...buy('2026-01-26T10:00', 'one', { amount: 9_000 }),
      event('2026-02-01T00:30', 'night', dying('2026-01-31', [40, 81, 122, 163, 204, 245, 300, 351])),
      event('2026-02-26T00:30', 'night', dying('2026-02-25', [30, 91, 132, 173, 214, 255, 310, 361])),
      review('2026-02-26T09:00'),
      ...pay('2026-02-26'),
      last('2026-02-26'),
    ],
    shows: [/^prepared on 2026030201: 1 of 8505$/],
    deaths: 12,
  },
};

function twice(one: SimEvent): SimEvent {
  return { at: one.at, kind: 'at-once', body: { events: [one, one] } };
}
function dying(businessDate: string, deaths: readonly number[]): EventBodies['night'] {
  return { businessDate, processes: 1, deaths };
}

describe('what companies are paid', { concurrency: true }, () => {
  for (const [what, { events, shows, deaths = 0 }] of Object.entries(histories)) {
    it(`agrees with the shadow: ${what}`, async () => {
      const history = { seed: 0, preset: 'tokyo', world, events };
      const answers: string[] = [];
      const onAnswer = (_: SimEvent, given: readonly string[]) => void answers.push(...given);
      let died = 0;
      const mismatch = await runHistory(history, { onAnswer, onDeath: () => void (died += 1) });
      assert.equal(mismatch && describeMismatch(history, mismatch).join('\n'), undefined);
      assert.ok(died >= deaths, `${died} died`);
      for (const answer of shows)
        assert.ok(
          answers.some((one) => answer.test(one)),
          answers.join('\n'),
        );
    });
  }
});
