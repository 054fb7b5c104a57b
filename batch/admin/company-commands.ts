import { changeCompanyState } from '../../src/companies/change-company-state.ts';
import type { Company } from '../../src/companies/company.entity.ts';
import {
  getCompany,
  listApiKeys,
  listCompanies,
  listContracts,
  listServices,
} from '../../src/companies/company.queries.ts';
import { createCompany } from '../../src/companies/create-company.ts';
import type { Answer, Command } from './command.ts';

const company = { describe: 'code of the company', value: 'CODE', required: true };

export const companyCommands: readonly Command[] = [
  {
    noun: 'company',
    verb: 'create',
    summary: 'create a content company',
    changes: true,
    options: {
      code: { describe: 'its code: a-z, 0-9 and -, up to 32', value: 'CODE', required: true },
      name: { describe: 'its name in Japanese', value: 'NAME', required: true },
      'name-en': { describe: 'its name in English', value: 'NAME', required: true },
      address: { describe: 'its address, as on statements', value: 'ADDRESS', required: true },
      'registration-number': { describe: 'qualified invoice issuer, T and 13 digits', value: 'T…' },
      'registered-from': { describe: 'first day of the registration', value: 'YYYY-MM-DD' },
      'registered-to': { describe: 'first day on which it holds no more', value: 'YYYY-MM-DD' },
    },
    example:
      '--code shinonome --name 株式会社東雲 --name-en "Shinonome Inc." --address 東京都江東区1-1 --registration-number T4011001098993 --registered-from 2023-10-01',
    run: async (deps, given, { actor }) => {
      const { company: created, warning } = await createCompany(deps, {
        code: given.text('code'),
        name: given.text('name'),
        nameEn: given.text('name-en'),
        address: given.text('address'),
        registrationNumber: given.optional('registration-number'),
        registeredFrom: given.optional('registered-from'),
        registeredTo: given.optional('registered-to'),
        actor,
      });
      return warning === undefined ? present(created) : { ...present(created), notes: [NOT_CORPORATE] };
    },
  },
  {
    noun: 'company',
    verb: 'list',
    summary: 'list all companies',
    changes: false,
    options: {},
    example: '',
    run: async (deps) => ({
      list: (await listCompanies(deps)).map(({ code, name, nameEn, registrationNumber, state }) => ({
        code,
        name,
        nameEn,
        registrationNumber,
        state,
      })),
    }),
  },
  {
    noun: 'company',
    verb: 'show',
    summary: 'show a company with its services, contracts and keys',
    changes: false,
    options: { company },
    example: '--company shinonome',
    run: async (deps, given) => {
      const found = await getCompany(deps, given.text('company'));
      const services = await listServices(deps, found.id);
      const contracts = await listContracts(deps, found.id);
      const keys = await listApiKeys(deps, found.id);
      return {
        item: {
          ...present(found).item,
          services: services.map(({ code, state }) => `${code} (${state})`),
          contracts: contracts.map((c) => `${c.validFrom} – ${c.validTo ?? 'open'}: ${c.tariffCode}`),
          keys: keys.map(({ id, label, revokedAt }) => `${id} ${label}${revokedAt ? ' (revoked)' : ''}`),
        },
      };
    },
  },
  changeState('suspend', 'suspended', 'end the selling of a company at once; what it sold stays'),
  changeState('activate', 'active', 'let a suspended company sell again'),
];

const NOT_CORPORATE =
  'The registration number is not of the corporate series (its check digit differs): a sole proprietor, or mistyped?';

function changeState(verb: string, state: Company['state'], summary: string): Command {
  return {
    noun: 'company',
    verb,
    summary,
    changes: true,
    options: { company },
    example: '--company shinonome',
    run: async (deps, given, { actor }) =>
      present(await changeCompanyState(deps, { companyCode: given.text('company'), state, actor })),
  };
}

function present(row: Company): Answer & { item: object } {
  const { code, name, nameEn, address, registrationNumber, registeredFrom, registeredTo, state } = row;
  return { item: { code, name, nameEn, address, registrationNumber, registeredFrom, registeredTo, state } };
}
