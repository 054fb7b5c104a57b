import { endSubscriber } from '../../src/identity/end-subscriber.ts';
import { issueSubscriber } from '../../src/identity/issue-subscriber.ts';
import { setSubscriberLimit } from '../../src/identity/set-subscriber-limit.ts';
import { setPassword } from '../../src/identity/set-password.ts';
import { listSubscribersOfLine } from '../../src/lines/line.queries.ts';
import { defineCommand, type Command } from '../cli/command.ts';
import { amountOrNone, oneOf, required, text, withDefault } from '../cli/options.ts';

const line = required(text('LINE'), 'line ID', { field: 'lineId' });
const id = required(text('ID'), 'issued ID', { field: 'issuedId' });
const KEEP_PASSWORD = ['Keep the password now: only its hash is stored.'];
const generated = { generate: true } as const;

export const subscriberCommands: readonly Command[] = [
  defineCommand({
    name: 'subscriber issue',
    summary: 'issue an ID with a password on a line, up to five per line',
    changes: true,
    reveals: { what: 'password', of: 'result' },
    options: {
      line,
      name: required(text('NAME'), 'how the pages address the person', { field: 'displayName' }),
      for: withDefault(
        oneOf('WHOM', ['holder', 'person']),
        'person',
        "holder: the line holder's own ID, which sees what everybody buys, sets limits and issues IDs. The first ID of a holder is that one, and refused without it",
        { field: 'issuedFor' },
      ),
    },
    example: '--line CAF0000000001 --name 花子 --for holder',
    run: async (deps, { line: lineId, name, for: issuedFor }, { actor }) => {
      const request = { lineId, displayName: name, issuedFor, password: generated };
      const { subscriber, password } = await issueSubscriber(deps, actor, request);
      const { issuedId, holderFrom, slot } = subscriber;
      const item = { issuedId, password, line: lineId, name, for: issuedFor, holderFrom, slot };
      return { item, notes: KEEP_PASSWORD };
    },
  }),
  defineCommand({
    name: 'subscriber reset-password',
    summary: 'give a subscriber a new password; sessions end, a lock is lifted',
    changes: true,
    reveals: { what: 'password', of: { option: 'id', kind: 'issued_id' } },
    options: { id },
    example: '--id F12345678906',
    run: async (deps, { id: issuedId }, { actor }) => {
      const { password } = await setPassword(deps, actor, { issuedId, password: generated });
      return { item: { issuedId, password }, notes: KEEP_PASSWORD };
    },
  }),
  defineCommand({
    name: 'subscriber limit',
    summary: 'set what an issued ID may spend in a billing period',
    changes: true,
    options: {
      id,
      amount: required(amountOrNone, 'yen (minor units of the currency), or none for no limit of its own', {
        field: 'limitMinor',
      }),
    },
    example: '--id F12345678906 --amount 3000',
    run: async (deps, { id: issuedId, amount: limitMinor }, { actor }) => {
      await setSubscriberLimit(deps, actor, { issuedId, limitMinor });
      return { item: { issuedId, limitMinor } };
    },
  }),
  defineCommand({
    name: 'subscriber end',
    summary: 'end an issued ID; its charges stay, and its place on the line becomes free',
    changes: true,
    options: { id },
    example: '--id F12345678906',
    run: async (deps, options, { actor }) => {
      const { issuedId, lineId, state, endedAt } = await endSubscriber(deps, actor, { issuedId: options.id });
      return { item: { issuedId, line: lineId, state, endedAt } };
    },
  }),
  defineCommand({
    name: 'subscriber list',
    summary: 'list the issued IDs of a line',
    changes: false,
    reveals: { what: 'personal_data', of: { option: 'line', kind: 'line' } },
    options: { line },
    example: '--line CAF0000000001',
    run: async (deps, options, { actor }) => ({
      list: await listSubscribersOfLine(deps, actor, options.line),
      none: `No ID has been issued on ${options.line}: issue one with "subscriber issue".`,
    }),
  }),
];
