import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { findWords, likePattern } from './search-words.rules.ts';
import type { Platform } from './seller-terms.rules.ts';

/** A service that can be paid for, or will be, as everybody may know it. */
export interface ListedService {
  readonly companyCode: string;
  readonly company: string;
  readonly companyEn: string;
  readonly serviceCode: string;
  readonly service: string;
  readonly serviceEn: string;
  readonly paidFor: string;
  readonly paidForEn: string;
  readonly platform: Platform;
  readonly siteOrigin: string;
  /** First day of sales; null for a service that is planned without a day. */
  readonly listedFrom: string | null;
}

export interface ListServices {
  /** Words of any of the names and of what can be paid for; all of them must be found. */
  readonly text?: string | undefined;
  readonly platform?: Platform | undefined;
  /** `company/service` of the last one on the page before. */
  readonly after?: string | undefined;
}

export interface ListedServices {
  readonly services: readonly ListedService[];
  /** How many there are in all. */
  readonly count: number;
  readonly next: string | undefined;
  /** The business date on which a service of a later day is still planned. */
  readonly today: string;
}

/** A company has some services and there are some hundreds of companies: two or three pages in all. */
const PAGE_SIZE = 100;

/**
 * The public list of what can be paid this way (domain.md §2), by company: services with their texts, of companies with a contract
 * today, and planned ones. Suspended ones are not in it. Open to everybody, so it takes no actor and shows nothing of contracts.
 */
export async function listPublicServices(deps: Deps, input: ListServices): Promise<ListedServices> {
  const today = businessDateOf(deps.clock.now(), deps.config.timeZone);
  const query = listed(deps, today, input);
  const { count } = await query
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  const [company = '', service = ''] = input.after?.split('/') ?? [];
  const rows = await query
    .select(['c.code as companyCode', 'c.name as company', 'c.nameEn as companyEn'])
    .select(['s.code as serviceCode', 's.name as service', 's.nameEn as serviceEn', 's.siteOrigin'])
    .select(['s.paidFor', 's.paidForEn', 's.platform', 's.listedFrom'])
    .$if(input.after !== undefined, (all) =>
      all.where(({ eb, refTuple, tuple }) => eb(refTuple('c.code', 's.code'), '>', tuple(company, service))),
    )
    .orderBy('c.code')
    .orderBy('s.code')
    .limit(PAGE_SIZE + 1)
    .execute();
  const services = rows.slice(0, PAGE_SIZE) as ListedService[];
  const last = services.at(-1);
  const next = rows.length > PAGE_SIZE && last ? `${last.companyCode}/${last.serviceCode}` : undefined;
  return { services, count: Number(count), next, today };
}

function listed(deps: Deps, today: string, { text = '', platform }: ListServices) {
  const isPlanned = sql<boolean>`(s.listed_from IS NULL OR s.listed_from > ${today})`;
  const hasContract = sql<boolean>`EXISTS (SELECT 1 FROM contract k WHERE k.company_id = c.id AND k.valid_from <= ${today}
    AND (k.valid_to IS NULL OR k.valid_to > ${today}))`;
  let query = sqlOf(emOf(deps))
    .selectFrom('service as s')
    .innerJoin('company as c', 'c.id', 's.companyId')
    .where('s.state', '=', 'active')
    .where('c.state', '=', 'active')
    .where('s.platform', 'is not', null)
    .where(sql<boolean>`(${isPlanned} OR ${hasContract})`);
  if (platform !== undefined) query = query.where('s.platform', '=', platform);
  for (const word of findWords(text)) query = query.where(contains(word));
  return query;
}

/** Hiragana and katakana, large and small letters, full and half width are equal in this collation; marks of voice are not. */
const contains = (word: string) => sql<boolean>`
  CONCAT_WS(' ', c.name, c.name_en, s.name, s.name_en, s.paid_for, s.paid_for_en) COLLATE utf8mb4_uca1400_as_ci
    LIKE ${likePattern(word)} ESCAPE '!'`;
