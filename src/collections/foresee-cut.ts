import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { sliceByCharges } from './charge-slices.rules.ts';
import { listNotCollected } from './cut-collection.ts';
import { determineShares, type StandingInvoice } from './determine-shares.ts';
import type { ClawbackSums } from './pending-clawbacks.queries.ts';

interface ForeseenCut {
  readonly companyId: number;
  readonly period: string;
  /** Of charges, beside their refunds: what else would be given back. */
  readonly alsoRefunded?: ReadonlyMap<string, bigint>;
  /** `performance.now()` at which it gives up. */
  readonly endsAtMs: number;
}

/**
 * What `cutCollection` would claw back and recover of a month if it was made now, by its own rule; writes and locks nothing.
 * @throws Problem `preview-too-slow`
 */
export async function foreseeCut(tx: InTransaction<Deps>, cut: ForeseenCut): Promise<ClawbackSums> {
  const { companyId, alsoRefunded, endsAtMs } = cut;
  let sums: ClawbackSums = { clawbackMinor: 0n, recoveryMinor: 0n };
  for (let after = ''; ;) {
    const invoices = await listNotCollected(tx, cut, after);
    const last = invoices.at(-1);
    if (last === undefined) return sums;
    for (const slice of sliceByCharges(invoices, ({ itemCount }) => itemCount)) {
      if (performance.now() > endsAtMs) throw new Problem('preview-too-slow');
      const standing = await readStanding(tx, cut, slice);
      const moves = await determineShares(tx, { invoices: standing, companyId, alsoRefunded, lock: false });
      for (const { lostMinor, recoveredMinor } of moves)
        sums = {
          clawbackMinor: sums.clawbackMinor + lostMinor,
          recoveryMinor: sums.recoveryMinor + recoveredMinor,
        };
    }
    after = last.number;
  }
}

/** How far invoices are collected; one without a result not at all. */
async function readStanding(
  tx: InTransaction<Deps>,
  { companyId, period }: ForeseenCut,
  invoices: readonly { readonly number: string; readonly totalMinor: bigint }[],
): Promise<StandingInvoice[]> {
  const rows = await sqlOf(tx.em)
    .selectFrom('invoice_collection')
    .select(['invoiceNumber', 'collectedMinor', 'uncollectedMinor'])
    .where(
      'invoiceNumber',
      'in',
      invoices.map(({ number }) => number),
    )
    .execute();
  const known = new Map(rows.map((row) => [row.invoiceNumber, row]));
  const cutFor = new Set([companyId]);
  return invoices.map(({ number, totalMinor }) => {
    const { collectedMinor = 0n, uncollectedMinor = 0n } = known.get(number) ?? {};
    return { number, billingPeriod: period, totalMinor, collectedMinor, uncollectedMinor, cutFor };
  });
}
