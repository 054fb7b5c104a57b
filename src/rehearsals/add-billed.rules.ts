import type { BilledCompany, SettlementLineFigures } from '../settlements/billed-companies.queries.ts';

/** Adds what companies sold in a range of lines to what they sold in others. No line is in two ranges, so counts add up too. */
export function addBilled(sums: Map<number, BilledCompany>, range: ReadonlyMap<number, BilledCompany>): void {
  for (const [companyId, billed] of range) {
    const known = sums.get(companyId);
    sums.set(companyId, known ? addCompany(known, billed) : billed);
  }
}

function addCompany(a: BilledCompany, b: BilledCompany): BilledCompany {
  return {
    billedMinor: a.billedMinor + b.billedMinor,
    refundedMinor: a.refundedMinor + b.refundedMinor,
    lineCount: a.lineCount + b.lineCount,
    itemCount: a.itemCount + b.itemCount,
    invoicedItemCount: a.invoicedItemCount + b.invoicedItemCount,
    settlementLines: addLines(a.settlementLines, b.settlementLines),
    firstBusinessDate: a.firstBusinessDate < b.firstBusinessDate ? a.firstBusinessDate : b.firstBusinessDate,
    lastBusinessDate: a.lastBusinessDate > b.lastBusinessDate ? a.lastBusinessDate : b.lastBusinessDate,
  };
}

function addLines(
  a: readonly SettlementLineFigures[],
  b: readonly SettlementLineFigures[],
): readonly SettlementLineFigures[] {
  const lines = new Map(a.map((line) => [keyOf(line), line]));
  for (const line of b) {
    const known = lines.get(keyOf(line));
    lines.set(
      keyOf(line),
      known
        ? {
            ...known,
            lineCount: known.lineCount + line.lineCount,
            itemCount: known.itemCount + line.itemCount,
            totalMinor: known.totalMinor + line.totalMinor,
          }
        : line,
    );
  }
  return [...lines.values()];
}

const keyOf = ({
  closingGroup,
  serviceId,
  taxCode,
  taxRateBps,
  kind,
  originalPeriod,
}: SettlementLineFigures) => [closingGroup, serviceId, taxCode, taxRateBps, kind, originalPeriod].join('/');
