import type { Em } from '../database/orm.ts';
import type { OffendingRow } from '../invariants/invariant.types.ts';
import type { ReadSeal } from './check-rows.ts';
import { equalsState } from './hash-state.ts';
import { sealedStates } from './sealed-kinds.ts';

/**
 * Changes of master data without an audit row, between two seals and since the newest one.
 * @param unsealedNouns of the audit rows since the newest seal
 */
export async function findUnexplainedChanges(
  em: Em,
  chain: readonly ReadSeal[],
  { unsealedNouns, since = '' }: { unsealedNouns: ReadonlySet<string>; since?: string | undefined },
): Promise<OffendingRow[]> {
  const offending: OffendingRow[] = [];
  for (const { seal, content } of chain.filter((sealed) => sealed.seal.businessDate >= since)) {
    for (const [table, { changed }] of Object.entries(content.state)) {
      const isRecorded = nounsOf(table).some((noun) => (content.audited[noun] ?? 0) > 0);
      if (changed === true && !isRecorded) offending.push({ table, seal: seal.number, problem: UNEXPLAINED });
    }
  }
  const last = chain.at(-1);
  for (const [table, sealed] of Object.entries(last?.content.state ?? {})) {
    const isRecorded = nounsOf(table).some((noun) => unsealedNouns.has(noun));
    if (!isRecorded && !(await equalsState(em, table, sealed, last!.seal.salt))) {
      offending.push({ table, seal: 'after the newest', problem: UNEXPLAINED });
    }
  }
  return offending;
}

const UNEXPLAINED = 'it was changed without an audit row';

const nounsOf = (table: string): readonly string[] => sealedStates[table] ?? [];
