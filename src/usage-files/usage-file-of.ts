import type { Selectable } from 'kysely';
import { toMinor, type Tables } from '../database/sql.ts';
import type { UsageFile } from './usage-file.entity.ts';

/** A file as the database gives it, with its flag and its sum as they are declared. */
export function usageFileOf(row: Selectable<Tables['usage_file']>): UsageFile {
  return { ...row, isPartial: isSet(row.isPartial), chargedMinor: toMinor(row.chargedMinor)! };
}

/** The driver gives a flag as a number, whatever its type says. */
const isSet = (flag: unknown): boolean => Boolean(flag);
