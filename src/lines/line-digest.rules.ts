import { hash } from 'node:crypto';
import type { Tenure } from './tenure.ts';

/** What is guarded of a line and of those who hold it. */
export interface GuardedLine {
  readonly lineId: string;
  readonly closingGroup: number;
  readonly status: string;
  readonly monthlyLimitMinor: bigint | number | string | null;
  readonly tenures: readonly Tenure[];
}

/** Of the SHA-256: as many as a `BIGINT UNSIGNED` holds. */
const HEX_DIGITS = 16;

/**
 * The digest of a line with all its tenures, for the import: the same that `lineDigestSql` has the database work out
 * from the rows, in a tenth of the time it would take for those of a chunk.
 */
export function digestLine(line: GuardedLine): bigint {
  const { lineId, closingGroup, status, monthlyLimitMinor, tenures } = line;
  const limit = monthlyLimitMinor === null ? '-' : writeAscii(String(monthlyLimitMinor));
  let text = `${writeAscii(lineId)},${writeAscii(String(closingGroup))},${writeAscii(status)},${limit}`;
  const ordered =
    tenures.length > 1 ? tenures.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1)) : tenures;
  for (const { validFrom, validTo, holder, birthDate, email } of ordered) {
    text += `;${writeDate(validFrom)},${writeDate(validTo)},${Buffer.byteLength(holder)}:${holder},`;
    text += `${writeDate(birthDate)},${email === null ? '-' : `${Buffer.byteLength(email)}:${email}`}`;
  }
  return BigInt(`0x${hash('sha256', text, 'hex').slice(0, HEX_DIGITS)}`);
}

/** Of characters of one byte each. */
const writeAscii = (value: string): string => `${value.length}:${value}`;

const writeDate = (date: string | null): string => (date === null ? '-' : `10:${date}`);
