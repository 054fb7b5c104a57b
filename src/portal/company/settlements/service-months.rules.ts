import { minimumAbovePercent } from '../../../settlements/average-fee.rules.ts';
import type { listOwnServiceMonths } from '../../../settlements/own-settlements.queries.ts';

/** A service in a month in which its minimum per line would be above its percentage. */
export interface ServiceMonth {
  readonly period: string;
  readonly name: string;
  readonly nameEn: string;
  readonly lineCount: number;
  /** Billed, before refunds. */
  readonly totalMinor: bigint;
  readonly aboveMinor: bigint;
}

type Month = Awaited<ReturnType<typeof listOwnServiceMonths>>[number];

/**
 * The services of a settled month whose own average is below what the minimum per line is made for, those that cost most first. The
 * fee itself is counted over all services together, where a line that buys in two counts once.
 */
export function serviceMonths({ settlement, lines }: Month): ServiceMonth[] {
  const charged = lines.filter(({ kind }) => kind === 'charge');
  return [...Map.groupBy(charged, ({ serviceId }) => serviceId).values()]
    .map((parts) => {
      const { name, nameEn } = parts[0]!;
      const lineCount = parts.reduce((sum, part) => sum + part.lineCount, 0);
      const totalMinor = parts.reduce((sum, part) => sum + part.totalMinor, 0n);
      const aboveMinor = minimumAbovePercent(settlement.definition, { totalMinor, lineCount });
      return { period: settlement.billingPeriod, name, nameEn, lineCount, totalMinor, aboveMinor };
    })
    .filter(({ aboveMinor, lineCount }) => aboveMinor > 0n && lineCount > 0)
    .toSorted((one, other) => (one.aboveMinor > other.aboveMinor ? -1 : 1));
}
