import { billingOpeners, type BillingRows } from './billing-rows.ts';
import { readMatrix } from '../read-matrix.ts';

/** Who opens and posts what of staff accounts. */
export const peopleRows: BillingRows = {
  opened: readMatrix(
    billingOpeners,
    `
#                                                           nobody  agent lead billing approver administrator auditor  other site
billing.people               /billing/people                         303  403 403 403 200 200 200  303
billing.people               /billing/people?state=suspended         303  403 403 403 200 200 200  303
billing.invite-person        /billing/people/invite                  303  403 403 403 403 200 403  303
billing.person               /billing/people/1                       303  403 403 403 200 200 200  303
billing.person-roles         /billing/people/1/roles                 303  403 403 403 403 200 403  303
billing.suspend-person       /billing/people/1/suspend               303  403 403 403 403 200 403  303
billing.resume-person        /billing/people/1/resume                303  403 403 403 403 200 403  303
billing.sign-out-person      /billing/people/1/sign-out              303  403 403 403 403 200 403  303
billing.reset-factor-person  /billing/people/1/reset-factor          303  403 403 403 403 200 403  303
`,
  ),
  posted: readMatrix(
    billingOpeners,
    `
billing.invite-person-form        /billing/people/invite               303  403 403 403 403 422 403  303
billing.person-roles-form         /billing/people/999999/roles         303  403 403 403 403 404 403  303
billing.suspend-person-form       /billing/people/999999/suspend       303  403 403 403 403 404 403  303
billing.resume-person-form        /billing/people/999999/resume        303  403 403 403 403 404 403  303
billing.sign-out-person-form      /billing/people/999999/sign-out      303  403 403 403 403 404 403  303
billing.reset-factor-person-form  /billing/people/1/reset-factor       303  403 403 403 403 422 403  303
`,
  ),
  acting: readMatrix(billingOpeners, ``),
};
