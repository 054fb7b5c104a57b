import { decideUsages } from '../charges/decide-usages.ts';
import { runPipeline } from '../database/statement-pipeline.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { refuseEarlyUses } from './early-uses.ts';
import { readNextRows, writeDecisions, type RowDecision } from './usage-file-rows.queries.ts';
import type { FileProgress, LockedFile } from './usage-file-step.ts';
import { faultOf } from './usage-row.rules.ts';

/** Decides on the next rows of a partial file and charges those that may be charged; a refused row never harms its neighbours. */
export async function chargeWaitingRows(tx: InTransaction<Deps>, file: LockedFile): Promise<FileProgress> {
  const { uses, throughRow } = await readNextRows(tx, file, 'read');
  if (throughRow === undefined) return { state: 'done' };
  const decisions = new Map<number, RowDecision>();
  await refuseEarlyUses(tx, file, { uses, decisions });
  const asked = uses.filter(({ number }) => !decisions.has(number));
  const usages = asked.map((use) => ({ ...use, companyId: file.companyId }));
  const { outcomes, persist } = await decideUsages(tx, usages);
  let [charged, repeated, chargedMinor]: [number, number, bigint] = [0, 0, 0n];
  for (const [at, { number, amountMinor }] of asked.entries()) {
    const outcome = outcomes[at]!;
    if (outcome.kind === 'refused') {
      decisions.set(number, { kind: 'refused', fault: faultOf(outcome.problem) });
      continue;
    }
    decisions.set(number, { kind: outcome.replayed ? 'repeated' : 'charged', chargeId: outcome.charge.id });
    if (outcome.replayed) repeated += 1;
    else [charged, chargedMinor] = [charged + 1, chargedMinor + amountMinor];
  }
  await runPipeline(tx.em, [...persist, writeDecisions(file.id, [...decisions])]);
  return { throughRow, charged, repeated, chargedMinor, refused: decisions.size - charged - repeated };
}
