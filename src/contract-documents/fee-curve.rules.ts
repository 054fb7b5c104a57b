import type { FeeExample } from '../../templates/contract/contract.types.ts';
import { calculateFee } from '../settlements/fee.rules.ts';
import type { TariffDefinition } from '../tariffs/tariff.rules.ts';

/** A month of a company in the middle, over which a base and steps of items are spread. */
const LINES = 1_000;
const AVERAGES = [300, 600, 1_000, 1_500, 3_000];

/** The fee of a month of 1,000 lines with one item each: at averages that people ask for, and on both sides of every bound. */
export function feeExamples(definition: TariffDefinition): FeeExample[] {
  const bounds = definition.bands.flatMap(({ aboveAverageMinor: bound }) => [bound, bound + 1]);
  const minimum = turningPoint(definition);
  const averages = [...new Set([...AVERAGES, ...bounds, ...minimum])].sort((one, other) => one - other);
  return averages.map((average) => {
    const billedMinor = BigInt(average) * BigInt(LINES);
    const fee = calculateFee(definition, { totalMinor: billedMinor, lineCount: LINES, itemCount: LINES });
    return {
      averageMinor: BigInt(average),
      lineCount: LINES,
      billedMinor,
      branch: fee.branch,
      feeMinor: fee.feeExTaxMinor,
    };
  });
}

/** The average from which on the percentage is not below the minimum, and the one before it. */
function turningPoint({ perLineMinimumMinor, percentBps }: TariffDefinition): number[] {
  if (perLineMinimumMinor === 0 || percentBps === 0) return [];
  const average = Math.ceil((perLineMinimumMinor * 10_000) / percentBps);
  return [average - 1, average];
}
