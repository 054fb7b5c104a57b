import { billingOpeners, type BillingRows } from './billing-rows.ts';
import { readMatrix } from '../read-matrix.ts';

/** Who opens and posts what of companies. */
export const companiesRows: BillingRows = {
  opened: readMatrix(
    billingOpeners,
    `
#                                                           nobody  agent lead billing approver administrator auditor  other site
billing.companies        /billing/companies                               303  200 200 200 200 200 200  303
billing.new-company      /billing/companies/new                           303  403 403 200 403 200 403  303
billing.company          /billing/companies/{company}                     303  200 200 200 200 200 200  303
billing.edit-company     /billing/companies/{company}/edit                303  403 403 200 403 200 403  303
billing.company-state    /billing/companies/{company}/state/suspended     303  403 403 200 403 200 403  303
billing.withdraw-change  /billing/companies/{company}/changes/{change}/withdraw  303  403 403 200 403 200 403  303
billing.company-services /billing/companies/{company}/services            303  200 200 200 200 200 200  303
billing.new-service      /billing/companies/{company}/services/new        303  403 403 200 403 200 403  303
billing.service          /billing/companies/{company}/services/{service}  303  200 200 200 200 200 200  303
billing.edit-service     /billing/companies/{company}/services/{service}/edit             303  403 403 200 403 200 403  303
billing.service-state    /billing/companies/{company}/services/{service}/state/suspended  303  403 403 200 403 200 403  303
billing.company-contracts      /billing/companies/{company}/contracts     303  200 200 200 200 200 200  303
billing.new-contract           /billing/companies/{company}/contracts/new 303  403 403 200 403 403 403  303
billing.contract               /billing/companies/{company}/contracts/2026-01-01      303  200 200 200 200 200 200  303
billing.end-contract           /billing/companies/{company}/contracts/2026-01-01/end  303  403 403 200 403 403 403  303
billing.contract-pdf           /billing/companies/{company}/contracts/2026-01-01/contract.pdf  303  200 200 200 200 200 200  303
billing.company-bank-accounts  /billing/companies/{company}/bank-accounts      303  200 200 200 200 200 200  303
billing.new-bank-account       /billing/companies/{company}/bank-accounts/new  303  403 403 200 403 403 403  303
billing.company-keys     /billing/companies/{company}/keys                303  403 403 403 403 200 200  303
billing.new-key          /billing/companies/{company}/keys/new            303  403 403 403 403 200 403  303
billing.revoke-key       /billing/companies/{company}/keys/{key}/revoke   303  403 403 403 403 200 403  303
billing.company-people   /billing/companies/{company}/people              303  403 403 403 200 200 200  303
billing.invite           /billing/companies/{company}/people/invite       303  403 403 403 403 200 403  303
billing.company-person   /billing/companies/{company}/people/{person}     303  403 403 403 200 200 200  303
billing.roles            /billing/companies/{company}/people/{person}/roles    303  403 403 403 403 200 403  303
billing.move-person      /billing/companies/{company}/people/{person}/suspend  303  403 403 403 403 200 403  303
billing.tariffs                /billing/tariffs                           303  200 200 200 200 200 200  303
billing.tariff                 /billing/tariffs/flets-2012                303  200 200 200 200 200 200  303
billing.tariff-draft           /billing/tariffs/draft?code=flets-2012     303  403 403 200 403 403 403  303
billing.tariff-simulation      /billing/tariffs/simulate?tariff=flets-2011~2011-07-01      303  403 200 200 200 403 200  303
billing.tariff-simulation-csv  /billing/tariffs/simulate/csv?tariff=flets-2011~2011-07-01  303  403 200 200 200 403 200  303
`,
  ),
  posted: readMatrix(
    billingOpeners,
    `
billing.new-company-form      /billing/companies/new                            303  403 403 422 403 422 403  303
billing.edit-company-form     /billing/companies/{company}/edit                 303  403 403 422 403 422 403  303
billing.company-state-form    /billing/companies/unknown/state/suspended        303  403 403 404 403 404 403  303
billing.withdraw-change-form  /billing/companies/{company}/changes/unknown/withdraw  303  403 403 404 403 404 403  303
billing.new-service-form      /billing/companies/{company}/services/new         303  403 403 422 403 422 403  303
billing.edit-service-form     /billing/companies/{company}/services/{service}/edit   303  403 403 422 403 422 403  303
billing.service-state-form    /billing/companies/{company}/services/unknown/state/suspended  303  403 403 404 403 404 403  303
billing.new-contract-form     /billing/companies/{company}/contracts/new        303  403 403 422 403 403 403  303
billing.end-contract-form     /billing/companies/{company}/contracts/2026-01-01/end  303  403 403 422 403 403 403  303
billing.new-bank-account-form /billing/companies/{company}/bank-accounts/new    303  403 403 422 403 403 403  303
billing.new-key-form          /billing/companies/{company}/keys/new             303  403 403 403 403 422 403  303
billing.revoke-key-form       /billing/companies/{company}/keys/unknown/revoke  303  403 403 403 403 404 403  303
billing.invite-form           /billing/companies/{company}/people/invite        303  403 403 403 403 422 403  303
billing.roles-form            /billing/companies/{company}/people/999999/roles  303  403 403 403 403 404 403  303
billing.move-person-form      /billing/companies/{company}/people/999999/suspend  303  403 403 403 403 404 403  303
billing.tariff-form           /billing/tariffs/draft                            303  403 403 422 403 403 403  303
`,
  ),
  acting: readMatrix(billingOpeners, ``),
};
