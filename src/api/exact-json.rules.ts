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

/** A text, with the colon behind it where it names a member. */
const TEXT = /"(?:[^"\\]|\\.)*"(\s*:)?/g;

/** Whether an object names a member twice. Parsers take one of the two, and of an amount there must not be two. */
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
