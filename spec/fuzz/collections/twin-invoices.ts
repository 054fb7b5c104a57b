import { Buffer } from 'node:buffer';
import { BilledWorld } from '../../collections/billed-world.ts';
import type { FuzzedInvoice } from './drawn-files.ts';

/** Two closed months of the same sales: an invoice of the one has a twin in the other, with the same number but for the month. */
export const MONTHS = ['2026-01', '2026-02'] as const;
export type Month = (typeof MONTHS)[number];

const prefixOf = (month: Month) => `${month.replace('-', '')}-31-`;

export interface TwinInvoices {
  readonly billed: BilledWorld;
  /** Of the first month. */
  readonly invoices: readonly FuzzedInvoice[];
}

/** Bills both months: two companies with recourse, and one whose claims are the carrier's. */
export async function billTwins(): Promise<TwinInvoices> {
  const billed = await BilledWorld.create();
  const [a, b] = [await billed.addSeller(), await billed.addSeller()];
  const assigned = await billed.addSeller({ legalModel: 'assignment' });
  const sales = [
    [
      [a, 300n],
      [b, 500n],
      [assigned, 203n],
    ],
    [
      [a, 101n],
      [a, 102n],
      [b, 1n],
    ],
    [[b, 7n]],
    [[assigned, 1_000n]],
    [
      [a, 3n],
      [b, 3n],
      [assigned, 3n],
    ],
    [
      [a, 99_999n],
      [b, 1n],
    ],
  ] as const;
  for (const month of MONTHS) await billed.bill(month, sales);
  const invoices = await billed.rows<{ number: string; total: number }>(
    'SELECT number, total_minor AS total FROM line_invoice WHERE billing_period = ? ORDER BY number',
    [MONTHS[0]],
  );
  return {
    billed,
    invoices: invoices.map(({ number, total }) => ({ number, totalMinor: BigInt(total) })),
  };
}

/** The same bytes about the invoices of the other month, in whichever encoding they name them. */
export function forTwins(bytes: Buffer): Buffer {
  let text = bytes.toString('latin1');
  const [from, to] = MONTHS.map((month) => Buffer.from(prefixOf(month), 'utf16le')) as [Buffer, Buffer];
  text = text.replaceAll(prefixOf(MONTHS[0]), prefixOf(MONTHS[1]));
  text = text.replaceAll(from.toString('latin1'), to.toString('latin1'));
  text = text.replaceAll(
    Buffer.from(from).swap16().toString('latin1'),
    Buffer.from(to).swap16().toString('latin1'),
  );
  return Buffer.from(text, 'latin1');
}

/** All that is booked of a month, with its invoices by the end of their number: the same for twins that heard the same. */
export async function readMonth({ billed }: TwinInvoices, month: Month): Promise<Record<string, unknown>> {
  const like = `${prefixOf(month)}%`;
  const read = (text: string) => billed.rows<object>(text, [like]);
  return {
    results: await read(
      `SELECT SUBSTR(invoice_number, 8) AS n, result_date, sequence, result, collected_minor, result_code FROM collection_result
       WHERE invoice_number LIKE ? ORDER BY 1, 2, 3, 4, 5, 6`,
    ),
    answers: await read(
      `SELECT SUBSTR(invoice_number, 8) AS n, answer_date, sequence, answer, reason FROM invoice_answer
       WHERE invoice_number LIKE ? ORDER BY 1, 2, 3, 4, 5`,
    ),
    standings: await read(
      `SELECT SUBSTR(invoice_number, 8) AS n, state, collected_minor, uncollected_minor, result_count FROM invoice_collection
       WHERE invoice_number LIKE ? ORDER BY 1`,
    ),
    companies: await read(
      `SELECT SUBSTR(invoice_number, 8) AS n, company_id, uncollected_minor, lost_minor - recovered_minor AS net FROM company_collection
       WHERE invoice_number LIKE ? AND (uncollected_minor > 0 OR lost_minor > recovered_minor) ORDER BY 1, 2`,
    ),
    charges: await read(
      `SELECT SUBSTR(k.invoice_number, 8) AS n, k.company_id, c.captured_minor,
         SUM(IF(k.kind = 'clawback', k.amount_minor, -k.amount_minor)) AS net
       FROM clawback k JOIN charge c ON c.id = k.charge_id WHERE k.invoice_number LIKE ? GROUP BY k.charge_id HAVING net <> 0 ORDER BY 1, 2, 3`,
    ),
    // What moved, whatever was taken back on the way.
    ledger: await billed.rows<object>(
      `SELECT kind, amount FROM (
         SELECT CASE kind WHEN 'recovery' THEN 'clawback' ELSE REPLACE(kind, '-back', '') END AS kind,
           SUM(IF(kind LIKE '%-back' OR kind = 'recovery', -amount_minor, amount_minor)) AS amount
         FROM ledger_entry WHERE billing_period = ? GROUP BY 1
       ) u WHERE amount <> 0 ORDER BY 1`,
      [month],
    ),
  };
}
