import { acceptRecords } from '../../src/invariants/accept-records.ts';
import type { Command } from './command.ts';

export const recordCommands: readonly Command[] = [
  {
    noun: 'record',
    verb: 'accept',
    summary: 'take records as they are that were changed without their audit row, once each was examined',
    changes: true,
    options: { reason: { describe: 'why they are right', value: 'TEXT', required: true } },
    example: '--reason "address corrected by SQL, ticket 4711"',
    run: async (deps, given, { actor }) => ({
      list: await acceptRecords(deps, { actor, reason: given.text('reason') }),
      notes: ['Closed periods, settlements and statements are not among them: they never change.'],
    }),
  },
];
