import { join } from 'node:path';
import type { Deps } from '../../../src/deps.ts';
import { chargeColumns, streamCharges } from './export-charges.ts';
import { invoiceColumns, streamInvoices } from './export-invoices.ts';
import { settlementColumns, streamSettlements } from './export-settlements.ts';
import { clawbackColumns, streamClawbacks } from './export-clawbacks.ts';
import { collectionColumns, streamCollections } from './export-collections.ts';
import { refundColumns, streamRefunds } from './export-refunds.ts';
import { streamTerms, termsColumns } from './export-terms.ts';
import { resultNames } from './results-folder.ts';
import { writeCsv } from './write-csv.ts';

/** Writes what happened in the world, a file for each kind of figure; returns how many rows each file has. */
export async function writeTables(deps: Deps, out: string) {
  return {
    charges: await writeCsv(join(out, resultNames.charges), chargeColumns, streamCharges(deps)),
    invoices: await writeCsv(join(out, resultNames.invoices), invoiceColumns, streamInvoices(deps)),
    settlements: await writeCsv(
      join(out, resultNames.settlements),
      settlementColumns,
      streamSettlements(deps),
    ),
    refunds: await writeCsv(join(out, resultNames.refunds), refundColumns, streamRefunds(deps)),
    collections: await writeCsv(
      join(out, resultNames.collections),
      collectionColumns,
      streamCollections(deps),
    ),
    clawbacks: await writeCsv(join(out, resultNames.clawbacks), clawbackColumns, streamClawbacks(deps)),
    terms: await writeCsv(join(out, resultNames.terms), termsColumns, streamTerms(deps)),
  };
}
