import { billingOpeners, type BillingRows } from '../billing/billing-rows.ts';
import { readMatrix } from '../read-matrix.ts';

/** Who opens an issued ID at the support desk, and who does something to it. */
export const idsRows: BillingRows = {
  opened: readMatrix(
    billingOpeners,
    `
#                                                              nobody  agent lead billing approver administrator auditor  other site
support.id            /support/ids/{issued-id}                  303  200 200 403 403 200 200  303
support.id            /support/ids/F99999999999                 303  404 404 403 403 404 404  303
support.hold-id       /support/ids/{issued-id}/hold             303  200 200 403 403 200 403  303
support.unlock-id     /support/ids/{issued-id}/unlock           303  200 200 403 403 200 403  303
support.end-id        /support/ids/{issued-id}/end              303  200 200 403 403 200 403  303
support.mail-code     /support/ids/{issued-id}/mail-code        303  200 200 403 403 200 403  303
support.new-password  /support/ids/{issued-id}/password         303  200 200 403 403 200 403  303
support.issue-id      /support/lines/{other-line}/ids/new       303  200 200 403 403 200 403  303
support.issue-id      /support/lines/NONE0000000/ids/new        303  404 404 403 403 404 403  303
`,
  ),
  posted: readMatrix(
    billingOpeners,
    `
support.hold-id-form      /support/ids/{issued-id}/hold         303  422 422 403 403 422 403  303
support.unlock-id-form    /support/ids/{issued-id}/unlock       303  422 422 403 403 422 403  303
support.end-id-form       /support/ids/{issued-id}/end          303  422 422 403 403 422 403  303
support.mail-code-id-form /support/ids/{issued-id}/mail-code    303  422 422 403 403 422 403  303
support.password-id-form  /support/ids/{issued-id}/password     303  422 422 403 403 422 403  303
support.issue-id-form     /support/lines/{other-line}/ids/new   303  422 422 403 403 422 403  303
`,
  ),
  acting: [],
};
