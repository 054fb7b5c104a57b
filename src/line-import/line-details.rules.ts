import { readTelephone } from '../shared/telephone.rules.ts';
import { isEmailAddress } from '../shared/address.rules.ts';
import { isReadableText } from '../shared/readable-text.rules.ts';
import type { TenureDetails } from '../lines/tenure.ts';
import { readFileDate } from './file-date.rules.ts';

/** What a row says of the line and its holder. Undefined: the row has no value, which changes nothing; null clears it. */
export type RowDetails = { readonly [K in keyof TenureDetails]: string | null | undefined };

interface Detail {
  /** Name of the column in the file. */
  readonly column: string;
  /** The value of a field that is not empty, as it is stored; undefined if it is not one. */
  read(text: string): string | undefined;
  /** The row's fault; it does not quote the field. */
  readonly code: string;
  readonly reason: string;
}

/** The optional columns of a line file. */
export const details = {
  birthDate: {
    column: 'birth_date',
    read: readFileDate,
    code: 'birth-date-invalid',
    reason: 'birth_date is not a date in the past',
  },
  email: {
    column: 'email',
    read: (text) => (isEmailAddress(text) ? text : undefined),
    code: 'email-invalid',
    reason: 'email does not have the shape of an address',
  },
  product: {
    column: 'product',
    read: textOf(60),
    code: 'product-invalid',
    reason: unreadable('product', 60),
  },
  options: {
    column: 'options',
    read: textOf(240),
    code: 'options-invalid',
    reason: unreadable('options', 240),
  },
  telephone: {
    column: 'telephone',
    read: readTelephone,
    code: 'telephone-invalid',
    reason: 'telephone is neither a number of Japan nor one in the form of E.164',
  },
  holderKana: {
    column: 'holder_kana',
    read: readKana,
    code: 'holder-kana-invalid',
    reason: 'holder_kana is not a name in kana, or longer than 120',
  },
  postalCode: {
    column: 'postal_code',
    read: readPostalCode,
    code: 'postal-code-invalid',
    reason: 'postal_code does not have seven digits',
  },
  address: {
    column: 'address',
    read: textOf(240),
    code: 'address-invalid',
    reason: unreadable('address', 240),
  },
  building: {
    column: 'building',
    read: textOf(120),
    code: 'building-invalid',
    reason: unreadable('building', 120),
  },
} as const satisfies Readonly<Record<keyof TenureDetails, Detail>>;

export type DetailFaultCode = (typeof details)[keyof TenureDetails]['code'];
export type DetailColumn = (typeof details)[keyof TenureDetails]['column'];

const names = Object.keys(details) as (keyof TenureDetails)[];
export const detailColumns: readonly DetailColumn[] = names.map((name) => details[name].column);

/** Clears a value; an empty field does not change it. */
const CLEARED = '-';

/** Reads the optional fields of a row, or returns the first fault of them. */
export function readDetails(
  fieldOf: (column: DetailColumn) => string | undefined,
): RowDetails | { readonly code: DetailFaultCode; readonly reason: string } {
  const read: Partial<Record<keyof TenureDetails, string | null | undefined>> = {};
  for (const name of names) {
    const detail = details[name];
    const text = fieldOf(detail.column) ?? '';
    if (text === '' || text === CLEARED) {
      read[name] = text === '' ? undefined : null;
      continue;
    }
    const value = detail.read(text);
    if (value === undefined) return { code: detail.code, reason: detail.reason };
    read[name] = value;
  }
  return read as RowDetails;
}

/** Of a row that says nothing of them. */
export const noDetails = Object.fromEntries(names.map((name) => [name, undefined])) as unknown as RowDetails;

function textOf(maxLength: number): (text: string) => string | undefined {
  return (text) => {
    const plain = text.replaceAll(LINE_BREAKS, ' ').trim();
    return Array.from(plain).length <= maxLength && isReadableText(plain) ? plain : undefined;
  };
}

const LINE_BREAKS = /[\r\n\t]+/g;

function unreadable(column: string, maxLength: number): string {
  return `${column} is longer than ${maxLength} or has characters that are not seen`;
}

/** Katakana, hiragana, long marks, middle dots, digits and Latin letters, which names of companies have; in full width. */
const KANA = /^[\p{Script=Katakana}\p{Script=Hiragana}\u30fb\u30fc0-9A-Za-z().&'\- ]+$/u;
const MAX_KANA = 120;

/** Half-width kana become full-width ones, so that a search finds both. */
function readKana(text: string): string | undefined {
  const kana = text.normalize('NFKC').replaceAll(/\s+/g, ' ').trim();
  return kana !== '' && Array.from(kana).length <= MAX_KANA && KANA.test(kana) ? kana : undefined;
}

function readPostalCode(text: string): string | undefined {
  const [, area, town] =
    /^(\d{3})[-\u2010-\u2015\u2212]?(\d{4})$/.exec(text.normalize('NFKC').replace('〒', '')) ?? [];
  return area === undefined ? undefined : `${area}-${town}`;
}
