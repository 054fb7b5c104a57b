import { exportOwnFeeInvoice, readOwnStatement } from '../../../statements/own-statements.ts';
import { feeInvoiceKinds } from '../../../statements/fee-invoices.rules.ts';
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

/** A statement as it was issued, or one of its corrections. */
export const statementDownload = defineDownload({
  name: 'company.statement',
  path: '/company/settlements/:number/statement.pdf',
  permission: 'settlement-figures:read',
  query,
  load: async (deps, { actor, params: { number = '' }, query: { revision } }) => {
    const { name, body } = await readOwnStatement(deps, actor, { number, revision });
    return { filename: name, type: 'application/pdf', body };
  },
});

/** The carrier's invoice for its fee, or for the set-up fee, as JP PINT. */
export const feeInvoiceDownload = defineDownload({
  name: 'company.fee-invoice',
  path: '/company/settlements/:number/fee-invoice.xml',
  permission: 'settlement-figures:read',
  query: invoiceQuery,
  load: async (deps, { actor, params: { number = '' }, query: which }) => {
    const { name, xml } = await exportOwnFeeInvoice(deps, actor, { number, ...which });
    return { filename: name, type: 'application/xml; charset=utf-8', body: Buffer.from(xml) };
  },
});
