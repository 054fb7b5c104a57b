import { sqlOf } from '../../../src/database/sql.ts';
import { emOf } from '../../../src/database/transaction.ts';
import type { Deps } from '../../../src/deps.ts';

export const collectionColumns = [
  'invoice_number',
  'line_id',
  'holder_from',
  'billing_period',
  'total',
  'result',
  'collected_amount',
  'result_date',
  'sequence',
] as const;

const PAGE = 5_000;

/** Every result of collection by invoice and date; of an invoice the last one counts. */
export async function* streamCollections(deps: Deps) {
  for (let after = ''; ;) {
    const numbers = await findInvoices(deps, after);
    const [first, last] = [numbers[0], numbers.at(-1)];
    if (first === undefined || last === undefined) return;
    for (const row of await findResults(deps, { first, last })) {
      yield {
        invoice_number: row.invoiceNumber,
        line_id: row.lineId,
        holder_from: row.holderFrom,
        billing_period: row.billingPeriod,
        total: row.totalMinor,
        result: row.result,
        collected_amount: row.collectedMinor,
        result_date: row.resultDate,
        sequence: row.sequence === 0 ? null : row.sequence,
      };
    }
    after = last;
  }
}

async function findInvoices(deps: Deps, after: string): Promise<string[]> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('collection_result')
    .select('invoiceNumber')
    .distinct()
    .where('invoiceNumber', '>', after)
    .orderBy('invoiceNumber')
    .limit(PAGE)
    .execute();
  return rows.map(({ invoiceNumber }) => invoiceNumber);
}

function findResults(deps: Deps, { first, last }: { readonly first: string; readonly last: string }) {
  return sqlOf(emOf(deps))
    .selectFrom('collection_result as r')
    .innerJoin('line_invoice as l', 'l.number', 'r.invoiceNumber')
    .select(['r.invoiceNumber', 'l.lineId', 'l.holderFrom', 'l.billingPeriod', 'l.totalMinor', 'r.result'])
    .select(['r.collectedMinor', 'r.resultDate', 'r.sequence'])
    .where('r.invoiceNumber', '>=', first)
    .where('r.invoiceNumber', '<=', last)
    .orderBy('r.invoiceNumber')
    .orderBy('r.resultDate')
    .orderBy('r.sequence')
    .execute();
}
