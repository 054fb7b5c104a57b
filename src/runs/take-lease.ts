import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { processIdentity } from './process-identity.ts';
import type { RunCounts } from './run-counts.rules.ts';
import type { RunKey, RunRow } from './run.queries.ts';

/** How long a holder may be silent, in seconds of the database's clock, before another takes over. */
const LEASE_SECONDS = 60;

/** The end of a lease that begins or is renewed now. */
export const leaseEnd = () => sql<Date>`UTC_TIMESTAMP(3) + INTERVAL ${sql.lit(LEASE_SECONDS)} SECOND`;

/** What a manifest holds: facts of the job, and working time over all attempts. */
export interface Manifest {
  readonly facts: Readonly<Record<string, unknown>>;
  readonly elapsedMs: number;
  /** Of a part: how it was cut. */
  readonly plan?: unknown;
  /** Of a part: the process that took it last. It stays after the part has finished. */
  readonly by?: string;
}

/** A run or a part of one (its name; '' is the run itself) that is ours: its lease and what earlier attempts have left. */
export interface Claimed extends RunKey {
  readonly part: string;
  readonly leaseToken: string;
  readonly attempt: number;
  readonly counts: RunCounts;
  readonly manifest: Manifest;
}

/** Makes this process the holder of a locked row; whoever held it before can write no more. */
export async function takeLease(
  tx: InTransaction<Deps>,
  row: RunRow,
  { expected, manifest }: { readonly expected: number; readonly manifest: Manifest },
): Promise<Claimed> {
  const { job, businessDate, part } = row;
  const leaseToken = tx.ids.next();
  const attempt = row.attempt + 1;
  await sqlOf(tx.em)
    .updateTable('run')
    .set({
      state: 'running',
      attempt,
      heldBy: processIdentity(),
      leaseToken,
      leaseUntil: leaseEnd(),
      expected: BigInt(expected),
      manifest: { ...manifest } as Record<string, unknown>,
      startedAt: tx.clock.now(),
      error: null,
    })
    .where('job', '=', job)
    .where('businessDate', '=', businessDate)
    .where('part', '=', part)
    .execute();
  return { job, businessDate, part, leaseToken, attempt, counts: { ...countsOf(row), expected }, manifest };
}

/** The figures in a row. */
export function countsOf(row: Pick<RunRow, keyof RunCounts>): RunCounts {
  return {
    expected: Number(row.expected),
    done: Number(row.done),
    skipped: Number(row.skipped),
    parked: Number(row.parked),
  };
}

/** The manifest in a row; that of a row nobody has worked on yet may be empty. */
export function readManifest(manifest: Record<string, unknown> | null): Manifest {
  return { facts: {}, elapsedMs: 0, ...manifest };
}
