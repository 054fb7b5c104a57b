import { billingOpeners, type BillingRows } from '../billing/billing-rows.ts';
import { readMatrix } from '../read-matrix.ts';

/** Who opens and posts what of cases at the support desk. Administrators look after the site and read no case. */
export const casesRows: BillingRows = {
  opened: readMatrix(
    billingOpeners,
    `
#                                                          nobody  agent lead billing approver administrator auditor  other site
support.cases         /support/cases                        303  200 200 403 403 403 200  303
support.cases         /support/cases?list=mine              303  200 200 403 403 403 200  303
support.cases         /support/cases?list=overdue           303  200 200 403 403 403 200  303
support.cases         /support/cases?list=closed            303  200 200 403 403 403 200  303
support.case          /support/cases/{case}                 303  200 200 403 403 403 200  303
support.case          /support/cases/C-2026-999999          303  404 404 403 403 403 404  303
support.new-case      /support/new-case                     303  200 200 403 403 403 403  303
support.new-case      /support/new-case?line={line}         303  200 200 403 403 403 403  303
support.new-case      /support/new-case?purchase={charge}   303  200 200 403 403 403 403  303
support.case-note     /support/cases/{case}/note            303  200 200 403 403 403 403  303
support.case-close    /support/cases/{case}/close           303  200 200 403 403 403 403  303
support.case-reopen   /support/cases/{case}/reopen          303  200 200 403 403 403 403  303
support.case-give     /support/cases/{case}/give            303  200 200 403 403 403 403  303
support.case-merge    /support/cases/{case}/merge           303  200 200 403 403 403 403  303
support.case-line     /support/cases/{case}/line            303  200 200 403 403 403 403  303
support.case-mail     /support/cases/{case}/mail            303  200 200 403 403 403 403  303
support.case-mail     /support/cases/{case}/mail?block=10-received  303  200 200 403 403 403 403  303
support.case-company  /support/cases/{case}/company         303  200 200 403 403 403 403  303
`,
  ),
  posted: readMatrix(
    billingOpeners,
    `
support.new-case-form     /support/new-case              303 422 422 403 403 403 403 303
support.case-note-form    /support/cases/{case}/note     303 422 422 403 403 403 403 303
support.case-close-form   /support/cases/{case}/close    303 422 422 403 403 403 403 303
support.case-give-form    /support/cases/{case}/give     303 422 422 403 403 403 403 303
support.case-merge-form   /support/cases/{case}/merge    303 422 422 403 403 403 403 303
support.case-line-form    /support/cases/{case}/line     303 422 422 403 403 403 403 303
support.case-company-form /support/cases/{case}/company  303 422 422 403 403 403 403 303
support.case-mail-preview /support/cases/{case}/mail/preview 303 422 422 403 403 403 403 303
support.case-mail-form    /support/cases/{case}/mail     303 422 422 403 403 403 403 303
support.case-take-form    /support/cases/C-2026-999999/take    303 404 404 403 403 403 403 303
support.case-reopen-form  /support/cases/{case}/reopen   303 409 409 403 403 403 403 303
`,
  ),
  acting: [],
};
