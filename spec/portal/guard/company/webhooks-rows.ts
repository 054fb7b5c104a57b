import { readMatrix } from '../read-matrix.ts';
import { companyOpeners, type CompanyRows } from './company-rows.ts';

/** Webhook endpoints are for owners and developers: who names the address reads what is sent there. */
export const webhooksRows: CompanyRows = {
  opened: readMatrix(
    companyOpeners,
    `
#                                                                   nobody  owner finance developer support partner  other site
company.webhooks            /company/webhooks                                  303  200 403 200 403 403  303
company.new-webhook         /company/webhooks/new                              303  200 403 200 403 403  303
company.webhook             /company/webhooks/{webhook}                        303  200 403 200 403 403  303
company.webhook             /company/webhooks/{other-webhook}                  303  404 403 404 403 403  303
company.webhook-deliveries  /company/webhooks/{webhook}/deliveries             303  200 403 200 403 403  303
company.webhook-deliveries  /company/webhooks/{other-webhook}/deliveries       303  404 403 404 403 403  303
company.webhook-delivery    /company/webhooks/{webhook}/deliveries/{delivery}  303  200 403 200 403 403  303
company.webhook-delivery    /company/webhooks/{webhook}/deliveries/{other-delivery}        303  404 403 404 403 403  303
company.webhook-delivery    /company/webhooks/{other-webhook}/deliveries/{other-delivery}  303  404 403 404 403 403  303
company.edit-webhook        /company/webhooks/{webhook}/edit                   303  200 403 200 403 403  303
company.edit-webhook        /company/webhooks/{other-webhook}/edit             303  404 403 404 403 403  303
company.webhook-replay      /company/webhooks/{webhook}/replay                 303  200 403 200 403 403  303
company.webhook-replay      /company/webhooks/{other-webhook}/replay           303  404 403 404 403 403  303
company.webhook-secret      /company/webhooks/{webhook}/secret                 303  200 403 200 403 403  303
company.webhook-secret      /company/webhooks/{other-webhook}/secret           303  404 403 404 403 403  303
company.move-webhook        /company/webhooks/{webhook}/disable                303  200 403 200 403 403  303
company.move-webhook        /company/webhooks/{webhook}/nothing                303  404 403 404 403 403  303
company.move-webhook        /company/webhooks/{other-webhook}/delete           303  404 403 404 403 403  303
`,
  ),
  posted: readMatrix(
    companyOpeners,
    `
#                                                                     nobody  owner finance developer support partner  other site
company.new-webhook-form     /company/webhooks/new                       303  422 403 422 403 403  303
company.edit-webhook-form    /company/webhooks/{other-webhook}/edit      303  404 403 404 403 403  303
company.webhook-test-form    /company/webhooks/{other-webhook}/test      303  404 403 404 403 403  303
company.webhook-replay-form  /company/webhooks/{webhook}/replay          303  422 403 422 403 403  303
company.webhook-replay-form  /company/webhooks/{other-webhook}/replay    303  404 403 404 403 403  303
company.webhook-secret-form  /company/webhooks/{webhook}/secret          303  422 403 422 403 403  303
company.webhook-secret-form  /company/webhooks/{other-webhook}/secret    303  404 403 404 403 403  303
company.move-webhook-form    /company/webhooks/{other-webhook}/delete    303  404 403 404 403 403  303
`,
  ),
  acting: [],
};
