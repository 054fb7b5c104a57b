import type { Actor } from '../../../access/actor.ts';
import { getLineOverview } from '../../../limits/line-overview.queries.ts';
import {
  getCompanyToBlock,
  getSafeguardsOfTenure,
} from '../../../safeguards/safeguards-of-tenure.queries.ts';
import { setOwnLimit } from '../../../safeguards/set-own-limit.ts';
import { setPurchaseRule } from '../../../safeguards/set-purchase-rule.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import { MAX_AMOUNT_MINOR } from '../../../shared/money.ts';
import { Problem } from '../../../shared/problem.ts';
import { defineForm } from '../../kit/define-form.ts';
import { definePage, type PageRequest } from '../../kit/define-page.ts';
import { choiceField, countField, moneyField, optional, textField } from '../../kit/form-fields.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { reasonFields } from '../acts/reason.rules.ts';
import { requireLineId } from '../../../lines/search-lines.queries.ts';
import { lineHref } from '../support-links.rules.ts';
import { blocksView, limitsView } from './guards.view.rules.ts';

type Asked = Pick<PageRequest<unknown, Actor>, 'actor' | 'params'>;

/** Today's tenure of a line, whose settings are changed. @throws Problem `line-not-found`, also for a line that nobody holds */
async function getTenure(deps: ServiceDeps, { actor, params }: Asked) {
  const line = await getLineOverview(deps, actor, requireLineId(params['line']));
  const tenure = line.tenures.find(({ validTo }) => validTo === null || validTo > line.businessDate);
  if (!tenure || !line.limits) throw new Problem('line-not-found');
  return { line, tenure: { lineId: line.lineId, holderFrom: tenure.validFrom } };
}

async function loadGuards(deps: ServiceDeps, asked: Asked) {
  const { line, tenure } = await getTenure(deps, asked);
  return { line, guards: await getSafeguardsOfTenure(deps, asked.actor, tenure) };
}

export type LoadedGuards = Awaited<ReturnType<typeof loadGuards>>;

const shared = { under: '/support', load: loadGuards, template: template<SectionsView>('kit/sections') };

/** Whom a setting concerns: 0 is everybody on the line. */
const whom = countField('support.guards.whom', { min: 0, max: 4_294_967_295 });
const subscriberOf = (id: number) => (id === 0 ? null : id);

/** The limits that are set for a line, and the form that sets one. */
export const limitsPage = definePage({
  ...shared,
  name: 'support.limits',
  path: '/support/lines/:line/limits',
  permission: 'limits:restrict',
  view: limitsView,
});

export const limitForm = defineForm({
  name: 'support.limit-form',
  path: '/support/lines/:line/limits',
  permission: 'limits:restrict',
  fields: {
    whom,
    kind: choiceField('support.guards.kind', ['monthly-limit', 'charge-limit']),
    amount: optional(moneyField('support.guards.amount', { max: MAX_AMOUNT_MINOR })),
    ...reasonFields,
  },
  submit: async (deps, { actor, params, input: { whom: id, kind, amount, ...reason } }) => {
    const { tenure } = await getTenure(deps, { actor, params });
    const limit = { subscriberId: subscriberOf(id), kind, limitMinor: amount ?? null };
    return { ...tenure, ...(await setOwnLimit(deps, actor, { ...limit, tenure, reason })) };
  },
  done: ({ lineId, permitsMore }) => ({
    to: `${lineHref(lineId)}/limits`,
    flash: permitsMore ? 'support.guards.from-tomorrow' : 'support.guards.at-once',
  }),
  page: limitsPage,
});

/** The companies that are blocked for a line, and the form that blocks one or lifts it. */
export const blocksPage = definePage({
  ...shared,
  name: 'support.blocks',
  path: '/support/lines/:line/blocks',
  permission: 'limits:restrict',
  view: blocksView,
});

export const blockForm = defineForm({
  name: 'support.block-form',
  path: '/support/lines/:line/blocks',
  permission: 'limits:restrict',
  fields: {
    company: textField({ label: 'support.guards.company', maxLength: 40 }),
    whom,
    what: choiceField('support.guards.what', ['block', 'lift']),
    ...reasonFields,
  },
  submit: async (deps, { actor, params, input: { company, whom: id, what, ...reason } }) => {
    const { tenure } = await getTenure(deps, { actor, params });
    const companyId = await getCompanyToBlock(deps, actor, company);
    const rule = { kind: 'block', subscriberId: subscriberOf(id), companyId, serviceId: null } as const;
    const set = await setPurchaseRule(deps, actor, { ...rule, inForce: what === 'block', tenure, reason });
    return { ...tenure, ...set };
  },
  done: ({ lineId, permitsMore }) => ({
    to: `${lineHref(lineId)}/blocks`,
    flash: permitsMore ? 'support.guards.from-tomorrow' : 'support.guards.at-once',
  }),
  page: blocksPage,
});
