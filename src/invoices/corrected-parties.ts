import { sql, type RawBuilder } from 'kysely';

/** A company or service as a corrected invoice names it; without the keys that it has no value for. */
export interface CorrectedParty {
  readonly kind: 'company' | 'service';
  readonly partyId: number;
  readonly name: string;
  readonly registrationNumber?: string;
  readonly registeredFrom?: string;
  /** The first date after the registration. */
  readonly registeredTo?: string;
}

/** The tax of one rate; amounts in minor units, as text. */
export interface CorrectedTax {
  readonly part: 'registered' | 'unregistered';
  readonly taxCode: 'standard' | 'reduced';
  readonly taxRateBps: number;
  readonly totalMinor: string;
  readonly taxMinor: string;
}

/** What a corrected invoice says in place of what was stored when its period closed. */
export interface InvoiceCorrectionContent {
  readonly holder: string;
  /** Those of its items, by kind and id. */
  readonly parties: readonly CorrectedParty[];
  /** Follows from items and registrations. */
  readonly taxes: readonly CorrectedTax[];
  /** The addresses on the document, so that it is the same whenever it is filed again; none in corrections of earlier releases. */
  readonly addresses?: CorrectedAddresses;
}

/** Where the document was sent to, and how it says that the carrier is reached. */
export interface CorrectedAddresses {
  readonly recipient: { readonly postalCode: string; readonly address: string };
  readonly issuer: { readonly address: string; readonly contact: string; readonly contactEn: string };
}

interface InvoiceParties {
  readonly billingPeriod: string;
  readonly closingGroup: number;
  /** Of a corrected invoice; otherwise those stored with the period. */
  readonly parties?: readonly CorrectedParty[] | undefined;
}

/** The parties named on an invoice, as a table with the columns of `closed_period_party`. */
export function partiesOfInvoice({
  billingPeriod,
  closingGroup,
  parties,
}: InvoiceParties): RawBuilder<unknown> {
  if (!parties) return sql`closed_period_party`;
  return sql`(SELECT ${billingPeriod} AS billing_period, ${closingGroup} AS closing_group, t.* FROM JSON_TABLE(${JSON.stringify(parties)}, '$[*]'
    COLUMNS (kind VARCHAR(8) PATH '$.kind', party_id INT UNSIGNED PATH '$.partyId', name VARCHAR(240) PATH '$.name',
      registration_number CHAR(14) PATH '$.registrationNumber', registered_from DATE PATH '$.registeredFrom',
      registered_to DATE PATH '$.registeredTo')) AS t)`;
}
