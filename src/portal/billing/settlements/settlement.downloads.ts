import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { getSettlement } from '../../../settlements/settlement.queries.ts';
import { drawDraftStatement } from '../../../statements/draw-draft-statement.ts';
import { exportFeeInvoice } from '../../../statements/export-fee-invoice.ts';
import { feeInvoiceKinds } from '../../../statements/fee-invoices.rules.ts';
import { readStatement } from '../../../statements/read-statement.ts';
import { defineDownload } from '../../kit/define-download.ts';

const query = {
  type: 'object',
  properties: { revision: { type: 'integer', minimum: 1, maximum: 99 } },
  required: [],
  additionalProperties: false,
} as const;

const invoiceQuery = {
  ...query,
  properties: { ...query.properties, of: { enum: feeInvoiceKinds } },
} as const;

const kept = new Set(['approved', 'paid']);

/** The statement: of a draft as it would be, marked so on every page; else the issued file or one of its corrections. */
export const statementDownload = defineDownload({
  name: 'billing.statement',
  path: '/billing/settlements/:number/statement.pdf',
  permission: 'settlements:read',
  query,
  load: async (deps, { actor, params, query: { revision } }) => {
    const settlement = await getSettlement(deps, actor, params['number'] ?? '');
    const subject = { companyCode: settlement.company, period: settlement.billingPeriod };
    if (kept.has(settlement.state)) {
      const { name, body } = await readStatement(deps, actor, { ...subject, revision });
      return { filename: name, type: 'application/pdf', body };
    }
    const { path } = await drawDraftStatement(deps, actor, subject);
    return { filename: `draft-${basename(path)}`, type: 'application/pdf', body: createReadStream(path) };
  },
});

/** The carrier's invoice for the fee, or for the set-up fee, as JP PINT. */
export const feeInvoiceDownload = defineDownload({
  name: 'billing.fee-invoice',
  path: '/billing/settlements/:number/fee-invoice.xml',
  permission: 'settlements:read',
  query: invoiceQuery,
  load: async (deps, { actor, params, query: which }) => {
    const { company: companyCode, billingPeriod: period } = await getSettlement(
      deps,
      actor,
      params['number'] ?? '',
    );
    const { name, xml } = await exportFeeInvoice(deps, actor, { companyCode, period, ...which });
    return { filename: name, type: 'application/xml; charset=utf-8', body: Buffer.from(xml) };
  },
});
