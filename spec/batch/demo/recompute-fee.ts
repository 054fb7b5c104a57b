interface BilledMonth {
  readonly total: bigint;
  readonly lines: bigint;
  readonly items: bigint;
}

interface RecomputedFee {
  readonly fee: bigint;
  readonly branch: 'minimum' | 'percent' | 'band';
}

/**
 * The fee before tax as domain.md section 1 words it, in ten-thousandths of a yen until the one floor:
 * written a second time, on purpose, from the wording and not from the service's rules.
 */
export function recomputeFee(tariff: string, { total, lines, items }: BilledMonth): RecomputedFee {
  if (total <= 0n) return { fee: 0n, branch: 'minimum' };
  const perLine = (each: bigint) => each * lines * 10_000n;
  const percent = (bps: bigint) => total * bps;
  switch (tariff) {
    case 'flets-2011':
      return perLine(30n) > percent(500n)
        ? { fee: yen(perLine(30n)), branch: 'minimum' }
        : { fee: yen(percent(500n)), branch: 'percent' };
    case 'flets-2012':
      if (total > 1_500n * lines) return { fee: yen(percent(300n)), branch: 'band' };
      if (total > 900n * lines) return { fee: yen(perLine(45n)), branch: 'band' };
      return recomputeFee('flets-2011', { total, lines, items });
    case 'item-2002': {
      const above = items > 5_000n ? items - 5_000n : 0n;
      return { fee: 150n * (items - above) + 85n * above, branch: 'band' };
    }
    case 'west-2004':
      return { fee: 5_000n + yen(percent(900n)), branch: 'percent' };
    default:
      throw new Error(`no tariff ${tariff}`);
  }
}

/** The whole yen of ten-thousandths. */
function yen(scaled: bigint): bigint {
  return scaled / 10_000n;
}

/** Consumption tax on the fee at the standard rate since 2019-10-01, fraction dropped. */
export function recomputeTax(fee: bigint): bigint {
  return (fee * 10n) / 100n;
}
