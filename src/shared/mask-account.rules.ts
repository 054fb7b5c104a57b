import { maskIban } from './iban.rules.ts';

const SHOWN_DIGITS = 3;
/** A number by itself, and one in the words of a payout line, where it follows the kind of its account. */
const ALONE = /^\d+$/;
const IN_WORDS = /(?<=\b(?:ordinary|current|savings|other) )\d{7}\b/g;
const IBAN_IN_WORDS = /\b[A-Z]{2}\d{2}(?: [A-Z0-9]{4})+(?: [A-Z0-9]{1,3})?(?= )/g;

/** The digits of an account that somebody may read who need not compare it: the last three. */
export function maskAccount(accountNumber: string): string {
  return accountNumber.slice(-SHOWN_DIGITS).padStart(accountNumber.length, '•');
}

/** An IBAN as it is stored, with its country and its last digits; empty for an account in Japan. */
export const maskStoredIban = (iban: string): string =>
  iban === '' ? '' : maskIban(iban).replaceAll(' ', '');

/** Masks the account numbers in a text or, by the names of their members, in a record as JSON has it. */
export function maskAccountsIn<T>(value: T, member = ''): T {
  if (typeof value === 'string') return maskText(value, member) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => maskAccountsIn(one, member)) as T;
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  const members = Object.entries(value).map(([name, one]) => [
    name,
    maskAccountsIn(one as unknown, isOfAccount(member) ? member : name),
  ]);
  return Object.fromEntries(members) as T;
}

/** What a change of it is called, and a line of a payout run. */
const isOfAccount = (member: string) =>
  member === 'accountNumber' || member === 'iban' || member.startsWith('transfer ');

function maskText(text: string, member: string): string {
  if (!isOfAccount(member)) return text;
  if (member === 'iban') return maskStoredIban(text);
  if (ALONE.test(text)) return maskAccount(text);
  return text
    .replaceAll(IN_WORDS, maskAccount)
    .replaceAll(IBAN_IN_WORDS, (iban) => maskIban(iban.replaceAll(' ', '')));
}
