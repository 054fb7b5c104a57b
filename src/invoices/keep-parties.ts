import { sql } from 'kysely';
import { partiesOn } from '../companies/party-versions.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { PeriodKey } from '../billing-periods/ensure-billing-period.ts';

/**
 * Stores who is named on the invoices of a closing period, before the first of them is numbered: the carrier, and all
 * companies and services with their names and registrations as of the closing date, however late the close runs. A close that
 * is run again uses what it stored first.
 */
export async function keepParties(
  tx: InTransaction<Deps>,
  { period, closingGroup }: PeriodKey,
): Promise<void> {
  const query = sqlOf(tx.em);
  const isKept = await query
    .selectFrom('closed_period_party')
    .select('partyId')
    .where('billingPeriod', '=', period)
    .where('closingGroup', '=', closingGroup)
    .where('kind', '=', 'issuer')
    .executeTakeFirst();
  if (isKept) return;
  const { name, registrationNumber } = tx.config.carrier;
  const closesOn = sql<string>`(SELECT p.closes_on FROM billing_period p WHERE p.period = ${period} AND p.closing_group = ${closingGroup})`;
  await sql`
    INSERT INTO closed_period_party (billing_period, closing_group, kind, party_id, name, registration_number,
      registered_from, registered_to, record_version, record_digest)
    SELECT ${period}, ${closingGroup}, 'issuer', 0, ${name}, ${registrationNumber}, NULL, NULL, NULL, NULL
    UNION ALL
    SELECT ${period}, ${closingGroup}, 'company', v.party_id, v.name, v.registration_number, v.registered_from, v.registered_to,
      v.record_version, v.record_digest FROM ${partiesOn('company', closesOn)} v
    UNION ALL
    SELECT ${period}, ${closingGroup}, 'service', v.party_id, v.name, NULL, NULL, NULL,
      v.record_version, v.record_digest FROM ${partiesOn('service', closesOn)} v`.execute(query);
}

/** Who is named on the invoices of a period, as of its close. */
export async function listParties(deps: Deps, { period, closingGroup }: PeriodKey) {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('closed_period_party')
    .select(['kind', 'partyId', 'name', 'registrationNumber'])
    .where('billingPeriod', '=', period)
    .where('closingGroup', '=', closingGroup)
    .execute();
  const of = (kind: (typeof rows)[number]['kind']) => rows.filter((row) => row.kind === kind);
  return {
    /** None for a period closed by an older release: the carrier as configured now. */
    issuer: of('issuer')[0],
    companies: new Map(
      of('company').map(({ partyId, name, registrationNumber }) => [partyId, { name, registrationNumber }]),
    ),
    services: new Map(of('service').map(({ partyId, name }) => [partyId, name])),
  };
}

/** Names of companies and services, by id. */
export type Sellers = Pick<Awaited<ReturnType<typeof listParties>>, 'companies' | 'services'>;

/** Joins an item `i` to its company as named on the invoice, `closed_period_party co`. */
export const isCompanyOfItem = sql`co.billing_period = i.billing_period AND co.closing_group = i.closing_group
  AND co.kind = 'company' AND co.party_id = i.company_id`;
