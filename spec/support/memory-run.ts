import type { Claimed, Ending, Lease, Manifest, Progress } from '../../src/runs/lease.ts';
import { partitionName, type PartitionState, type PartitionStore } from '../../src/runs/partition-store.ts';
import type { RunCounts } from '../../src/runs/run-counts.rules.ts';
import type { RunKey } from '../../src/runs/run.queries.ts';

/** The values of a run or a partition in the table `run`. */
interface MemoryRow {
  readonly part: string;
  state: PartitionState['state'];
  error: string | null;
  counts: RunCounts;
  manifest: Manifest;
  attempt: number;
  isHeld: boolean;
}

const nothing: RunCounts = { expected: 0, done: 0, skipped: 0, parked: 0 };

/** The leases of one run and of its partitions, in the memory of one process: no other process takes them, so they never expire. */
export class MemoryRun {
  readonly lease: Lease;
  readonly partitions: PartitionStore;
  readonly #key: RunKey;
  readonly #rows: MemoryRow[] = [];

  constructor(key: RunKey) {
    this.#key = key;
    this.lease = this.#take(newRow('', nothing, { facts: {}, elapsedMs: 0 }));
    this.partitions = {
      list: async (prefix) => this.#find(prefix).map((row) => ({ ...row })),
      insert: async (_tx, prefix, planned) => {
        this.#rows.push(
          ...planned.map(({ plan, expected }, index) =>
            newRow(
              partitionName(prefix, index + 1),
              { ...nothing, expected },
              { plan, facts: {}, elapsedMs: 0 },
            ),
          ),
        );
      },
      reopenFailed: async (_tx, prefix) => {
        for (const row of this.#find(prefix)) if (row.state === 'failed') row.state = 'running';
      },
      claim: async (prefix) => {
        const free = this.#find(prefix).find(({ state, isHeld }) => state === 'running' && !isHeld);
        return free && this.#take(free);
      },
    };
  }

  #find(prefix: string): MemoryRow[] {
    return this.#rows.filter(({ part }) => part.startsWith(prefix));
  }

  #take(row: MemoryRow): Lease {
    row.isHeld = true;
    row.attempt += 1;
    const { part, attempt, counts, manifest } = row;
    const claimed: Claimed = { ...this.#key, part, attempt, counts, manifest };
    return {
      claimed,
      lock: async () => {},
      renew: async (progress?: Progress) => void Object.assign(row, progress),
      release: async (ending: Ending) => void Object.assign(row, ending, { isHeld: false }),
    };
  }
}

function newRow(part: string, counts: RunCounts, manifest: Manifest): MemoryRow {
  return { part, state: 'running', error: null, counts, manifest, attempt: 0, isHeld: false };
}
