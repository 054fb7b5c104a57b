import type { Owned } from '../access/owned-by.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import type { FigureRow } from './figure-node.types.ts';

/**
 * A numbered line invoice with the close of its period. Invoices have the purchases of several companies: only the carrier's
 * people find them. @throws Problem `invoice-not-found`
 */
export async function getExplainedInvoice(deps: Deps, { rows: { companyId } }: Owned, number: string) {
  const row =
    companyId === undefined
      ? await sqlOf(emOf(deps))
          .selectFrom('line_invoice as l')
          .innerJoin('billing_period as p', (join) =>
            join.onRef('p.period', '=', 'l.billingPeriod').onRef('p.closingGroup', '=', 'l.closingGroup'),
          )
          .selectAll('l')
          .select('p.closedAt')
          .where('l.number', '=', number)
          .executeTakeFirst()
      : undefined;
  if (!row) throw new Problem('invoice-not-found', { detail: `There is no invoice ${number}.` });
  return { ...row, number };
}

export type ExplainedInvoice = Awaited<ReturnType<typeof getExplainedInvoice>>;

/** The net of each company on an invoice. */
export async function listSuppliers(deps: Deps, invoice: ExplainedInvoice) {
  const rows = await itemsOf(deps, invoice)
    .innerJoin('company as c', 'c.id', 'i.companyId')
    .select(({ fn }) => ['i.companyId', 'c.code', 'c.name', 'c.nameEn', fn.sum('i.amountMinor').as('total')])
    .groupBy(['i.companyId', 'c.code', 'c.name', 'c.nameEn'])
    .orderBy('i.companyId')
    .execute();
  return rows.map(({ total, ...row }) => ({ ...row, totalMinor: BigInt(total) }));
}

/** The items of one company on an invoice. A line has few: its spending is limited. */
export async function listInvoiceRows(
  deps: Deps,
  invoice: ExplainedInvoice,
  companyId: number,
): Promise<readonly FigureRow[]> {
  const rows = await itemsOf(deps, invoice)
    .selectAll('i')
    .where('i.companyId', '=', companyId)
    .orderBy('i.chargeId')
    .orderBy('i.refundId')
    .execute();
  return rows.map(({ chargeId, refundId, businessDate, description, amountMinor, lineId, chargePeriod }) => ({
    kind: refundId === '' ? 'charge' : 'refund',
    id: refundId === '' ? chargeId : refundId,
    address: { of: 'charge', id: chargeId, figure: 'captured' },
    businessDate,
    description,
    reference: null,
    amountMinor,
    originalPeriod: chargePeriod ?? undefined,
    lineId,
  }));
}

/** The totals and tax of an invoice per supplier status and rate, as they are printed. */
export async function listInvoiceRates(deps: Deps, invoice: ExplainedInvoice) {
  const { billingPeriod, closingGroup, lineId, holderFrom } = invoice;
  const rows = await sqlOf(emOf(deps))
    .selectFrom('line_invoice_tax')
    .select(['part', 'taxCode', 'taxRateBps', 'totalMinor', 'taxMinor'])
    .where('billingPeriod', '=', billingPeriod)
    .where('closingGroup', '=', closingGroup)
    .where('lineId', '=', lineId)
    .where('holderFrom', '=', holderFrom)
    .execute();
  return rows.map(({ part: supplierStatus, ...row }) => ({ supplierStatus, ...row }));
}

const itemsOf = (deps: Deps, { billingPeriod, closingGroup, lineId, holderFrom }: ExplainedInvoice) =>
  sqlOf(emOf(deps))
    .selectFrom('invoice_item as i')
    .where('i.billingPeriod', '=', billingPeriod)
    .where('i.closingGroup', '=', closingGroup)
    .where('i.lineId', '=', lineId)
    .where('i.holderFrom', '=', holderFrom);
