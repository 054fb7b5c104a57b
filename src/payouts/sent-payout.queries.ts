import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { getLine, type PayoutLine } from './payout-run.queries.ts';

/** A payout with the number of its run. */
export interface SentPayout extends PayoutLine {
  readonly number: string;
}

/** Finds a payout by its code and locks it until the transaction ends. */
export async function findSentPayout(
  tx: InTransaction<Deps>,
  { number, lineNumber }: { readonly number: string; readonly lineNumber: number },
): Promise<SentPayout | undefined> {
  const run = await sqlOf(tx.em)
    .selectFrom('payout_run')
    .select('id')
    .where('number', '=', number)
    .executeTakeFirst();
  if (run === undefined) return undefined;
  const locked = await sqlOf(tx.em)
    .selectFrom('payout')
    .select('id')
    .where('runId', '=', run.id)
    .where('lineNumber', '=', lineNumber)
    .forUpdate()
    .executeTakeFirst();
  return locked && { ...(await getLine(tx, locked.id)), number };
}
