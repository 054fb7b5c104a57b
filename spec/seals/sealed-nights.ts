import { sealDay } from '../../src/seals/seal-day.ts';
import { verifySeals, type VerifyScope } from '../../src/seals/verify-seals.ts';
import { addDays } from '../../src/shared/calendar.rules.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import type { World } from '../support/world.ts';
import { staff } from '../support/actors.ts';

/** Moves to half past midnight after a business date, in Tokyo, and seals it. */
export async function sealNight({ deps, clock }: World, businessDate: string) {
  clock.set(new Date(`${addDays(businessDate, 1)}T00:30:00.000+09:00`));
  return await executeRun(deps, { job: 'seal-day', businessDate }, sealDay);
}

/** The findings of the seals, one sentence each. */
export async function listFaults({ deps }: World, scope: VerifyScope = {}): Promise<string[]> {
  const { offending } = await verifySeals(deps, staff(), scope);
  return offending.map((row) => {
    const { table, bucket, problem } = row as Readonly<Record<string, string | undefined>>;
    const place = [table, bucket].filter((part) => part !== undefined).join(' ');
    return place === '' ? `${problem}` : `${place}: ${problem}`;
  });
}
