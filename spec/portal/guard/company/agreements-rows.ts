import { readMatrix } from '../read-matrix.ts';
import { companyOpeners, type CompanyRows } from './company-rows.ts';

/** Who sees subscriptions and consents, and who ends them. */
export const agreementsRows: CompanyRows = {
  opened: readMatrix(
    companyOpeners,
    `
#                                                                            nobody  owner finance developer support partner  other site
company.subscriptions        /company/subscriptions                             303  200 200 200 200 403  303
company.subscriptions        /company/subscriptions?state=active&q={subscription}  303  200 200 200 200 403  303
company.subscriptions        /company/subscriptions?q={other-subscription}      303  200 200 200 200 403  303
company.subscription         /company/subscriptions/{subscription}              303  200 200 200 200 403  303
company.subscription         /company/subscriptions/{other-subscription}        303  404 404 404 404 403  303
company.cancel-subscription  /company/subscriptions/{subscription}/cancel       303  200 403 403 200 403  303
company.cancel-subscription  /company/subscriptions/{other-subscription}/cancel 303  404 403 403 404 403  303
company.subscription-months  /company/subscription-months                       303  200 200 200 200 403  303
company.consents             /company/consents                                  303  200 200 200 200 403  303
company.consents             /company/consents?state=ended                      303  200 200 200 200 403  303
company.consent              /company/consents/{consent}                        303  200 200 200 200 403  303
company.consent              /company/consents/{other-consent}                  303  404 404 404 404 403  303
company.revoke-consent       /company/consents/{consent}/revoke                 303  200 403 403 200 403  303
company.revoke-consent       /company/consents/{other-consent}/revoke           303  404 403 403 404 403  303
`,
  ),
  posted: readMatrix(
    companyOpeners,
    `
#                                                                                 nobody  owner finance developer support partner  other site
company.cancel-subscription-form  /company/subscriptions/{other-subscription}/cancel  303  404 403 403 404 403  303
company.revoke-consent-form       /company/consents/{other-consent}/revoke            303  404 403 403 404 403  303
`,
  ),
  acting: [],
};
