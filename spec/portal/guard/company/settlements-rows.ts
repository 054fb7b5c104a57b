import { readMatrix } from '../read-matrix.ts';
import { companyOpeners, type CompanyRows } from './company-rows.ts';

/** Settlements are for owners and finance. A draft is not there yet. */
export const settlementsRows: CompanyRows = {
  opened: readMatrix(
    companyOpeners,
    `
#                                                                 nobody  owner finance developer support partner  other site
company.settlements  /company/settlements                            303  200 200 403 403 403  303
company.settlement   /company/settlements/{settlement}               303  200 200 403 403 403  303
company.settlement   /company/settlements/{draft}                    303  404 404 403 403 403  303
company.settlement   /company/settlements/{other-settlement}         303  404 404 403 403 403  303
company.statement    /company/settlements/{settlement}/statement.pdf 303  200 200 403 403 403  303
company.statement    /company/settlements/{other-settlement}/statement.pdf  303  404 404 403 403 403  303
company.fee-invoice  /company/settlements/{settlement}/fee-invoice.xml 303  200 200 403 403 403  303
company.fee-invoice  /company/settlements/{other-settlement}/fee-invoice.xml  303  404 404 403 403 403  303
company.payouts      /company/payouts                                303  200 200 403 403 403  303
company.clawbacks    /company/clawbacks                              303  200 200 403 403 403  303
company.minimum-fee  /company/minimum-fee                            303  200 200 403 403 403  303
company.minimum-fee  /company/minimum-fee?average=800&lines=100      303  200 200 403 403 403  303
company.minimum-fee  /company/minimum-fee?average=x                  303  200 200 403 403 403  303
`,
  ),
  posted: [],
  acting: [],
};
