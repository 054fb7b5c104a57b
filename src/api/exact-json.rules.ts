/** A number with a fraction or an exponent where a value can begin. Inside a string this is a harmless false alarm. */
const INEXACT_NUMBER = /[:[,]\s*-?\d+[.eE]/;
const PLAIN_INTEGER = /^-?\d+$/;

/**
 * Parses JSON again so that only numbers in plain digits are numbers; others become NaN, which every schema refuses.
 * Otherwise `100.00000000000000001` would be parsed as 100, and an amount that is not whole would pass. JSON without
 * such numbers is not parsed twice.
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

/** Whether a value is nested more than `levels` deep. It descends no further, so no input can exhaust the stack. */
export function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeperThan(member, levels - 1));
}

/** A string, with the colon after it if it is the name of a member. */
const TEXT = /"(?:[^"\\]|\\.)*"(\s*:)?/g;

/** Whether an object contains a member twice. Parsers keep one of the two, which is not safe for amounts. */
export function namesTwice(text: string, parsed: unknown): boolean {
  let names = 0;
  for (const [, colon] of text.matchAll(TEXT)) if (colon !== undefined) names += 1;
  return names !== countMembers(parsed);
}

function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce((sum: number, member) => sum + countMembers(member), own);
}
