import { sql } from 'kysely';
import type { Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import type { Company } from './company.entity.ts';
import { findWords, likePattern } from './search-words.rules.ts';

export interface SearchCompanies {
  /** Words of code, names and registration number; all of them must be found. */
  readonly text?: string | undefined;
  readonly state?: Company['state'] | undefined;
  /** Code of the last company on the page before. */
  readonly after?: string | undefined;
}

export interface FoundCompany extends Pick<
  Company,
  'code' | 'name' | 'nameEn' | 'registrationNumber' | 'state'
> {
  readonly services: number;
  /** Of the contract of today; null without one. */
  readonly tariffCode: string | null;
}

export interface FoundCompanies {
  readonly companies: readonly FoundCompany[];
  readonly count: number;
  readonly next: string | undefined;
}

const PAGE_SIZE = 50;

/** Companies by code, a page at a time. @throws Problem `permission-denied` */
export async function searchCompanies(
  deps: Deps,
  actor: Actor,
  input: SearchCompanies,
): Promise<FoundCompanies> {
  const { id } = ownedBy(actor, 'companies:read').companies;
  const today = businessDateOf(deps.clock.now(), deps.config.timeZone);
  let query = sqlOf(emOf(deps)).selectFrom('company as c');
  if (id !== undefined) query = query.where('c.id', '=', id);
  if (input.state !== undefined) query = query.where('c.state', '=', input.state);
  for (const word of findWords(input.text ?? '')) query = query.where(contains(word));
  const { count } = await query
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  const rows = await query
    .select(['c.code', 'c.name', 'c.nameEn', 'c.registrationNumber', 'c.state'])
    .select(sql<number | string>`(SELECT COUNT(*) FROM service s WHERE s.company_id = c.id)`.as('services'))
    .select(
      sql<string | null>`(SELECT MAX(k.tariff_code) FROM contract k WHERE k.company_id = c.id
        AND k.valid_from <= ${today} AND (k.valid_to IS NULL OR k.valid_to > ${today}))`.as('tariffCode'),
    )
    .$if(input.after !== undefined, (all) => all.where('c.code', '>', input.after!))
    .orderBy('c.code')
    .limit(PAGE_SIZE + 1)
    .execute();
  const companies = rows.slice(0, PAGE_SIZE).map((row) => ({ ...row, services: Number(row.services) }));
  const next = rows.length > PAGE_SIZE ? companies.at(-1)?.code : undefined;
  return { companies, count: Number(count), next };
}

/** As the public list compares names: kana and widths are equal, marks of voice are not. */
const contains = (word: string) => sql<boolean>`
  CONCAT_WS(' ', c.code, c.name, c.name_en, c.registration_number) COLLATE utf8mb4_uca1400_as_ci
    LIKE ${likePattern(word)} ESCAPE '!'`;
