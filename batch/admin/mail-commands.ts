import { listMails } from '../../src/mails/mail.queries.ts';
import { reportBounce, restoreAddress } from '../../src/mails/report-bounce.ts';
import { retryMail } from '../../src/mails/retry-mail.ts';
import { maskMailAddress, readMailAddress } from '../../src/shared/mail-address.rules.ts';
import { defineCommand, type Command } from '../cli/command.ts';
import { oneOf, optional, required, text, withDefault, WrongValue, type ValueType } from '../cli/options.ts';

const STATES = ['waiting', 'sent', 'failed', 'dropped', 'all'] as const;

const address: ValueType<string> = {
  placeholder: 'ADDRESS',
  read(typed) {
    const found = readMailAddress(typed);
    if (found === undefined)
      throw new WrongValue('must be one mail address, without a name', { isWhole: true });
    return found;
  },
};

export const mailCommands: readonly Command[] = [
  defineCommand({
    name: 'mail list',
    summary: 'list mails without what is in them, the newest first, at most 200',
    changes: false,
    options: {
      state: withDefault(oneOf('STATE', STATES), 'failed', `one of ${STATES.join(', ')}`),
      address: optional(address, 'only those to this address', { field: 'to' }),
    },
    example: '--state all --address hanako@mail.example',
    run: async (deps, { state, address: to }, { actor }) => {
      const mails = await listMails(deps, actor, { to, state: state === 'all' ? undefined : state });
      return {
        list: mails.map(({ toAddress, ...mail }) => ({ ...mail, to: maskMailAddress(toAddress) })),
        shown: mails.map(({ id, kind, toAddress, state: now, queuedAt, attempts, lastError }) => {
          return {
            mail: id,
            kind,
            to: maskMailAddress(toAddress),
            state: now,
            queuedAt,
            attempts,
            why: lastError,
          };
        }),
        none: state === 'all' ? 'No such mail.' : `No mail is ${state}.`,
      };
    },
  }),
  defineCommand({
    name: 'mail retry',
    summary: 'queue a mail again that failed or was dropped',
    changes: true,
    options: { mail: required(text('MAIL'), 'identifier of the mail', { field: 'mailId' }) },
    example: '--mail 01JV0000000000000000000000',
    run: async (deps, { mail: mailId }, { actor }) => ({ item: await retryMail(deps, actor, { mailId }) }),
  }),
  defineCommand({
    name: 'mail bounced',
    summary: 'mark an address whose mails come back: only security notices are tried then',
    changes: true,
    options: {
      address: required(address, 'the address'),
      reason: required(text('TEXT'), 'what the returned mail says'),
    },
    example: '--address hanako@mail.example --reason "5.1.1 user unknown"',
    run: async (deps, bounce, { actor }) => ({ item: await reportBounce(deps, actor, bounce) }),
  }),
  defineCommand({
    name: 'mail restore',
    summary: 'lift the mark of an address that works again',
    changes: true,
    options: { address: required(address, 'the address') },
    example: '--address hanako@mail.example',
    run: async (deps, options, { actor }) => ({ item: await restoreAddress(deps, actor, options) }),
  }),
];
