import { readMatrix } from '../read-matrix.ts';
import { companyOpeners, type CompanyRows } from './company-rows.ts';

/** API keys are for owners and developers. */
export const developersRows: CompanyRows = {
  opened: readMatrix(
    companyOpeners,
    `
#                                                      nobody  owner finance developer support partner  other site
company.keys        /company/keys                          303  200 403 200 403 403  303
company.new-key     /company/keys/new                      303  200 403 200 403 403  303
company.revoke-key  /company/keys/{key}/revoke             303  200 403 200 403 403  303
company.revoke-key  /company/keys/{other-key}/revoke       303  404 403 404 403 403  303
company.key-signature  /company/keys/{key}/signature       303  200 403 200 403 403  303
company.key-signature  /company/keys/{other-key}/signature 303  404 403 404 403 403  303
company.request-log    /company/request-log                      303  200 403 200 403 403  303
company.logged-request     /company/request-log/{logged-request}            303  200 403 200 403 403  303
company.logged-request     /company/request-log/{other-logged-request}      303  404 403 404 403 403  303
company.signing-keys     /company/signing-keys             303  200 403 200 403 403  303
company.new-signing-key  /company/signing-keys/new         303  200 403 200 403 403  303
company.revoke-signing-key  /company/signing-keys/{signing-key}/revoke        303  200 403 200 403 403  303
company.revoke-signing-key  /company/signing-keys/{other-signing-key}/revoke  303  404 403 404 403 403  303
`,
  ),
  posted: readMatrix(
    companyOpeners,
    `
#                                                           nobody  owner finance developer support partner  other site
company.new-key-form     /company/keys/new                      303  422 403 422 403 403  303
company.revoke-key-form  /company/keys/{other-key}/revoke       303  404 403 404 403 403  303
company.key-signature-form  /company/keys/{other-key}/signature     303  404 403 404 403 403  303
company.new-signing-key-form  /company/signing-keys/new             303  422 403 422 403 403  303
company.revoke-signing-key-form  /company/signing-keys/{other-signing-key}/revoke  303  404 403 404 403 403  303
`,
  ),
  acting: [],
};
