import { readMatrix } from '../read-matrix.ts';
import { companyOpeners, type CompanyRows } from './company-rows.ts';

/** Who sees what was sold, has its figures explained, cancels and refunds. Partners see nothing of it. */
export const purchasesRows: CompanyRows = {
  opened: readMatrix(
    companyOpeners,
    `
#                                                               nobody  owner finance developer support partner  other site
company.purchases      /company/purchases                          303  200 200 200 200 403  303
company.purchases      /company/purchases?q=order-77               303  200 200 200 200 403  303
company.purchases      /company/purchases?from=nonsense&least=x    303  200 200 200 200 403  303
company.purchases-csv  /company/purchases.csv                      303  200 200 200 200 403  303
company.charge         /company/purchases/{charge}                 303  200 200 200 200 403  303
company.charge         /company/purchases/{reserved}               303  200 200 200 200 403  303
company.charge         /company/purchases/{other-charge}           303  404 404 404 404 403  303
company.cancel-charge  /company/purchases/{reserved}/cancel        303  200 403 403 200 403  303
company.cancel-charge  /company/purchases/{other-charge}/cancel    303  404 403 403 404 403  303
company.refund         /company/purchases/{charge}/refund          303  200 403 403 200 403  303
company.refund         /company/purchases/{other-charge}/refund    303  404 403 403 404 403  303
company.explain        /company/explain/charge/{charge}/captured   303  200 200 200 200 403  303
company.explain        /company/explain/charge/{other-charge}/captured        303  404 404 404 404 403  303
company.explain        /company/explain/settlement/{settlement}/payout        303  200 200 403 403 403  303
company.explain        /company/explain/settlement/{draft}/payout             303  404 404 403 403 403  303
company.explain        /company/explain/settlement/{other-settlement}/payout  303  404 404 403 403 403  303
company.explain        /company/explain/invoice/202601-31-0000001/total       303  403 403 403 403 403  303
`,
  ),
  posted: readMatrix(
    companyOpeners,
    `
#                                                                     nobody  owner finance developer support partner  other site
company.cancel-charge-form  /company/purchases/{other-charge}/cancel     303  404 403 403 404 403  303
company.refund-form         /company/purchases/{charge}/refund           303  422 403 403 422 403  303
`,
  ),
  acting: [],
};
