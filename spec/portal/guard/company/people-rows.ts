import { readMatrix } from '../read-matrix.ts';
import { companyOpeners, type CompanyRows } from './company-rows.ts';

/** Accounts are for owners; everybody reads the profile of the company. */
export const peopleRows: CompanyRows = {
  opened: readMatrix(
    companyOpeners,
    `
#                                                             nobody  owner finance developer support partner  other site
company.people       /company/people                              303  200 403 403 403 403  303
company.invite       /company/people/invite                       303  200 403 403 403 403  303
company.person       /company/people/{person}                     303  200 403 403 403 403  303
company.person       /company/people/{other-person}               303  404 403 403 403 403  303
company.roles        /company/people/{person}/roles               303  200 403 403 403 403  303
company.roles        /company/people/{other-person}/roles         303  404 403 403 403 403  303
company.move-person  /company/people/{person}/suspend             303  200 403 403 403 403  303
company.move-person  /company/people/{other-person}/end           303  404 403 403 403 403  303
company.move-person  /company/people/{person}/nothing             303  404 403 403 403 403  303
company.profile      /company/profile                             303  200 200 200 200 200  303
company.contract-pdf /company/profile/contract.pdf?from=2026-01-01  303  200 200 403 403 403  303
company.contract-pdf /company/profile/contract.pdf?from=2020-01-01  303  404 404 403 403 403  303
`,
  ),
  posted: readMatrix(
    companyOpeners,
    `
#                                                                  nobody  owner finance developer support partner  other site
company.invite-form       /company/people/invite                       303  422 403 403 403 403  303
company.roles-form        /company/people/{other-person}/roles         303  404 403 403 403 403  303
company.move-person-form  /company/people/{other-person}/end           303  404 403 403 403 403  303
`,
  ),
  acting: [],
};
