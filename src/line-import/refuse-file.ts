import { Problem } from '../shared/problem.ts';

/** The refusal of a line file as a whole; the reason is for its sender and does not quote rows. */
export function refuseFile(reason: string): Problem {
  const detail = `The file was not taken, and nothing of it: ${reason}.`;
  return new Problem('import-refused', { detail, facts: { why: reason } });
}
