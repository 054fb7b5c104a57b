import { getRuleTarget } from '../../../safeguards/safeguards-of-tenure.queries.ts';
import { setOnlyListed, setPurchaseRule } from '../../../safeguards/set-purchase-rule.ts';
import { invalidInput } from '../../../shared/check-input.ts';
import { defineForm } from '../../kit/define-form.ts';
import { definePage } from '../../kit/define-page.ts';
import { choiceField, optional, textField } from '../../kit/form-fields.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { reasonFields } from '../acts/reason.rules.ts';
import { lineHref } from '../support-links.rules.ts';
import { listedView } from './listed.view.rules.ts';
import { getTenureToSet, loadGuards, savedAt, whomField } from './load-guards.ts';

/** What an issued ID may buy from alone, and the form that changes it. */
export const listedPage = definePage({
  name: 'support.listed',
  path: '/support/lines/:line/listed',
  permission: 'limits:restrict',
  under: '/support',
  load: loadGuards,
  view: listedView,
  template: template<SectionsView>('kit/sections'),
});

export const listedForm = defineForm({
  name: 'support.listed-form',
  path: '/support/lines/:line/listed',
  permission: 'limits:restrict',
  fields: {
    whom: whomField,
    what: choiceField('support.listed.what', ['allow', 'remove', 'only-listed', 'anything']),
    company: optional(textField({ label: 'support.guards.company', maxLength: 40 })),
    service: optional(textField({ label: 'support.guards.service', maxLength: 40 })),
    ...reasonFields,
  },
  submit: async (deps, { actor, params, input: { whom, what, company, service, ...reason } }) => {
    const { tenure } = await getTenureToSet(deps, { actor, params });
    const set = { subscriberId: whom, tenure, reason };
    if (what === 'only-listed' || what === 'anything')
      return {
        ...tenure,
        ...(await setOnlyListed(deps, actor, { ...set, inForce: what === 'only-listed' })),
      };
    if (company === undefined) throw invalidInput([{ pointer: '/company', message: 'must name a company' }]);
    const target = await getRuleTarget(deps, actor, { company, service });
    const rule = { ...set, ...target, kind: 'allow', inForce: what === 'allow' } as const;
    return { ...tenure, ...(await setPurchaseRule(deps, actor, rule)) };
  },
  done: ({ lineId, ...set }) => savedAt(`${lineHref(lineId)}/listed`, set),
  page: listedPage,
});
