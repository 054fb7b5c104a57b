import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { sumBilled, type BilledCompany } from '../settlements/billed-parts.queries.ts';
import { calculateFee } from '../settlements/fee.rules.ts';
import { calculatePayout } from '../settlements/payout.rules.ts';
import { feeBase } from '../settlements/settlement.rules.ts';
import { lastClosingDateOf } from '../shared/calendar.rules.ts';
import { taxOn, taxRateBps, type TaxRate } from '../shared/tax.rules.ts';
import type { Finding, OffendingRow, Rule } from './invariant.types.ts';
import { OFFENDING_SHOWN } from './sql-rule.ts';
import { isToRead } from './within.ts';

/** Settles everything anew from the invoice items, by the rules, and compares figure by figure. */
export const settlementIsRecomputed: Rule = {
  sentence: 'a settlement is what its tariff makes of the invoice items',
  async find(snapshot, { months }) {
    const finding = { checked: 0, count: 0, offending: [] as OffendingRow[] };
    const setUpBilled = new Set<number>();
    for (const period of await listSettledPeriods(snapshot)) {
      const billed = isToRead(period, months) ? await sumBilled(snapshot, period) : undefined;
      for (const settlement of await listSettlementsOf(snapshot, period)) {
        if (billed) {
          const setUpDue = !setUpBilled.has(settlement.companyId);
          const company = { billed: billed.get(settlement.companyId), setUpDue };
          compare(finding, settlement, recompute(settlement, company, snapshot.config.taxRates));
        }
        if (settlement.billedMinor > settlement.refundedMinor) setUpBilled.add(settlement.companyId);
      }
    }
    return finding;
  },
};

type StoredSettlement = Awaited<ReturnType<typeof listSettlementsOf>>[number];

interface CompanyThen {
  readonly billed: BilledCompany | undefined;
  readonly setUpDue: boolean;
}

function recompute(settlement: StoredSettlement, company: CompanyThen, taxRates: readonly TaxRate[]) {
  const { billingPeriod, refundedMinor, carriedInMinor, definition } = settlement;
  const { billedMinor = 0n, lineCount = 0, itemCount = 0 } = company.billed ?? {};
  const billed = { billedMinor, lineCount, itemCount };
  const fee = calculateFee(definition, feeBase({ billed, refundedMinor, setUpDue: company.setUpDue }));
  const settledOn = lastClosingDateOf(billingPeriod);
  const feeTaxRateBps = taxRateBps('standard', settledOn, taxRates);
  const { feeExTaxMinor } = fee;
  const feeTaxMinor = taxOn(feeExTaxMinor, feeTaxRateBps);
  const sums = { refundsMinor: refundedMinor, feeExTaxMinor, feeTaxMinor, carriedInMinor };
  const payout = calculatePayout({ ...sums, billedTotalMinor: billedMinor });
  return {
    ...billed,
    settledOn,
    feeBranch: fee.branch,
    feeExTaxMinor,
    feeTaxRateBps,
    feeTaxMinor,
    ...payout,
  };
}

function compare(
  finding: { -readonly [K in keyof Finding]: Finding[K] } & { offending: OffendingRow[] },
  settlement: StoredSettlement,
  expected: ReturnType<typeof recompute>,
): void {
  finding.checked += 1;
  const figures = Object.keys(expected) as (keyof typeof expected)[];
  const wrong = figures.filter((figure) => settlement[figure] !== expected[figure]);
  if (wrong.length === 0) return;
  finding.count += 1;
  if (finding.offending.length >= OFFENDING_SHOWN) return;
  const differences = wrong.map((figure) => `${figure} ${settlement[figure]}, not ${expected[figure]}`);
  const { number, companyId, billingPeriod } = settlement;
  finding.offending.push({ number, companyId, billingPeriod, differences: differences.join('; ') });
}

async function listSettledPeriods({ em }: InTransaction<Deps>): Promise<string[]> {
  const query = sqlOf(em).selectFrom('settlement').select('billingPeriod').distinct();
  const rows = await query.orderBy('billingPeriod').execute();
  return rows.map((row) => row.billingPeriod);
}

function listSettlementsOf({ em }: InTransaction<Deps>, period: string) {
  return sqlOf(em)
    .selectFrom('settlement as s')
    .innerJoin('tariff as t', (join) =>
      join.onRef('t.code', '=', 's.tariffCode').onRef('t.validFrom', '=', 's.tariffFrom'),
    )
    .selectAll('s')
    .select('t.definition')
    .where('s.billingPeriod', '=', period)
    .orderBy('s.companyId')
    .execute();
}
