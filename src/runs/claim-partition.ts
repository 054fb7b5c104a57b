import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { processIdentity } from './process-identity.ts';
import { findAndLockFreePartition, listDeadProcesses, type PartitionsOf } from './partition.queries.ts';
import { countsOf, readManifest, takeLease, type Claimed } from './take-lease.ts';

/**
 * Takes the first free part: one that nobody has begun, or whose holder is gone (its process has ended on this
 * machine, or its lease has run out), with what that one has committed. Undefined when there is none. Of many that
 * ask at once each gets another part; where two nodes of a cluster give out the same one, the commit of the
 * second fails and it looks again.
 */
export async function claimPartition(deps: Deps, parts: PartitionsOf): Promise<Claimed | undefined> {
  const gone = await listDeadProcesses(deps, parts);
  return inTransaction(deps, async (tx) => {
    const row = await findAndLockFreePartition(tx, parts, gone);
    if (!row) return undefined;
    const manifest = { ...readManifest(row.manifest), by: processIdentity() };
    return takeLease(tx, row, { expected: countsOf(row).expected, manifest });
  });
}
