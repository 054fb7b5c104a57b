import { getPayoutRun } from '../../../payouts/payout-run.queries.ts';
import { getInvoiceRecord } from '../../../records/invoice-record.ts';
import { openPayoutFile } from '../../../records/open-payout-file.ts';
import { getStatementRecord, openStatement } from '../../../records/open-statement.ts';
import { renderLineInvoice } from '../../../invoices/render-line-invoice.ts';
import { Problem } from '../../../shared/problem.ts';
import { exportFeeInvoice } from '../../../statements/export-fee-invoice.ts';
import { feeInvoiceKinds } from '../../../statements/fee-invoices.rules.ts';
import { defineDownload } from '../../kit/define-download.ts';
import { definePage } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import { invoiceView, payoutFileView, statementView, type DocumentView } from './document.view.rules.ts';
import { invoiceHref, statementHref } from './documents.view.rules.ts';

type Params = Readonly<Record<string, string>>;

/** @throws Problem `not-found` for a revision that is no number */
function revisionOf({ revision = '' }: Params): number {
  if (!/^[1-9]\d?$/.test(revision)) throw new Problem('not-found');
  return Number(revision);
}

const statementOf = (params: Params) => {
  const { company: companyCode = '', period = '' } = params;
  return { companyCode, period, revision: revisionOf(params) };
};

const document = template<DocumentView>('billing/document');

export const statementPage = definePage({
  name: 'billing.statement-record',
  path: '/billing/records/statements/:company/:period/:revision',
  permission: 'settlements:read',
  load: async (deps, { actor, params }) => {
    const key = statementOf(params);
    const { period: billingPeriod, ...rest } = key;
    return {
      ...(await getStatementRecord(deps, actor, key)),
      href: statementHref({ ...rest, billingPeriod }),
    };
  },
  view: statementView,
  template: document,
});

export const statementPdf = defineDownload({
  name: 'billing.statement-pdf',
  path: '/billing/records/statements/:company/:period/:revision/pdf',
  permission: 'settlements:read',
  load: (deps, { actor, params }) => openStatement(deps, actor, statementOf(params)),
});

export const feeInvoiceXml = defineDownload({
  name: 'billing.e-invoice',
  path: '/billing/records/statements/:company/:period/:revision/e-invoice',
  permission: 'settlements:read',
  query: {
    type: 'object',
    properties: { of: { enum: feeInvoiceKinds } },
    required: [],
    additionalProperties: false,
  },
  load: async (deps, { actor, params, query: { of } }) => {
    const { name, xml } = await exportFeeInvoice(deps, actor, { ...statementOf(params), of });
    return { filename: name, type: 'application/xml; charset=utf-8', body: Buffer.from(xml, 'utf8') };
  },
});

export const invoicePage = definePage({
  name: 'billing.invoice-record',
  path: '/billing/records/invoices/:number/:revision',
  permission: 'buyers:read',
  load: async (deps, { actor, params, visit: { language } }) => {
    const key = { number: params['number'] ?? '', revision: revisionOf(params) };
    return {
      invoice: await getInvoiceRecord(deps, actor, { ...key, language }),
      href: invoiceHref({ firstNumber: key.number, revision: key.revision }),
    };
  },
  view: invoiceView,
  template: document,
});

/** In the language of invoices: what holders were sent. */
export const invoicePdf = defineDownload({
  name: 'billing.invoice-pdf',
  path: '/billing/records/invoices/:number/:revision/pdf',
  permission: 'buyers:read',
  load: (deps, { actor, params }) =>
    renderLineInvoice(deps, actor, {
      number: params['number'] ?? '',
      revision: revisionOf(params),
      language: 'ja',
    }),
});

export const payoutFilePage = definePage({
  name: 'billing.payout-file-record',
  path: '/billing/records/payout-files/:number',
  permission: 'payouts:read',
  load: (deps, { actor, params }) => getPayoutRun(deps, actor, params['number'] ?? ''),
  view: payoutFileView,
  template: document,
});

export const payoutFile = defineDownload({
  name: 'billing.sent-payout-file',
  path: '/billing/records/payout-files/:number/file',
  permission: 'payouts:read',
  load: (deps, { actor, params }) => openPayoutFile(deps, actor, { number: params['number'] ?? '' }),
});
