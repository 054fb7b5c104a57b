import { readMatrix } from '../read-matrix.ts';
import { companyOpeners, type CompanyRows } from './company-rows.ts';

/** Figures over time are for everybody of a company but partners. */
export const statisticsRows: CompanyRows = {
  opened: readMatrix(
    companyOpeners,
    `
#                                                                    nobody  owner finance developer support partner  other site
company.statistics      /company/statistics                             303  200 200 200 200 403  303
company.statistics      /company/statistics?grain=month&by=service      303  200 200 200 200 403  303
company.statistics-csv  /company/statistics.csv                         303  200 200 200 200 403  303
company.hours           /company/statistics/hours                       303  200 200 200 200 403  303
company.hours-csv       /company/statistics/hours.csv                   303  200 200 200 200 403  303
`,
  ),
  posted: [],
  acting: [],
};
