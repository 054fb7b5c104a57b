import { sql } from 'kysely';
import { sqlOf } from '../../../src/database/sql.ts';
import type { Figures, Scope } from '../shadow/figures.ts';
import { rows, type Minor } from './rows.ts';
import type { Service } from './service.ts';

interface ItemRow {
  charge_id: string;
  refund_id: string;
  period: string;
  grp: number;
  line_id: string;
  holder_from: string;
  company_id: number;
  service_id: number;
  kind: string;
  amount: Minor;
  tax_code: string;
  bps: number;
  business_date: string;
  late: number;
}

/** Invoices with their items, tax and periods. */
export async function addInvoices(figures: Figures, service: Service, { sincePeriod }: Scope): Promise<void> {
  const { names } = service;
  const items = await rows<ItemRow>(
    service,
    sql`SELECT charge_id, refund_id, billing_period AS period, closing_group AS grp, line_id, holder_from, company_id, service_id,
      kind, amount_minor AS amount, tax_code, tax_rate_bps AS bps, business_date, late
      FROM invoice_item WHERE billing_period >= ${sincePeriod}`,
  );
  for (const item of items) {
    const where = `${item.period}/${item.grp} ${item.line_id} held since ${item.holder_from}`;
    const what = `${names.services.nameOf(item.service_id)} ${item.kind} ${Number(item.amount)} ${item.tax_code}`;
    const when = `${item.bps / 100}% ${item.business_date}${item.late ? ' late' : ''}`;
    const name =
      item.refund_id === '' ? names.charges.nameOf(item.charge_id) : names.refunds.nameOf(item.refund_id);
    figures.set(`item ${name}`, `${where}: ${what} ${when}`);
  }
  const invoices = await rows<{
    period: string;
    grp: number;
    line_id: string;
    holder_from: string;
    number: string | null;
    items: number;
    total: Minor;
  }>(
    service,
    sql`SELECT billing_period AS period, closing_group AS grp, line_id, holder_from, number, item_count AS items, total_minor AS total
      FROM line_invoice WHERE billing_period >= ${sincePeriod}`,
  );
  for (const { period, grp, line_id, holder_from, number, items: count, total } of invoices)
    figures.set(
      `invoice ${period}/${grp} ${line_id} ${holder_from}`,
      `${number ?? 'open'}: ${count} items, ${Number(total)}`,
    );
  await addTaxes(figures, service, sincePeriod);
  await addPeriods(figures, service, sincePeriod);
}

async function addTaxes(figures: Figures, service: Service, since: string): Promise<void> {
  const taxes = await rows<{
    period: string;
    grp: number;
    line_id: string;
    holder_from: string;
    part: string;
    code: string;
    bps: number;
    total: Minor;
    tax: Minor;
  }>(
    service,
    sql`SELECT billing_period AS period, closing_group AS grp, line_id, holder_from, part, tax_code AS code, tax_rate_bps AS bps,
      total_minor AS total, tax_minor AS tax FROM line_invoice_tax WHERE billing_period >= ${since}`,
  );
  for (const { period, grp, line_id, holder_from, part, code, bps, total, tax } of taxes) {
    const key = `tax ${period}/${grp} ${line_id} ${holder_from} ${part} ${code} ${bps / 100}%`;
    figures.set(key, `${Number(total)}, ${Number(tax)} in it`);
  }
}

async function addPeriods(figures: Figures, service: Service, since: string): Promise<void> {
  const periods = await sqlOf(service.deps.orm.em.fork())
    .selectFrom('billing_period')
    .selectAll()
    .where('period', '>=', since)
    .execute();
  for (const one of periods) {
    const dates = `closes ${one.closesOn}, issued ${one.issueOn}, due ${one.dueOn}`;
    const proof = `${one.invoiceCount} invoices, ${one.itemCount} items, ${one.totalMinor}`;
    figures.set(
      `period ${one.period}/${one.closingGroup}`,
      `${dates}: ${one.state === 'closed' ? proof : one.state}`,
    );
  }
}
