import { readMatrix } from '../read-matrix.ts';
import { companyOpeners, type CompanyRows } from './company-rows.ts';

/** Who sees usage files, and who sends them: those who may charge. */
export const usageFilesRows: CompanyRows = {
  opened: readMatrix(
    companyOpeners,
    `
#                                                                            nobody  owner finance developer support partner  other site
company.usage-files     /company/usage-files                                     303  200 200 200 200 403  303
company.usage-files     /company/usage-files?after={usage-file}                  303  200 200 200 200 403  303
company.usage-file      /company/usage-files/{usage-file}                        303  200 200 200 200 403  303
company.usage-file      /company/usage-files/{waiting-usage-file}                303  200 200 200 200 403  303
company.usage-file      /company/usage-files/{other-usage-file}                  303  404 404 404 404 403  303
company.usage-file-csv  /company/usage-files/{usage-file}/result.csv             303  200 200 200 200 403  303
company.usage-file-csv  /company/usage-files/{waiting-usage-file}/result.csv     303  409 409 409 409 403  303
company.usage-file-csv  /company/usage-files/{other-usage-file}/result.csv       303  404 404 404 404 403  303
`,
  ),
  posted: readMatrix(
    companyOpeners,
    `
#                                                  nobody  owner finance developer support partner  other site
company.usage-files-form  /company/usage-files         303  422 403 422 403 403  303
`,
  ),
  acting: [],
};
