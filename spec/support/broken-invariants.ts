import type { Deps } from '../../src/deps.ts';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { staff } from './actors.ts';

/** Each invariant that is broken, in one line with the first row that breaks it; empty when all hold. */
export async function listBrokenInvariants(deps: Deps): Promise<string[]> {
  const results = await checkInvariants(deps, staff());
  return results.flatMap(({ holds, number, name, offendingCount, offending }) =>
    holds ? [] : [`${number} ${name}: ${offendingCount}, ${JSON.stringify(offending[0], writeBigint)}`],
  );
}

function writeBigint(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
