import assert from 'node:assert/strict';
import type { FuzzedInvoice } from './drawn-files.ts';
import { MONTHS, type TwinInvoices } from './twin-invoices.ts';

interface StoredRow {
  readonly number: string;
  readonly place: string;
  readonly result: string;
  readonly collected: number;
}

/** How far each invoice must be collected, by a model of its own: of the places where all rows agree, the last. */
export async function judgeStandings({ billed, invoices }: TwinInvoices): Promise<void> {
  const rows = await billed.rows<StoredRow>(
    `SELECT invoice_number AS number, CONCAT(result_date, LPAD(sequence, 10, '0')) AS place, result, collected_minor AS collected
     FROM collection_result WHERE invoice_number LIKE ? ORDER BY place`,
    [`${MONTHS[0].replace('-', '')}-31-%`],
  );
  const standings = await billed.rows<{
    number: string;
    state: string;
    collected: number;
    uncollected: number;
  }>(
    'SELECT invoice_number AS number, state, collected_minor AS collected, uncollected_minor AS uncollected FROM invoice_collection WHERE billing_period = ?',
    [MONTHS[0]],
  );
  const booked = new Map(standings.map(({ number, ...standing }) => [number, { ...standing }]));
  for (const invoice of invoices) {
    const own = rows.filter(({ number }) => number === invoice.number);
    assert.deepEqual(booked.get(invoice.number), own.length === 0 ? undefined : expected(own, invoice));
  }
}

function expected(rows: readonly StoredRow[], { totalMinor }: FuzzedInvoice) {
  const agreed = rows.filter(({ place }) => rows.filter((row) => row.place === place).length === 1);
  const { result: state = 'billed', collected = 0 } = agreed.at(-1) ?? {};
  const isRefused = state === 'partial' || state === 'uncollected';
  return { state, collected, uncollected: isRefused ? Number(totalMinor) - collected : 0 };
}
