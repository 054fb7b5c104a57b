import type { InvariantResult } from '../../../src/invariants/invariant.types.ts';
import { describeResult } from '../../../src/invariants/check-invariants-job.ts';
import { groupDecimal } from '../../../src/shared/average.rules.ts';
import { formatCount } from '../../../src/shared/money.ts';
import { formatTable } from '../../cli/format-result.ts';
import type { Place } from '../../cli/format-cell.rules.ts';
import type { listSettlements } from './export-settlements.ts';
import type { proveCloses } from './summarise.ts';

type Settlements = Awaited<ReturnType<typeof listSettlements>>;
type Proofs = Awaited<ReturnType<typeof proveCloses>>;

/** Rows shown of a long list; the files have them all. */
const MAX_ROWS = 24;

/** What each company is paid for the month. */
export function describeSettlements(settlements: Settlements, place: Place): string {
  const list = settlements.slice(0, MAX_ROWS).map((row) => ({
    company: row.company,
    name: row.name,
    billedMinor: row.billed_total,
    lines: row.line_count,
    average: groupDecimal(row.average),
    tariff: row.tariff,
    branch: row.fee_branch,
    feeMinor: row.fee_ex_tax,
    taxMinor: row.fee_tax,
    payoutMinor: row.payout,
    payoutDate: row.payout_date,
  }));
  const more = settlements.length - list.length;
  return formatTable(
    {
      list,
      none: 'No company sold anything in the month.',
      notes: more > 0 ? [`… and ${formatCount(more)} more in settlements.csv`] : [],
    },
    place,
  ).trimEnd();
}

/** Whether the invoices of every closing group come to what its captured charges come to. */
export function describeProofs(proofs: Proofs, place: Place): string {
  const list = proofs.map((proof) => ({
    closingDate: proof.closing_date,
    closingGroup: proof.closing_group === 31 ? 'month end' : `${proof.closing_group}th`,
    invoices: proof.invoices,
    items: proof.items,
    invoiceTotalMinor: proof.total,
    chargeTotalMinor: proof.charges_total,
    balanced: proof.balanced ? 'yes' : 'NO',
  }));
  return formatTable({ list, none: 'No billing period has closed.' }, place).trimEnd();
}

/** One line when all is well; else what is broken, with the rows. */
export function describeInvariants(results: readonly InvariantResult[]): string {
  const broken = results.filter(({ holds }) => !holds);
  if (broken.length > 0) return broken.flatMap(describeResult).join('\n');
  const checked = results.reduce((sum, result) => sum + result.checked, 0);
  return `All ${results.length} invariants hold (${formatCount(checked)} checks).`;
}
