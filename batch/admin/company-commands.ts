import { changeCompanyState } from '../../src/companies/change-company-state.ts';
import { listBankAccounts } from '../../src/bank-accounts/bank-account.queries.ts';
import { ownTermsOf } from '../../src/bank-accounts/bank-account.rules.ts';
import type { Company } from '../../src/companies/company.entity.ts';
import {
  getCompany,
  listApiKeys,
  listCompanies,
  listContracts,
  listServices,
} from '../../src/companies/company.queries.ts';
import { createCompany } from '../../src/companies/create-company.ts';
import { editCompany } from '../../src/companies/edit-company.ts';
import { listPartyChanges } from '../../src/companies/party-change.queries.ts';
import { withdrawPartyChange } from '../../src/companies/withdraw-party-change.ts';
import { defineCommand, type Command, type ItemResult } from '../cli/command.ts';
import { oneOf, optional, required, text, textOrNone } from '../cli/options.ts';
import { describePending } from './propose.ts';

const company = required(text('CODE'), 'code of the company');

export const companyCommands: readonly Command[] = [
  defineCommand({
    name: 'company create',
    summary: 'create a content company',
    changes: true,
    options: {
      code: required(text('CODE'), 'its code: a-z, 0-9 and -, up to 32'),
      name: required(text('NAME'), 'its name in Japanese'),
      'name-en': required(text('NAME'), 'its name in English'),
      address: required(text('ADDRESS'), 'its address, as on statements'),
      'registration-number': optional(text('T…'), 'qualified invoice issuer, T and 13 digits'),
      'registered-from': optional(text('YYYY-MM-DD'), 'first day of the registration'),
      'registered-to': optional(text('YYYY-MM-DD'), 'first day on which it is no longer valid'),
      'billing-email': optional(text('ADDRESS'), 'to which statements are sent'),
      'billing-language': optional(oneOf('LANGUAGE', ['ja', 'en']), 'of statements and their mails'),
    },
    example:
      '--code shinonome --name 株式会社東雲 --name-en "Shinonome Inc." --address 東京都江東区1-1 --registration-number T4011001098993 --registered-from 2023-10-01',
    run: async (deps, options, { actor }) => {
      const { company: created, warning } = await createCompany(deps, actor, options);
      const result = present(created);
      if (warning === undefined) return result;
      return { item: { ...result.item, warning }, shown: result.item, notes: [NOT_CORPORATE] };
    },
  }),
  defineCommand({
    name: 'company list',
    summary: 'list all companies',
    changes: false,
    options: {},
    example: '',
    run: async (deps, _options, { actor }) => ({
      list: (await listCompanies(deps, actor)).map(({ code, name, nameEn, registrationNumber, state }) => ({
        code,
        name,
        nameEn,
        registrationNumber,
        state,
      })),
      none: 'No company yet: create one with "company create".',
    }),
  }),
  defineCommand({
    name: 'company show',
    summary: 'show a company with its services, contracts and keys',
    changes: false,
    options: { company },
    example: '--company shinonome',
    run: async (deps, options, { actor }) => {
      const found = await getCompany(deps, actor, options.company);
      const services = await listServices(deps, actor, found.code);
      const contracts = await listContracts(deps, actor, found.code);
      const keys = await listApiKeys(deps, actor, found.code);
      const [account] = await listBankAccounts(deps, actor, found.code);
      return {
        item: {
          ...present(found).item,
          services: services.map(({ code, state }) => ({ code, state })),
          contracts: contracts.map(({ validFrom, validTo, tariffCode }) => ({
            validFrom,
            validTo,
            tariffCode,
          })),
          bankAccount: account ? ownTermsOf(account) : null,
          keys: keys.map(({ id, label, revokedAt }) => ({ id, label, revokedAt })),
        },
        notes: await describePending(deps, found.code),
      };
    },
  }),
  defineCommand({
    name: 'company edit',
    summary: 'change names, address or registration of a company, at once or from a later day on',
    changes: true,
    options: {
      company,
      name: optional(text('NAME'), 'its name in Japanese'),
      'name-en': optional(text('NAME'), 'its name in English'),
      address: optional(text('ADDRESS'), 'its address, as on statements'),
      'registration-number': optional(textOrNone('T…'), 'qualified invoice issuer; none ends it'),
      'registered-from': optional(text('YYYY-MM-DD'), 'first day of the registration'),
      'registered-to': optional(
        textOrNone('YYYY-MM-DD'),
        'first day on which it is no longer valid, or none',
      ),
      'billing-email': optional(textOrNone('ADDRESS'), 'to which statements are sent, or none'),
      'billing-language': optional(oneOf('LANGUAGE', ['ja', 'en']), 'of statements and their mails'),
      'valid-from': optional(text('YYYY-MM-DD'), 'first day on which documents have it; today by default'),
    },
    example: '--company shinonome --address 東京都港区2-2 --valid-from 2026-06-01',
    run: async (deps, { company: companyCode, ...edit }, { actor }) => {
      const { company: edited, change, warning } = await editCompany(deps, actor, { companyCode, ...edit });
      const notes = [
        ...(change === undefined ? [] : [`It waits for ${edit.validFrom} as change ${change}.`]),
        ...(warning === undefined ? [] : [NOT_CORPORATE]),
      ];
      return { item: { ...present(edited).item, change: change ?? null }, notes };
    },
  }),
  defineCommand({
    name: 'company changes',
    summary: 'list the planned changes of a company and its services, with what became of each',
    changes: false,
    options: { company },
    example: '--company shinonome',
    run: async (deps, options, { actor }) => ({
      list: (await listPartyChanges(deps, actor, options.company)).map(
        ({ id, service, validFrom, fields, state, createdBy, refusal }) => ({
          change: id,
          of: service ?? options.company,
          validFrom,
          fields: Object.keys(fields).join(' '),
          state,
          by: createdBy,
          refusal,
        }),
      ),
      none: `Nothing of ${options.company} is planned to change.`,
    }),
  }),
  defineCommand({
    name: 'company withdraw-change',
    summary: 'withdraw a planned change before its day',
    changes: true,
    options: { company, change: required(text('ID'), 'identifier of the change, from "company changes"') },
    example: '--company shinonome --change 01JV0000000000000000000000',
    run: async (deps, { company: companyCode, change }, { actor }) => {
      await withdrawPartyChange(deps, actor, { companyCode, change });
      return { item: { company: companyCode, change, state: 'withdrawn' } };
    },
  }),
  changeState('suspend', 'suspended', 'stop the sales of a company at once; what it sold stays'),
  changeState('activate', 'active', 'let a suspended company sell again'),
];

const NOT_CORPORATE =
  'The registration number is not of the corporate series (its check digit differs): a sole proprietor, or mistyped?';

function changeState(verb: string, state: Company['state'], summary: string): Command {
  return defineCommand({
    name: `company ${verb}`,
    summary,
    changes: true,
    options: { company },
    example: '--company shinonome',
    run: async (deps, options, { actor }) =>
      present(await changeCompanyState(deps, actor, { companyCode: options.company, state })),
  });
}

function present(row: Company): ItemResult {
  const { code, name, nameEn, address, registrationNumber, registeredFrom, registeredTo, state } = row;
  const { billingEmail = null, billingLanguage = null } = row;
  const registration = { registrationNumber, registeredFrom, registeredTo };
  return { item: { code, name, nameEn, address, ...registration, billingEmail, billingLanguage, state } };
}
