/** An average per line in minor units, floored to two decimals, as plain text: `600.00`, `-0.01`; `0.00` without lines. */
export function writeAverage(totalMinor: bigint, count: bigint | number): string {
  const lines = BigInt(count);
  if (lines === 0n) return '0.00';
  const hundredths = totalMinor * 100n;
  // BigInt division drops the fraction; a negative average is floored one further down.
  const floored = hundredths / lines - (hundredths % lines < 0n ? 1n : 0n);
  const digits = String(floored < 0n ? -floored : floored).padStart(3, '0');
  return `${floored < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** A decimal with thousands separators, as people read it: `1234.50` → `1,234.50`. */
export function groupDecimal(decimal: string): string {
  const [whole = '', ...fraction] = decimal.split('.');
  return [whole.replaceAll(/\B(?=(\d{3})+$)/g, ','), ...fraction].join('.');
}

/** Basis points as a number of percent: 250 → 2.5. */
export function percentOf(rateBps: number): number {
  return rateBps / 100;
}

/** Basis points as people read them: 500 → `5%`, 250 → `2.5%`. */
export function formatPercent(rateBps: number): string {
  return `${percentOf(rateBps)}%`;
}
