import { sqlOf } from '../../src/database/sql.ts';
import { emOf } from '../../src/database/transaction.ts';
import type { Deps } from '../../src/deps.ts';
import { addDays } from '../../src/shared/calendar.rules.ts';
import { jobs } from '../jobs.ts';
import { listDates } from './plan/demo-calendar.ts';

/**
 * Records that the nights between two dates, neither included, had nothing to do: the demo's clock jumps over days on which
 * nothing happens. Without it they would be due, and made up by the next run of nights in the world.
 */
export async function passQuietDays(
  deps: Deps,
  { after, before }: { readonly after: string; readonly before: string },
): Promise<void> {
  const quiet = listDates(addDays(after, 1), addDays(before, -1));
  if (quiet.length === 0) return;
  const now = deps.clock.now();
  const nothing = { expected: 0n, done: 0n, skipped: 0n, parked: 0n, attempt: 1, part: '', error: null };
  const free = { heldBy: null, leaseToken: null, leaseUntil: null };
  const manifest = { facts: { leftOut: 'a quiet day of a demo' }, elapsedMs: 0 };
  const rows = quiet.flatMap((businessDate) =>
    jobs.map(({ name: job }) => ({ ...nothing, ...free, job, businessDate, manifest })),
  );
  await sqlOf(emOf(deps))
    .insertInto('run')
    .values(rows.map((row) => ({ ...row, state: 'finished' as const, startedAt: now, finishedAt: now })))
    .execute();
}
