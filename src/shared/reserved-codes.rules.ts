import { Problem } from './problem.ts';

/** Words that the addresses of pages have in the place of a code: `/billing/companies/new`. */
const reserved = {
  company: ['new'],
  service: ['new'],
  tariff: ['draft', 'simulate'],
} as const;

export type CodeOf = keyof typeof reserved;

const isReserved = (of: CodeOf, code: string): boolean => (reserved[of] as readonly string[]).includes(code);

/** A new one takes another code. @throws Problem `code-reserved` */
export function refuseReservedCode(of: CodeOf, code: string): void {
  if (!isReserved(of, code)) return;
  const detail = `${code} is a word of the addresses of pages: choose another code.`;
  throw new Problem('code-reserved', { detail, facts: { code } });
}

/** A code in an address. One of an earlier release that is reserved now is escaped, so that it is not taken for the word. */
export function codeInAddress(of: CodeOf, code: string): string {
  if (!isReserved(of, code)) return encodeURIComponent(code);
  return `%${code.charCodeAt(0).toString(16).toUpperCase()}${code.slice(1)}`;
}
