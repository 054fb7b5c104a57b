import { describeResult } from '../../src/invariants/check-invariants-job.ts';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { Problem } from '../../src/shared/problem.ts';
import type { Command } from './command.ts';

export const bookCommands: readonly Command[] = [
  {
    noun: 'books',
    verb: 'check',
    summary: 'prove at this moment that all figures of all months agree; changes nothing',
    options: {},
    example: '',
    run: async (deps) => {
      const results = await checkInvariants(deps);
      const broken = results.filter(({ holds }) => !holds);
      if (broken.length > 0) {
        throw new Problem('invariant-broken', { detail: broken.flatMap(describeResult).join('\n') });
      }
      return { list: results.map(({ number, checked, name }) => ({ number, checked, holds: name })) };
    },
  },
];
