import { acceptRecords } from '../../src/invariants/accept-records.ts';
import { defineCommand, type Command } from '../cli/command.ts';
import { required, text } from '../cli/options.ts';

export const recordCommands: readonly Command[] = [
  defineCommand({
    name: 'record accept',
    summary: 'accept records that were changed without an audit row, after examining each',
    changes: true,
    options: { reason: required(text('TEXT'), 'why the records are correct') },
    example: '--reason "address corrected by SQL, ticket 4711"',
    run: async (deps, { reason }, { actor }) => ({
      list: await acceptRecords(deps, actor, { reason }),
      none: 'No record differs from its audit row: nothing to accept.',
      notes: ['Closed periods, settlements and statements are not among them: they never change.'],
    }),
  }),
];
