import { changeCompanyState } from '../../../companies/change-company-state.ts';
import { getCompany } from '../../../companies/company.queries.ts';
import { createCompany } from '../../../companies/create-company.ts';
import { editCompany } from '../../../companies/edit-company.ts';
import { withdrawPartyChange } from '../../../companies/withdraw-party-change.ts';
import { defineForm } from '../../kit/define-form.ts';
import { choiceField, dateField, optional, textField } from '../../kit/form-fields.ts';
import {
  companyStatePage,
  editCompanyPage,
  newCompanyPage,
  stateOf,
  withdrawChangePage,
} from './companies.pages.ts';
import { companyHref } from './company-words.rules.ts';
import { labelKey } from './form-words.rules.ts';
import { assertSeen, seenField } from './seen.rules.ts';

const facts = {
  name: textField({ label: labelKey('name'), maxLength: 120 }),
  nameEn: textField({ label: labelKey('nameEn'), maxLength: 120 }),
  address: textField({ label: labelKey('address'), maxLength: 240 }),
  registrationNumber: optional(textField({ label: labelKey('registrationNumber'), maxLength: 14 })),
  registeredFrom: optional(dateField(labelKey('registeredFrom'))),
  registeredTo: optional(dateField(labelKey('registeredTo'))),
  billingEmail: optional(textField({ label: labelKey('billingEmail'), maxLength: 254 })),
  billingLanguage: choiceField(labelKey('billingLanguage'), ['', 'ja', 'en']),
};

interface Typed {
  readonly registrationNumber: string | undefined;
  readonly registeredFrom: string | undefined;
  readonly registeredTo: string | undefined;
  readonly billingEmail: string | undefined;
  readonly billingLanguage: '' | 'ja' | 'en';
}

/** A field that was left empty says that there is none. */
function withoutBlanks<T extends Typed>(typed: T) {
  const {
    registrationNumber = null,
    registeredFrom = null,
    registeredTo = null,
    billingEmail = null,
  } = typed;
  const billingLanguage = typed.billingLanguage === '' ? null : typed.billingLanguage;
  return { ...typed, registrationNumber, registeredFrom, registeredTo, billingEmail, billingLanguage };
}

export const newCompanyForm = defineForm({
  name: 'billing.new-company-form',
  path: '/billing/companies/new',
  permission: 'companies:write',
  fields: { code: textField({ label: labelKey('code'), maxLength: 32 }), ...facts },
  submit: async (deps, { actor, input }) => createCompany(deps, actor, withoutBlanks(input)),
  done: ({ company, warning }) => ({
    to: companyHref(company.code),
    flash: warning ? 'billing.companies.created-look' : 'billing.companies.created',
  }),
  page: newCompanyPage,
});

export const editCompanyForm = defineForm({
  name: 'billing.edit-company-form',
  path: '/billing/companies/:company/edit',
  permission: 'companies:write',
  fields: { ...facts, validFrom: dateField(labelKey('validFrom')), seen: seenField },
  submit: async (deps, { actor, params: { company: companyCode = '' }, input: { seen, ...input } }) => {
    assertSeen(seen, await getCompany(deps, actor, companyCode));
    return editCompany(deps, actor, { companyCode, ...withoutBlanks(input) });
  },
  done: ({ company, change, warning }) => ({
    to: companyHref(company.code),
    flash: change
      ? 'billing.companies.change-planned'
      : warning
        ? 'billing.companies.edited-look'
        : 'billing.companies.edited',
  }),
  page: editCompanyPage,
});

export const companyStateForm = defineForm({
  name: 'billing.company-state-form',
  path: '/billing/companies/:company/state/:state',
  permission: 'companies:write',
  stepUp: true,
  fields: {},
  submit: (deps, { actor, params: { company: companyCode = '', state } }) =>
    changeCompanyState(deps, actor, { companyCode, state: stateOf(state) }),
  done: ({ code, state }) => ({ to: companyHref(code), flash: `billing.companies.is-${state}` }),
  page: companyStatePage,
});

export const withdrawChangeForm = defineForm({
  name: 'billing.withdraw-change-form',
  path: '/billing/companies/:company/changes/:change/withdraw',
  permission: 'companies:write',
  fields: {},
  submit: async (deps, { actor, params: { company: companyCode = '', change = '' } }) => {
    await withdrawPartyChange(deps, actor, { companyCode, change });
    return companyCode;
  },
  done: (code) => ({ to: companyHref(code), flash: 'billing.companies.withdrawn' }),
  page: withdrawChangePage,
});
