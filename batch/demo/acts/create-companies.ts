import { enterFirstAccount } from '../../../src/bank-accounts/enter-first-account.ts';
import { demoStaff } from '../demo-staff.ts';
import type { DemoCompany } from '../plan/demo-company.ts';
import { describeService, plannedService } from '../plan/service-terms.ts';
import { createCompany } from '../../../src/companies/create-company.ts';
import { createContract } from '../../../src/contracts/create-contract.ts';
import { createService } from '../../../src/companies/create-service.ts';
import { issueApiKey } from '../../../src/companies/issue-api-key.ts';
import { corporateCheckDigit } from '../../../src/companies/registration-number.rules.ts';
import { createCompanyClient } from '../site/company-client.ts';
import { siteOriginOf, type DemoWorld } from './demo-world.ts';

/** Long before any month of a demo, so that the site can be explored at today's date too. */
const VALID_FROM = '2019-10-01';
const REGISTERED_FROM = '2023-10-01';
/** 9999 is nobody's bank, 9999 nobody's registry office: no number of the demo is anybody's. */
const BANK_CODE = '9999';
const REGISTRY_OFFICE = '9999';

/** Creates the companies with their services, contracts and keys, by the use cases that the admin command line calls. */
export async function createCompanies(world: DemoWorld, companies: readonly DemoCompany[]): Promise<void> {
  const { deps, origin } = world.site;
  for (const [index, company] of companies.entries()) {
    const { code, name, nameEn, address, registered } = company;
    const registration = { registrationNumber: registrationNumberOf(index), registeredFrom: REGISTERED_FROM };
    const party = { code, name, nameEn, address };
    const created = await createCompany(deps, demoStaff, { ...party, ...(registered && registration) });
    for (const service of company.services) {
      const siteOrigin = siteOriginOf(service);
      const { name, nameEn } = service;
      await createService(deps, demoStaff, {
        companyCode: code,
        code: service.code,
        name,
        nameEn,
        siteOrigin,
        ...describeService(company, service),
      });
    }
    if (index === 0) await announceService(world, company);
    await concludeContract(world, company, index);
    const { token } = await issueApiKey(deps, demoStaff, { companyCode: code, label: 'demo' });
    const client = createCompanyClient(origin, token);
    world.companies.set(code, { companyId: created.company.id, token, client });
  }
}

/** A service of the first company that the list of companies shows as planned. */
async function announceService({ site }: DemoWorld, company: DemoCompany): Promise<void> {
  const [service] = company.services;
  const planned = { ...plannedService(company), siteOrigin: siteOriginOf(service) };
  await createService(site.deps, demoStaff, { companyCode: company.code, ...planned });
}

async function concludeContract({ site }: DemoWorld, company: DemoCompany, index: number): Promise<void> {
  const { code, tariffCode, legalModel, payout, terms } = company;
  await enterFirstAccount(site.deps, demoStaff, {
    companyCode: code,
    bankCode: BANK_CODE,
    bankName: 'ミホンギンコウ',
    branchCode: '001',
    branchName: 'ホンテン',
    accountType: 'ordinary',
    accountNumber: String(1_000_001 + index),
    accountHolder: `ミホン${index + 1}`,
  });
  await createContract(site.deps, demoStaff, {
    companyCode: code,
    tariffCode,
    legalModel,
    validFrom: VALID_FROM,
    perChargeMaxMinor: 10_000n,
    lateCharges: 'accept',
    authorizationDays: 7,
    payoutMonths: payout.months,
    payoutDay: payout.day,
    payoutBankDay: payout.bankDay,
    ...terms,
  });
}

function registrationNumberOf(index: number): string {
  const twelveDigits = `${REGISTRY_OFFICE}01${String(index + 1).padStart(6, '0')}`;
  return `T${corporateCheckDigit(twelveDigits)}${twelveDigits}`;
}
