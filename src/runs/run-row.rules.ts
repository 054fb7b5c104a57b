import type { Manifest, Progress } from './lease.ts';
import type { RunCounts } from './run-counts.rules.ts';
import type { RunRow } from './run.queries.ts';

/** The counters of a row. */
export function countsOf(row: Pick<RunRow, keyof RunCounts>): RunCounts {
  return {
    expected: Number(row.expected),
    done: Number(row.done),
    skipped: Number(row.skipped),
    parked: Number(row.parked),
  };
}

/** The manifest of a row; it is empty until somebody has worked on the run. */
export function readManifest(manifest: Record<string, unknown> | null): Manifest {
  return { facts: {}, elapsedMs: 0, ...manifest };
}

/** The columns of a row that have the progress of an attempt. */
export function progressColumns({ counts, manifest }: Progress) {
  return {
    expected: BigInt(counts.expected),
    done: BigInt(counts.done),
    skipped: BigInt(counts.skipped),
    parked: BigInt(counts.parked),
    manifest: { ...manifest } as Record<string, unknown>,
  };
}
