import { readMatrix } from '../read-matrix.ts';
import { companyOpeners, type CompanyRows } from './company-rows.ts';

/** The first page of a company's portal is for everybody of a company; its parts are not. */
export const todayRows: CompanyRows = {
  opened: readMatrix(
    companyOpeners,
    `
#                                       nobody  owner finance developer support partner  other site
company.today          /company            303  200 200 200 200 200  303
`,
  ),
  posted: [],
  acting: [],
};
