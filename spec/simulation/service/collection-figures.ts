import { sql } from 'kysely';
import type { Figures } from '../shadow/figures.ts';
import { rows, type Minor } from './rows.ts';
import type { Service } from './service.ts';

/** How far invoices are collected, what that costs whom, and what becomes of refunds by bank. */
export async function addCollection(figures: Figures, service: Service): Promise<void> {
  const { names } = service;
  const standings = await rows<{ number: string; state: string; collected: Minor; uncollected: Minor }>(
    service,
    sql`SELECT invoice_number AS number, state, collected_minor AS collected, uncollected_minor AS uncollected
      FROM invoice_collection WHERE state <> 'billed'`,
  );
  for (const { number, state, collected, uncollected } of standings)
    figures.set(`collection ${number}`, `${state} ${Number(collected)}, not ${Number(uncollected)}`);
  const shares = await rows<{ number: string; company_id: number; lost: Minor }>(
    service,
    sql`SELECT invoice_number AS number, company_id, lost_minor - recovered_minor AS lost FROM company_collection`,
  );
  for (const { number, company_id, lost } of shares)
    if (Number(lost) !== 0)
      figures.set(`cost ${number} ${names.companies.nameOf(company_id)}`, `${Number(lost)}`);
  const clawbacks = await rows<{ charge_id: string; net: Minor }>(
    service,
    sql`SELECT charge_id, SUM(IF(kind = 'clawback', amount_minor, -amount_minor)) AS net FROM clawback GROUP BY charge_id`,
  );
  for (const { charge_id, net } of clawbacks)
    if (Number(net) !== 0) figures.set(`clawback ${names.charges.nameOf(charge_id)}`, `${Number(net)}`);
  const refunds = await rows<{ refund_id: string; state: string; payable: Minor }>(
    service,
    sql`SELECT refund_id, state, payable_minor AS payable FROM bank_refund`,
  );
  for (const { refund_id, state, payable } of refunds)
    figures.set(`bank-refund ${names.refunds.nameOf(refund_id)}`, `${state} ${Number(payable)}`);
}
