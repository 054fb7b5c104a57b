import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

/** What companies are called, by code. */
export type CompanyNames = ReadonlyMap<string, { readonly name: string; readonly nameEn: string }>;

/** Looks up the names of companies that lists name by their codes; null is nobody's. */
export async function findCompanyNames(
  deps: Deps,
  codes: readonly (string | null | undefined)[],
): Promise<CompanyNames> {
  const wanted = [...new Set(codes)].filter((code) => code != null);
  if (wanted.length === 0) return new Map();
  const rows = await sqlOf(emOf(deps))
    .selectFrom('company')
    .select(['code', 'name', 'nameEn'])
    .where('code', 'in', wanted)
    .execute();
  return new Map(rows.map(({ code, ...names }) => [code, names]));
}
