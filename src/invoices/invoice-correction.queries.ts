import { sql } from 'kysely';
import { partiesOn } from '../companies/party-versions.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { CorrectedParty } from './corrected-parties.ts';
import type { InvoiceOfItems } from './line-invoice-items.queries.ts';

/** The corrections of an invoice by its first number, oldest first. */
export function listCorrections(deps: Deps, invoiceNumber: string) {
  return sqlOf(emOf(deps))
    .selectFrom('invoice_correction')
    .select(['number', 'revision', 'correctedOn', 'content'])
    .where('invoiceNumber', '=', invoiceNumber)
    .orderBy('revision')
    .execute();
}

/** The first number of an invoice that is named by any of its numbers. */
export async function findFirstNumber(deps: Deps, number: string): Promise<string> {
  const row = await sqlOf(emOf(deps))
    .selectFrom('invoice_correction')
    .select('invoiceNumber')
    .where('number', '=', number)
    .executeTakeFirst();
  return row?.invoiceNumber ?? number;
}

interface PartyRow {
  readonly kind: 'company' | 'service';
  readonly partyId: number;
  readonly name: string;
  readonly registrationNumber: string | null;
  readonly registeredFrom: string | null;
  readonly registeredTo: string | null;
}

/** The companies and services of an invoice's items as they were stored when its period closed. */
export async function listKeptParties(deps: Deps, invoice: InvoiceOfItems): Promise<CorrectedParty[]> {
  const { rows } = await sql<PartyRow>`
    SELECT v.kind, v.party_id AS partyId, v.name, v.registration_number AS registrationNumber, v.registered_from AS registeredFrom,
      v.registered_to AS registeredTo
    FROM closed_period_party v WHERE v.billing_period = ${invoice.billingPeriod} AND v.closing_group = ${invoice.closingGroup}
      AND ((v.kind = 'company' AND v.party_id IN (${idsOn(invoice, 'company_id')}))
        OR (v.kind = 'service' AND v.party_id IN (${idsOn(invoice, 'service_id')})))
    ORDER BY v.kind, v.party_id`.execute(sqlOf(emOf(deps)));
  return rows.map(partyOf);
}

/** The same as they are known now to have been on a date. */
export async function listPartiesNow(
  deps: Deps,
  invoice: InvoiceOfItems,
  date: string,
): Promise<CorrectedParty[]> {
  const parties: CorrectedParty[] = [];
  for (const [kind, column] of [
    ['company', 'company_id'],
    ['service', 'service_id'],
  ] as const) {
    const { rows } = await sql<Omit<PartyRow, 'kind'>>`
      SELECT v.party_id AS partyId, v.name, v.registration_number AS registrationNumber, v.registered_from AS registeredFrom,
        v.registered_to AS registeredTo
      FROM ${partiesOn(kind, date)} v WHERE v.party_id IN (${idsOn(invoice, column)}) ORDER BY v.party_id`.execute(
      sqlOf(emOf(deps)),
    );
    parties.push(...rows.map((row) => partyOf({ ...row, kind })));
  }
  return parties;
}

const idsOn = (invoice: InvoiceOfItems, column: 'company_id' | 'service_id') => sql`
  SELECT i.${sql.ref(column)} FROM invoice_item i WHERE i.billing_period = ${invoice.billingPeriod}
    AND i.closing_group = ${invoice.closingGroup} AND i.line_id = ${invoice.lineId} AND i.holder_from = ${invoice.holderFrom}`;

function partyOf(row: PartyRow): CorrectedParty {
  const { kind, partyId, name, registrationNumber, registeredFrom, registeredTo } = row;
  return {
    kind,
    partyId,
    name,
    ...(registrationNumber !== null && { registrationNumber }),
    ...(registeredFrom !== null && { registeredFrom }),
    ...(registeredTo !== null && { registeredTo }),
  };
}
