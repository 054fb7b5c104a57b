/** A number with a fraction or an exponent where a value may begin; inside a text it is a false alarm, no more. */
const INEXACT_NUMBER = /[:[,]\s*-?\d+[.eE]/;
const PLAIN_INTEGER = /^-?\d+$/;

/**
 * Re-reads JSON so that only numbers written as plain digits count as numbers; others become NaN, which no
 * schema lets through and which keeps its place. Else `100.00000000000000001` would be read as 100, and money
 * that was not whole would pass. Text without such numbers is not read twice.
 */
export function withExactNumbers(text: string, parsed: unknown): unknown {
  if (!INEXACT_NUMBER.test(text)) return parsed;
  return JSON.parse(text, keepExact as (name: string, value: unknown) => unknown);
}

function keepExact(_name: string, value: unknown, { source }: { source?: string }): unknown {
  return typeof value === 'number' && source !== undefined && !PLAIN_INTEGER.test(source)
    ? Number.NaN
    : value;
}

/** Whether values lie within values more than `levels` deep. Looks no deeper, so that no text makes it run out of stack. */
export function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeperThan(member, levels - 1));
}
