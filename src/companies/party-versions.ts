import { sql, type RawBuilder } from 'kysely';
import { recordDigestSql, recordVersionSql } from '../database/guarded-records.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { invalidInput } from '../shared/check-input.ts';

export interface PartyKey {
  readonly kind: 'company' | 'service';
  readonly id: number;
}

/** Before any document: the first version of a company or service holds from then on. */
export const FIRST_DAY = '2000-01-01';

/**
 * All companies or services as documents of a date name them, whenever they are written, as a table with the columns of
 * `party_version`. One without a version is as it is now.
 */
export function partiesOn(kind: PartyKey['kind'], date: RawBuilder<string> | string): RawBuilder<unknown> {
  const isCompany = kind === 'company';
  const ofCompany = (column: string) => (isCompany ? sql.ref(`t.${column}`) : sql`NULL`);
  return sql`(SELECT t.id AS party_id, ${held('name', sql`t.name`)}, ${held('name_en', sql`t.name_en`)},
      ${held('address', ofCompany('address'))}, ${held('registration_number', ofCompany('registration_number'))},
      ${held('registered_from', ofCompany('registered_from'))}, ${held('registered_to', ofCompany('registered_to'))},
      ${held('record_version', recordVersionSql(kind, 't'))}, ${held('record_digest', recordDigestSql(kind, 't'))}
    FROM ${sql.table(kind)} t LEFT JOIN (
      SELECT w.*, ROW_NUMBER() OVER (PARTITION BY w.party_id ORDER BY w.valid_from DESC, w.record_version DESC) AS place
      FROM party_version w WHERE w.kind = ${kind} AND w.valid_from <= ${date}) v ON v.party_id = t.id AND v.place = 1)`;
}

/** A column of the version `v`, or what the row has now where there is none. */
const held = (column: string, now: RawBuilder<unknown>) =>
  sql`IF(v.party_id IS NULL, ${now}, ${sql.ref(`v.${column}`)}) AS ${sql.ref(column)}`;

/**
 * Stores how documents name a company or service from a day on, after its row and the audit row of the change were written.
 * @throws Problem `invalid-request` if it has changed for a later day already.
 */
export async function recordPartyVersion(
  tx: InTransaction<Deps>,
  { kind, id }: PartyKey,
  validFrom: string,
): Promise<void> {
  const ofCompany =
    kind === 'company'
      ? sql`t.address, t.registration_number, t.registered_from, t.registered_to`
      : sql`NULL, NULL, NULL, NULL`;
  await sql`
    INSERT INTO party_version (kind, party_id, valid_from, record_version, record_digest, name, name_en, address,
      registration_number, registered_from, registered_to, created_at)
    SELECT ${kind}, t.id, ${validFrom}, COALESCE(${recordVersionSql(kind, 't')}, 0), ${recordDigestSql(kind, 't')},
      t.name, t.name_en, ${ofCompany}, ${tx.clock.now()}
    FROM ${sql.table(kind)} t WHERE t.id = ${id}`.execute(sqlOf(tx.em));
}

/** The day since which a company or service is as it is now. */
export async function findLatestChange(tx: InTransaction<Deps>, { kind, id }: PartyKey): Promise<string> {
  const row = await sqlOf(tx.em)
    .selectFrom('party_version')
    .select(({ fn }) => fn.max('validFrom').as('validFrom'))
    .where('kind', '=', kind)
    .where('partyId', '=', id)
    .executeTakeFirst();
  return row?.validFrom ?? FIRST_DAY;
}

/** @throws Problem `invalid-request` for a day before the last change: documents of the days since were issued by that one. */
export async function assertFollows(
  tx: InTransaction<Deps>,
  party: PartyKey,
  validFrom: string,
): Promise<void> {
  const latest = await findLatestChange(tx, party);
  if (validFrom >= latest) return;
  const message = `must not be before ${latest}, from which the change before it holds`;
  throw invalidInput([{ pointer: '/validFrom', message }]);
}
