import { endSubscriber } from '../../src/identity/end-subscriber.ts';
import { issueSubscriber } from '../../src/identity/issue-subscriber.ts';
import { setSubscriberLimit } from '../../src/identity/set-subscriber-limit.ts';
import { setPassword } from '../../src/identity/set-password.ts';
import { listSubscribersOfLine } from '../../src/lines/line.queries.ts';
import type { Command } from './command.ts';

const line = { describe: 'line ID', value: 'LINE', required: true };
const issuedId = { describe: 'issued ID', value: 'ID', required: true };
const KEEP_PASSWORD = ['Keep the password now: only its hash is stored.'];

export const subscriberCommands: readonly Command[] = [
  {
    noun: 'subscriber',
    verb: 'issue',
    summary: 'issue an ID with a password on a line, up to five per line',
    changes: true,
    reveals: { what: 'password', of: 'answer' },
    options: {
      line,
      name: {
        describe: 'how the pages address the person',
        value: 'NAME',
        required: true,
        field: 'displayName',
      },
    },
    example: '--line CAF0000000001 --name 花子',
    run: async (deps, given, { actor }) => {
      const [lineId, displayName] = [given.text('line'), given.text('name')];
      const wish = { lineId, displayName, password: { generate: true } as const, actor };
      const { subscriber, password } = await issueSubscriber(deps, wish);
      const { issuedId: id, holderFrom, slot } = subscriber;
      return {
        item: { issuedId: id, password, line: lineId, name: displayName, holderFrom, slot },
        notes: KEEP_PASSWORD,
      };
    },
  },
  {
    noun: 'subscriber',
    verb: 'reset-password',
    summary: 'give a subscriber a new password; sessions end, a lock is lifted',
    changes: true,
    reveals: { what: 'password', of: { option: 'id', kind: 'issued_id' } },
    options: { id: issuedId },
    example: '--id F12345678901',
    run: async (deps, given, { actor }) => {
      const id = given.text('id');
      const { password } = await setPassword(deps, { issuedId: id, password: { generate: true }, actor });
      return { item: { issuedId: id, password }, notes: KEEP_PASSWORD };
    },
  },
  {
    noun: 'subscriber',
    verb: 'limit',
    summary: 'set what an issued ID may spend in a billing period',
    changes: true,
    options: {
      id: issuedId,
      amount: {
        describe: 'yen (minor units of the currency), or none: then no limit of its own',
        value: 'AMOUNT',
        required: true,
        field: 'limitMinor',
      },
    },
    example: '--id F12345678901 --amount 3000',
    run: async (deps, given, { actor }) => {
      const [id, limitMinor] = [given.text('id'), given.amountOrNone('amount')];
      await setSubscriberLimit(deps, { issuedId: id, limitMinor, actor });
      return { item: { issuedId: id, limit: limitMinor } };
    },
  },
  {
    noun: 'subscriber',
    verb: 'end',
    summary: 'end an issued ID; its charges stay, its place on the line is free',
    changes: true,
    options: { id: issuedId },
    example: '--id F12345678901',
    run: async (deps, given, { actor }) => {
      const ended = await endSubscriber(deps, { issuedId: given.text('id'), actor });
      return {
        item: { issuedId: ended.issuedId, line: ended.lineId, state: ended.state, endedAt: ended.endedAt },
      };
    },
  },
  {
    noun: 'subscriber',
    verb: 'list',
    summary: 'list the issued IDs of a line',
    changes: false,
    reveals: { what: 'personal_data', of: { option: 'line', kind: 'line' } },
    options: { line },
    example: '--line CAF0000000001',
    run: async (deps, given) => ({ list: await listSubscribersOfLine(deps, given.text('line')) }),
  },
];
