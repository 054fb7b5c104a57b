import type { Area } from '../../kit/console-area.ts';
import { simulationCsv, tariffForm } from './tariffs.forms.ts';
import { simulationPage, tariffDraftPage, tariffPage, tariffsPage } from './tariffs.pages.ts';
import { newBankAccountForm } from './bank-accounts.forms.ts';
import { bankAccountsPage, newBankAccountPage } from './bank-accounts.pages.ts';
import { companyStateForm, editCompanyForm, newCompanyForm, withdrawChangeForm } from './companies.forms.ts';
import {
  companiesPage,
  companyPage,
  companyStatePage,
  editCompanyPage,
  newCompanyPage,
  withdrawChangePage,
} from './companies.pages.ts';
import { contractDownload } from './contracts.downloads.ts';
import { endContractForm, newContractForm } from './contracts.forms.ts';
import { contractPage, contractsPage, endContractPage, newContractPage } from './contracts.pages.ts';
import { newKeyForm, revokeKeyForm } from './keys.forms.ts';
import { keysPage, newKeyPage, revokeKeyPage } from './keys.pages.ts';
import { inviteForm, movePersonForm, rolesForm } from './people.forms.ts';
import { invitePage, movePersonPage, peoplePage, personPage, rolesPage } from './people.pages.ts';
import { editServiceForm, newServiceForm, serviceStateForm } from './services.forms.ts';
import {
  editServicePage,
  newServicePage,
  servicePage,
  serviceStatePage,
  servicesPage,
} from './services.pages.ts';

/** Pages of companies: facts, services, contracts, bank accounts, keys and people; and tariffs. An address with a word comes before its pattern. */
export const companiesArea: Area = {
  pages: [
    companiesPage,
    newCompanyPage,
    companyPage,
    editCompanyPage,
    companyStatePage,
    withdrawChangePage,
    servicesPage,
    newServicePage,
    servicePage,
    editServicePage,
    serviceStatePage,
    contractsPage,
    newContractPage,
    contractPage,
    endContractPage,
    bankAccountsPage,
    newBankAccountPage,
    keysPage,
    newKeyPage,
    revokeKeyPage,
    peoplePage,
    invitePage,
    personPage,
    rolesPage,
    movePersonPage,
    tariffsPage,
    tariffDraftPage,
    simulationPage,
    tariffPage,
  ],
  forms: [
    newCompanyForm,
    editCompanyForm,
    companyStateForm,
    withdrawChangeForm,
    newServiceForm,
    editServiceForm,
    serviceStateForm,
    newContractForm,
    endContractForm,
    newBankAccountForm,
    newKeyForm,
    revokeKeyForm,
    inviteForm,
    rolesForm,
    movePersonForm,
    tariffForm,
  ],
  downloads: [contractDownload, simulationCsv],
};
