import { readMatrix } from '../read-matrix.ts';
import { companyOpeners, type CompanyRows } from './company-rows.ts';

/** Who sees payment requests, and who sends and withdraws them. */
export const requestsRows: CompanyRows = {
  opened: readMatrix(
    companyOpeners,
    `
#                                                                                 nobody  owner finance developer support partner  other site
company.payment-requests          /company/payment-requests                          303  200 200 200 200 403  303
company.payment-requests          /company/payment-requests?q=visit-204&state=pending&least=100  303  200 200 200 200 403  303
company.payment-requests          /company/payment-requests?to=nobody&from=x         303  200 200 200 200 403  303
company.new-payment-request       /company/payment-requests/new                      303  200 403 403 200 403  303
company.payment-request           /company/payment-requests/{request}                303  200 200 200 200 403  303
company.payment-request           /company/payment-requests/{declined-request}       303  200 200 200 200 403  303
company.payment-request           /company/payment-requests/{other-request}          303  404 404 404 404 403  303
company.withdraw-payment-request  /company/payment-requests/{request}/withdraw       303  200 403 403 200 403  303
company.withdraw-payment-request  /company/payment-requests/{other-request}/withdraw 303  404 403 403 404 403  303
`,
  ),
  posted: readMatrix(
    companyOpeners,
    `
#                                                                                      nobody  owner finance developer support partner  other site
company.new-payment-request-form       /company/payment-requests/new                      303  422 403 403 422 403  303
company.withdraw-payment-request-form  /company/payment-requests/{other-request}/withdraw 303  404 403 403 404 403  303
`,
  ),
  acting: [],
};
