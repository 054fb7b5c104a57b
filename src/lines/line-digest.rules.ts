import { hash } from 'node:crypto';
import type { Tenure } from './tenure.ts';

/** The guarded values of a line and its holders. */
export interface GuardedLine {
  readonly lineId: string;
  readonly closingGroup: number;
  readonly status: string;
  readonly monthlyLimitMinor: bigint | number | string | null;
  readonly tenures: readonly Tenure[];
}

/** Digits of the SHA-256 that fit a `BIGINT UNSIGNED`. */
const HEX_DIGITS = 16;

/**
 * The digest of a line with all its tenures. Equals `lineDigestSql`; for the lines of a chunk the import calculates it here
 * in a tenth of the time the database needs.
 */
export function digestLine(line: GuardedLine): bigint {
  const { lineId, closingGroup, status, monthlyLimitMinor, tenures } = line;
  const limit = monthlyLimitMinor === null ? '-' : writeAscii(String(monthlyLimitMinor));
  let text = `${writeAscii(lineId)},${writeAscii(String(closingGroup))},${writeAscii(status)},${limit}`;
  const ordered =
    tenures.length > 1 ? tenures.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1)) : tenures;
  for (const { validFrom, validTo, holder, birthDate, email, ...added } of ordered) {
    text += `;${writeDate(validFrom)},${writeDate(validTo)},${Buffer.byteLength(holder)}:${holder},`;
    text += `${writeDate(birthDate)},${writeText(email)}${writeAdded(added)}`;
  }
  return BigInt(`0x${hash('sha256', text, 'hex').slice(0, HEX_DIGITS)}`);
}

/** Writes a text of single-byte characters. */
const writeAscii = (value: string): string => `${value.length}:${value}`;

const ADDED = ['product', 'options', 'telephone', 'holderKana', 'postalCode', 'address', 'building'] as const;

/** Details of a later migration; nothing for a tenure that has none of them. */
function writeAdded(added: Pick<Tenure, (typeof ADDED)[number]>): string {
  if (ADDED.every((name) => added[name] === null)) return '';
  return `,${ADDED.map((name) => writeText(added[name])).join(',')}`;
}

const writeText = (text: string | null): string =>
  text === null ? '-' : `${Buffer.byteLength(text)}:${text}`;

const writeDate = (date: string | null): string => (date === null ? '-' : `10:${date}`);
