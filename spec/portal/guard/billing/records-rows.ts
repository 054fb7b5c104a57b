import { billingOpeners, type BillingRows } from './billing-rows.ts';
import { readMatrix } from '../read-matrix.ts';

/** Who opens and posts what of books and records. No statement is issued in this world, and no seal is taken. A document
 * with a holder's name opens to who reads names without asking; the others have not asked. */
export const recordsRows: BillingRows = {
  opened: readMatrix(
    billingOpeners,
    `
#                                                           nobody  agent lead billing approver administrator auditor  other site
billing.records               /billing/records                                 303  403 200 200 200 403 200  303
billing.records               /billing/records?from=2026-01-01&min=1&party=aoba 303  403 200 200 200 403 200  303
billing.invoice-records       /billing/records/invoices                        303  200 200 200 200 403 200  303
billing.invoice-records       /billing/records/invoices?min=1&party=nobody     303  200 200 200 200 403 200  303
billing.invoice-records       /billing/records/invoices?party=%E6%9D%B1%E8%A5%BF%20%E8%8A%B1%E5%AD%90 303  200 200 200 200 403 200  303
billing.payout-file-records   /billing/records/payout-files                    303  403 403 200 200 403 200  303
billing.statement-record      /billing/records/statements/aoba/2026-01/1       303  403 409 409 409 403 409  303
billing.statement-pdf         /billing/records/statements/aoba/2026-01/1/pdf   303  403 409 409 409 403 409  303
billing.e-invoice             /billing/records/statements/aoba/2026-01/1/e-invoice 303  403 409 409 409 403 409  303
billing.invoice-record        /billing/records/invoices/no-number/1            303  404 404 404 404 403 404  303
billing.invoice-pdf           /billing/records/invoices/no-number/1/pdf        303  404 404 404 404 403 404  303
billing.invoice-record        /billing/records/invoices/{invoice}/1            303  200 200 200 200 403 200  303
billing.invoice-pdf           /billing/records/invoices/{invoice}/1/pdf        303  403 403 200 200 403 403  303
billing.payout-file-record    /billing/records/payout-files/{payout-run}       303  403 403 200 200 403 200  303
billing.sent-payout-file           /billing/records/payout-files/{payout-run}/file  303  403 403 200 200 403 200  303
billing.journal               /billing/journal                                 303  403 403 200 200 403 200  303
billing.journal-csv           /billing/journal/csv                             303  403 403 200 200 403 200  303
billing.audit                 /billing/audit                                   303  403 200 403 200 200 200  303
billing.audit-entry           /billing/audit/01KRZZZZZZZZZZZZZZZZZZZZZZ         303  403 404 403 404 404 404  303
billing.seals                 /billing/seals                                   303  403 403 200 200 200 200  303
billing.seal-file             /billing/seals/2026-01-01/file                   303  403 403 404 404 404 404  303
billing.exports               /billing/exports                                 303  403 403 403 403 403 200  303
billing.export-file           /billing/exports/file?kind=audit&format=csv      303  403 403 403 403 403 200  303
`,
  ),
  posted: readMatrix(billingOpeners, ``),
  acting: readMatrix(billingOpeners, ``),
};
