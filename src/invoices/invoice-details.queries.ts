import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { PeriodKey } from './ensure-billing-period.ts';
import { supplierPart } from './supplier-part.ts';

/** The numbered invoices of a period that follow a line, in the order of their numbers. */
export function listInvoices(deps: Deps, { key, afterLine, limit }: InvoicePage) {
  return sqlOf(emOf(deps))
    .selectFrom('line_invoice')
    .select(['lineId', 'number', 'itemCount', 'totalMinor'])
    .where('billingPeriod', '=', key.period)
    .where('closingGroup', '=', key.closingGroup)
    .where('lineId', '>', afterLine)
    .orderBy('lineId')
    .limit(limit)
    .execute();
}

interface InvoicePage {
  readonly key: PeriodKey;
  readonly afterLine: string;
  readonly limit: number;
}

/** Lines of a period from the first to the last, both inclusive. */
interface LineRange {
  readonly key: PeriodKey;
  readonly firstLine: string;
  readonly lastLine: string;
}

/** Items in the order in which an invoice shows them: by holder, by date, by charge. */
export function listItems(deps: Deps, { key, firstLine, lastLine }: LineRange) {
  return sqlOf(emOf(deps))
    .selectFrom('invoice_item as i')
    .innerJoin('company as co', 'co.id', 'i.companyId')
    .innerJoin('service as s', 's.id', 'i.serviceId')
    .leftJoin('line_holder as h', (join) =>
      join.onRef('h.lineId', '=', 'i.lineId').onRef('h.validFrom', '=', 'i.holderFrom'),
    )
    .select([
      'i.lineId',
      'i.chargeId',
      'i.businessDate',
      'i.description',
      'i.amountMinor',
      'i.taxCode',
      'i.taxRateBps',
      'i.late',
      'h.holder',
      'co.name as company',
      'co.registrationNumber',
      's.name as service',
      supplierPart.as('part'),
    ])
    .where('i.billingPeriod', '=', key.period)
    .where('i.closingGroup', '=', key.closingGroup)
    .where('i.lineId', '>=', firstLine)
    .where('i.lineId', '<=', lastLine)
    .orderBy('i.lineId')
    .orderBy('i.holderFrom')
    .orderBy('i.businessDate')
    .orderBy('i.chargeId')
    .execute();
}

/** Totals and tax per part and rate. */
export function listTaxes(deps: Deps, { key, firstLine, lastLine }: LineRange) {
  return sqlOf(emOf(deps))
    .selectFrom('line_invoice_tax')
    .select(['lineId', 'part', 'taxCode', 'taxRateBps', 'totalMinor', 'taxMinor'])
    .where('billingPeriod', '=', key.period)
    .where('closingGroup', '=', key.closingGroup)
    .where('lineId', '>=', firstLine)
    .where('lineId', '<=', lastLine)
    .orderBy('lineId')
    .orderBy('part')
    .orderBy('taxCode', 'desc')
    .orderBy('taxRateBps', 'desc')
    .execute();
}

export type InvoiceRow = Awaited<ReturnType<typeof listInvoices>>[number];
export type ItemRow = Awaited<ReturnType<typeof listItems>>[number];
export type TaxRow = Awaited<ReturnType<typeof listTaxes>>[number];
