import { getRuleTarget } from '../../../safeguards/safeguards-of-tenure.queries.ts';
import { setOwnLimit } from '../../../safeguards/set-own-limit.ts';
import { setPurchaseRule } from '../../../safeguards/set-purchase-rule.ts';
import { MAX_AMOUNT_MINOR } from '../../../shared/money.ts';
import { defineForm } from '../../kit/define-form.ts';
import { definePage } from '../../kit/define-page.ts';
import { choiceField, moneyField, optional, textField } from '../../kit/form-fields.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { reasonFields } from '../acts/reason.rules.ts';
import { lineHref } from '../support-links.rules.ts';
import { blocksView, limitsView } from './guards.view.rules.ts';
import { getTenureToSet, loadGuards, savedAt, subscriberOf, whomField } from './load-guards.ts';

const shared = { under: '/support', template: template<SectionsView>('kit/sections') };

/** The limits that are set for a line, and the form that sets one. */
export const limitsPage = definePage({
  ...shared,
  name: 'support.limits',
  path: '/support/lines/:line/limits',
  permission: 'limits:restrict',
  load: loadGuards,
  view: limitsView,
});

export const limitForm = defineForm({
  name: 'support.limit-form',
  path: '/support/lines/:line/limits',
  permission: 'limits:restrict',
  fields: {
    whom: whomField,
    kind: choiceField('support.guards.kind', ['monthly-limit', 'charge-limit']),
    amount: optional(moneyField('support.guards.amount', { max: MAX_AMOUNT_MINOR })),
    ...reasonFields,
  },
  submit: async (deps, { actor, params, input: { whom, kind, amount, ...reason } }) => {
    const { tenure } = await getTenureToSet(deps, { actor, params });
    const limit = { subscriberId: subscriberOf(whom), kind, limitMinor: amount ?? null };
    return { ...tenure, ...(await setOwnLimit(deps, actor, { ...limit, tenure, reason })) };
  },
  done: ({ lineId, ...set }) => savedAt(`${lineHref(lineId)}/limits`, set),
  page: limitsPage,
});

const code = { type: 'string', maxLength: 40 } as const;

/** The companies and services that are blocked for a line, and the form that blocks one or lifts it. */
export const blocksPage = definePage({
  ...shared,
  name: 'support.blocks',
  path: '/support/lines/:line/blocks',
  permission: 'limits:restrict',
  query: {
    type: 'object',
    properties: { company: code, service: code },
    additionalProperties: false,
  } as const,
  load: async (deps, asked) => ({ ...(await loadGuards(deps, asked)), typed: asked.query }),
  view: blocksView,
});

export const blockForm = defineForm({
  name: 'support.block-form',
  path: '/support/lines/:line/blocks',
  permission: 'limits:restrict',
  fields: {
    company: textField({ label: 'support.guards.company', maxLength: 40 }),
    service: optional(textField({ label: 'support.guards.service', maxLength: 40 })),
    whom: whomField,
    what: choiceField('support.guards.what', ['block', 'lift']),
    ...reasonFields,
  },
  submit: async (deps, { actor, params, input: { company, service, whom, what, ...reason } }) => {
    const { tenure } = await getTenureToSet(deps, { actor, params });
    const target = await getRuleTarget(deps, actor, { company, service });
    const rule = { kind: 'block', subscriberId: subscriberOf(whom), ...target } as const;
    const set = await setPurchaseRule(deps, actor, { ...rule, inForce: what === 'block', tenure, reason });
    return { ...tenure, ...set };
  },
  done: ({ lineId, ...set }) => savedAt(`${lineHref(lineId)}/blocks`, set),
  page: blocksPage,
});
