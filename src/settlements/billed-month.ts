import type { BankRefundLine, BankRefunds } from '../refunds/bank-refunds.queries.ts';
import type { BilledCompany, SettlementLineFigures } from './billed-companies.queries.ts';

/** What a company is settled for: the items of the period, and the refunds by bank of its calendar month. */
export type BilledMonth = Omit<BilledCompany, 'firstBusinessDate' | 'lastBusinessDate'>;

const NOTHING_INVOICED: BilledMonth = {
  billedMinor: 0n,
  lineCount: 0,
  itemCount: 0,
  refundedMinor: 0n,
  invoicedItemCount: 0,
  settlementLines: [],
};

/**
 * The months of companies with their refunds by bank: they lower `T`, and neither `N` nor the number of items (domain.md section
 * 9). A company may have nothing else in the month.
 */
export function withBankRefunds(
  invoiced: ReadonlyMap<number, BilledMonth>,
  bankRefunds: ReadonlyMap<number, BankRefunds>,
): Map<number, BilledMonth> {
  const months = new Map(invoiced);
  for (const [companyId, { refundedMinor, lines }] of bankRefunds) {
    const month = months.get(companyId) ?? NOTHING_INVOICED;
    months.set(companyId, {
      ...month,
      refundedMinor: month.refundedMinor + refundedMinor,
      settlementLines: [...month.settlementLines, ...lines.map(settlementLineOf)],
    });
  }
  return months;
}

/** Under the closing group of the charges. */
function settlementLineOf(line: BankRefundLine): SettlementLineFigures {
  const { serviceId, taxCode, taxRateBps, chargeGroup, chargePeriod } = line;
  return {
    closingGroup: chargeGroup,
    serviceId,
    taxCode,
    taxRateBps,
    kind: 'bank',
    originalPeriod: chargePeriod,
    lineCount: line.lineCount,
    itemCount: line.refundCount,
    totalMinor: -line.refundedMinor,
  };
}
