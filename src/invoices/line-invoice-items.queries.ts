import { sql, type RawBuilder } from 'kysely';
import { invoiceParts, type InvoiceItem, type InvoicePart } from '../../templates/invoice/invoice.types.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { partiesOfInvoice, type CorrectedParty } from './corrected-parties.ts';
import type { FoundInvoice } from './line-invoice.queries.ts';
import { isCompanyOfItem } from './keep-parties.ts';
import { supplierStatus } from './supplier-status.ts';

const ITEMS_PER_PAGE = 500;

export interface InvoiceOfItems extends Pick<
  FoundInvoice,
  'billingPeriod' | 'closingGroup' | 'lineId' | 'holderFrom'
> {
  /** Of a corrected invoice: who is named in place of the parties stored with the period. */
  readonly correction?: { readonly parties?: readonly CorrectedParty[] } | undefined;
}

export interface ItemScope {
  /** The carrier's registration number as named on the invoice: a company with the same one is the carrier itself. */
  readonly issuerNumber: string;
  /** Only what this person bought. */
  readonly subscriberId?: number | undefined;
  /** How many items are read at a time. */
  readonly pageSize?: number;
}

/** An item with who sold and who bought it. */
export interface ListedItem extends InvoiceItem {
  /** Of a refund, the charge that it gives back. */
  readonly chargeId: string;
  /** Empty for a charge. */
  readonly refundId: string;
  readonly registrationNumber: string | null;
  /** Name of the issued ID; null for purchases of before IDs were recorded. */
  readonly boughtBy: string | null;
}

/** As the driver returns it: amounts as numbers, beyond 2^53 as text. */
interface ItemRow extends Omit<ListedItem, 'amountMinor'> {
  readonly amountMinor: number | string;
}

/**
 * The items of a closed invoice in the order in which they are printed: by part, date, charge and refund: a charge may be
 * given back in several refunds of one day. Read a page at a time; each part is sorted within its invoice, whose items the
 * primary key finds.
 */
export async function* streamInvoiceItems(
  deps: Deps,
  invoice: InvoiceOfItems,
  scope: ItemScope,
): AsyncGenerator<ListedItem> {
  for (const part of invoiceParts) {
    let last: ItemRow | undefined;
    do {
      const { rows } = await findItems(invoice, { ...scope, part, after: last }).execute(
        emOf(deps).getKysely(),
      );
      for (const row of rows) yield { ...row, amountMinor: BigInt(row.amountMinor) };
      last = rows.length === (scope.pageSize ?? ITEMS_PER_PAGE) ? rows.at(-1) : undefined;
    } while (last);
  }
}

interface ItemPage extends ItemScope {
  readonly part: InvoicePart;
  readonly after?: ItemRow | undefined;
}

/** A page of a part. Items first, because the planner would start from the few companies. */
export function findItems(
  invoice: InvoiceOfItems,
  { issuerNumber, subscriberId, pageSize = ITEMS_PER_PAGE, part, after }: ItemPage,
): RawBuilder<ItemRow> {
  const partOfItem = partSql(issuerNumber);
  const parties = partiesOf(invoice);
  return sql<ItemRow>`
    SELECT i.charge_id AS chargeId, i.refund_id AS refundId, i.business_date AS suppliedOn, ${partOfItem} AS part, i.description,
      i.amount_minor AS amountMinor, i.tax_code AS taxCode, i.tax_rate_bps AS taxRateBps, co.name AS company, i.supplied_on AS originalSuppliedOn,
      i.charge_period AS originalPeriod,
      co.registration_number AS registrationNumber, sv.name AS service, p.display_name AS boughtBy
    FROM invoice_item i
    STRAIGHT_JOIN ${parties} co ON ${isCompanyOfItem}
    STRAIGHT_JOIN ${parties} sv ON sv.billing_period = i.billing_period
      AND sv.closing_group = i.closing_group AND sv.kind = 'service' AND sv.party_id = i.service_id
    STRAIGHT_JOIN charge c ON c.id = i.charge_id
    LEFT JOIN subscriber p ON p.id = c.subscriber_id
    WHERE ${isOfInvoice(invoice)} AND ${partOfItem} = ${part}
      ${subscriberId === undefined ? sql`` : sql`AND c.subscriber_id = ${subscriberId}`}
      ${after ? isAfter(after) : sql``}
    ORDER BY i.business_date, i.charge_id, i.refund_id LIMIT ${pageSize}`;
}

const isAfter = ({ suppliedOn, chargeId, refundId }: ItemRow) => sql`
  AND (i.business_date, i.charge_id, i.refund_id) > (${suppliedOn}, ${chargeId}, ${refundId})`;

/** How many items of an invoice count in each of its rates, what they come to, and whether some came late. */
export async function countItems(deps: Deps, invoice: InvoiceOfItems) {
  const { rows } = await sql<{
    part: 'registered' | 'unregistered';
    taxCode: 'standard' | 'reduced';
    taxRateBps: number;
    total: number | string;
    items: number | string;
    late: number;
  }>`
    SELECT ${supplierStatus} AS part, i.tax_code AS taxCode, i.tax_rate_bps AS taxRateBps, COUNT(*) AS items,
      SUM(i.amount_minor) AS total, MAX(i.late) AS late
    FROM invoice_item i STRAIGHT_JOIN ${partiesOf(invoice)} co ON ${isCompanyOfItem}
    WHERE ${isOfInvoice(invoice)} GROUP BY part, i.tax_code, i.tax_rate_bps`.execute(emOf(deps).getKysely());
  return rows.map(({ total, ...row }) => ({
    ...row,
    totalMinor: BigInt(total),
    items: Number(row.items),
    late: Boolean(row.late),
  }));
}

const partiesOf = ({ correction, ...invoice }: InvoiceOfItems) =>
  partiesOfInvoice({ ...invoice, parties: correction?.parties });

const isOfInvoice = ({ billingPeriod, closingGroup, lineId, holderFrom }: InvoiceOfItems) => sql`
  i.billing_period = ${billingPeriod} AND i.closing_group = ${closingGroup} AND i.line_id = ${lineId}
  AND i.holder_from = ${holderFrom}`;

/** The part of an item: the carrier may sell under its own registration too. */
const partSql = (issuerNumber: string) => sql`
  CASE WHEN ${supplierStatus} = 'unregistered' THEN 'unregistered'
    WHEN co.registration_number = ${issuerNumber} THEN 'own' ELSE 'registered' END`;
