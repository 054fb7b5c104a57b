import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { Lease } from './lease.ts';
import {
  findAndLockFreePartition,
  insertPartitions,
  listDeadProcesses,
  listPartitions,
  reopenFailedPartitions,
  type PartitionsOf,
} from './partition.queries.ts';
import type { PartitionStore } from './partition-store.ts';
import { processIdentity } from './process-identity.ts';
import { RunLease, takeLease } from './run-lease.ts';
import { countsOf, readManifest } from './run-row.rules.ts';
import type { RunKey } from './run.queries.ts';

/** The partitions of a run in the table `run`. */
export function partitionTable(deps: Deps, { job, businessDate }: RunKey): PartitionStore {
  const of = (prefix: string): PartitionsOf => ({ job, businessDate, prefix });
  return {
    list: async (prefix, tx) => {
      const rows = await listPartitions(tx ?? deps, of(prefix));
      return rows.map(({ part, state, error, manifest, ...row }) => ({
        part,
        state,
        error,
        counts: countsOf(row),
        manifest: readManifest(manifest),
      }));
    },
    insert: (tx, prefix, planned) => insertPartitions(tx, of(prefix), planned),
    reopenFailed: (tx, prefix) => reopenFailedPartitions(tx, of(prefix)),
    claim: (prefix) => claimPartition(deps, of(prefix)),
  };
}

/**
 * Takes the lease of the first free partition: one that nobody has begun, or whose process has died (it has ended on
 * this machine, or its lease has expired), with what that process committed. Of several processes that ask at once
 * each gets another partition; where two nodes of a cluster give out the same one, the commit of the second fails and
 * it looks again.
 */
export async function claimPartition(deps: Deps, partitions: PartitionsOf): Promise<Lease | undefined> {
  const dead = await listDeadProcesses(deps, partitions);
  const taken = await inTransaction(deps, async (tx) => {
    const row = await findAndLockFreePartition(tx, partitions, dead);
    if (!row) return undefined;
    const manifest = { ...readManifest(row.manifest), by: processIdentity() };
    return takeLease(tx, row, { expected: countsOf(row).expected, manifest });
  });
  return taken && new RunLease(deps, taken);
}
