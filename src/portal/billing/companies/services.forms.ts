import { changeServiceState } from '../../../companies/change-service-state.ts';
import { getService } from '../../../companies/company.queries.ts';
import { createService } from '../../../companies/create-service.ts';
import { editService } from '../../../companies/edit-service.ts';
import { platforms } from '../../../companies/seller-terms.rules.ts';
import { defineForm } from '../../kit/define-form.ts';
import { choiceField, dateField, optional, textField } from '../../kit/form-fields.ts';
import { stateOf } from './companies.pages.ts';
import { serviceHref } from './company-words.rules.ts';
import { labelKey } from './form-words.rules.ts';
import { assertSeen, seenField } from './seen.rules.ts';
import { editServicePage, newServicePage, serviceStatePage } from './services.pages.ts';

const names = {
  name: textField({ label: labelKey('name'), maxLength: 120 }),
  nameEn: textField({ label: labelKey('nameEn'), maxLength: 120 }),
};

/** All of them or none: the use case says which are missing. */
const terms = {
  paidFor: optional(textField({ label: labelKey('paidFor'), maxLength: 120 })),
  paidForEn: optional(textField({ label: labelKey('paidForEn'), maxLength: 120 })),
  delivery: optional(textField({ label: labelKey('delivery'), maxLength: 400 })),
  deliveryEn: optional(textField({ label: labelKey('deliveryEn'), maxLength: 400 })),
  cancellation: optional(textField({ label: labelKey('cancellation'), maxLength: 800 })),
  cancellationEn: optional(textField({ label: labelKey('cancellationEn'), maxLength: 800 })),
  sellerAddress: optional(textField({ label: labelKey('sellerAddress'), maxLength: 240 })),
  sellerAddressEn: optional(textField({ label: labelKey('sellerAddressEn'), maxLength: 240 })),
  sellerTelephone: optional(textField({ label: labelKey('sellerTelephone'), maxLength: 20 })),
  contactEmail: optional(textField({ label: labelKey('contactEmail'), maxLength: 254 })),
  platform: optional(choiceField(labelKey('platform'), platforms)),
  listedFrom: optional(dateField(labelKey('listedFrom'))),
};

export const newServiceForm = defineForm({
  name: 'billing.new-service-form',
  path: '/billing/companies/:company/services/new',
  permission: 'services:write',
  fields: {
    code: textField({ label: labelKey('code'), maxLength: 32 }),
    ...names,
    siteOrigin: textField({ label: labelKey('siteOrigin'), maxLength: 255 }),
    ...terms,
  },
  submit: async (deps, { actor, params: { company: companyCode = '' }, input }) => {
    const { code } = await createService(deps, actor, { companyCode, ...input });
    return serviceHref(companyCode, code);
  },
  done: (to) => ({ to, flash: 'billing.companies.service-created' }),
  page: newServicePage,
});

export const editServiceForm = defineForm({
  name: 'billing.edit-service-form',
  path: '/billing/companies/:company/services/:service/edit',
  permission: 'services:write',
  fields: {
    ...names,
    siteOrigins: textField({ label: labelKey('siteOrigins'), maxLength: 2_600, isMultiline: true }),
    ...terms,
    validFrom: dateField(labelKey('validFrom')),
    seen: seenField,
  },
  submit: async (deps, { actor, params, input: { seen, siteOrigins, listedFrom, ...input } }) => {
    const key = { companyCode: params['company'] ?? '', code: params['service'] ?? '' };
    const service = await getService(deps, actor, key);
    assertSeen(seen, service);
    const origins = siteOrigins.split('\n').map((line) => line.trim());
    // Without a day it is planned, for a service that is listed; one without texts has none of them.
    const listed = input.platform === undefined ? {} : { listedFrom: listedFrom ?? null };
    const sites = origins.filter((origin) => origin !== '');
    const { change } = await editService(deps, actor, { ...key, ...input, ...listed, siteOrigins: sites });
    return { to: serviceHref(key.companyCode, key.code), isPlanned: change !== undefined };
  },
  done: ({ to, isPlanned }) => ({
    to,
    flash: isPlanned ? 'billing.companies.change-planned' : 'billing.companies.edited',
  }),
  page: editServicePage,
});

export const serviceStateForm = defineForm({
  name: 'billing.service-state-form',
  path: '/billing/companies/:company/services/:service/state/:state',
  permission: 'services:write',
  stepUp: true,
  fields: {},
  submit: async (deps, { actor, params: { company: companyCode = '', service: code = '', state } }) => {
    const changed = await changeServiceState(deps, actor, { companyCode, code, state: stateOf(state) });
    return { to: serviceHref(companyCode, code), state: changed.state };
  },
  done: ({ to, state }) => ({ to, flash: `billing.companies.service-is-${state}` }),
  page: serviceStatePage,
});
