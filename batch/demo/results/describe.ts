import Table from 'cli-table3';
import type { InvariantResult } from '../../../src/invariants/invariant.types.ts';
import { describeResult } from '../../../src/invariants/check-invariants-job.ts';
import { formatCount } from '../../../src/shared/money.ts';
import type { listSettlements } from './export-settlements.ts';
import type { proveCloses } from './summarise.ts';

type Settlements = Awaited<ReturnType<typeof listSettlements>>;
type Proofs = Awaited<ReturnType<typeof proveCloses>>;

/** Rows shown of a long list; the files have them all. */
const MAX_ROWS = 24;

/** What each company gets for the month. */
export function describeSettlements(settlements: Settlements): string {
  const head = [
    'company',
    'billed',
    'lines',
    'average',
    'tariff',
    'branch',
    'fee',
    'tax',
    'payout',
    'payout date',
  ];
  const table = new Table({ head, colAligns: alignments('lrrrllrrrl'), style: plain });
  for (const row of settlements.slice(0, MAX_ROWS)) {
    table.push([
      row.name,
      formatCount(row.billed_total),
      formatCount(row.line_count),
      row.average,
      row.tariff,
      row.fee_branch,
      formatCount(row.fee_ex_tax),
      formatCount(row.fee_tax),
      formatCount(row.payout),
      row.payout_date,
    ]);
  }
  return withRest(table, settlements.length);
}

/** Whether the invoices of every closing group come to what its captured charges come to. */
export function describeProofs(proofs: Proofs): string {
  const head = ['closing date', 'group', 'invoices', 'items', 'invoices total', 'charges total', 'balanced'];
  const table = new Table({ head, colAligns: alignments('llrrrrl'), style: plain });
  for (const proof of proofs) {
    table.push([
      proof.closing_date,
      proof.closing_group === 31 ? 'month end' : `${proof.closing_group}th`,
      formatCount(proof.invoices),
      formatCount(proof.items),
      formatCount(proof.total),
      formatCount(proof.charges_total),
      proof.balanced ? 'yes' : 'NO',
    ]);
  }
  return table.toString();
}

/** One line when all is well; else what is broken, with the rows. */
export function describeInvariants(results: readonly InvariantResult[]): string {
  const broken = results.filter(({ holds }) => !holds);
  if (broken.length > 0) return broken.flatMap(describeResult).join('\n');
  const checked = results.reduce((sum, result) => sum + result.checked, 0);
  return `All ${results.length} invariants hold (${formatCount(checked)} checks).`;
}

/** No colours: the output goes to logs as well. */
const plain = { head: [], border: [], compact: true };

function alignments(letters: string): ('left' | 'right')[] {
  return Array.from(letters, (letter) => (letter === 'r' ? 'right' : 'left'));
}

function withRest(table: InstanceType<typeof Table>, count: number): string {
  return count > MAX_ROWS ? `${table.toString()}\nand ${count - MAX_ROWS} more` : table.toString();
}
