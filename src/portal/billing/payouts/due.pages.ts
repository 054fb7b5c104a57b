import { findCompanyNames } from '../../../companies/company-names.queries.ts';
import type { Actor } from '../../../access/actor.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import { listDuePayouts } from '../../../payouts/list-due-payouts.ts';
import { preparePayouts } from '../../../payouts/prepare-payouts.ts';
import { defineForm } from '../../kit/define-form.ts';
import { definePage } from '../../kit/define-page.ts';
import { choiceField, dateField, optional } from '../../kit/form-fields.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { dueView, prepareView } from './due.view.rules.ts';
import { PAYOUTS, runHref, tabHref } from './payout-parts.rules.ts';

async function loadDue(deps: ServiceDeps, actor: Actor) {
  const due = await listDuePayouts(deps, actor);
  const names = await findCompanyNames(
    deps,
    due.map(({ company }) => company),
  );
  return { due, names };
}

/** What is due, by day. */
export const duePage = definePage({
  name: 'billing.payouts',
  path: PAYOUTS,
  permission: 'payouts:read',
  nav: navIn('payouts', 'billing.payouts.nav'),
  load: (deps, { actor }) => loadDue(deps, actor),
  view: dueView,
  template: template<SectionsView>('kit/sections'),
});

/** Shows what the runs will have before they are prepared. */
export const preparePage = definePage({
  name: 'billing.payout-prepare',
  path: `${PAYOUTS}/prepare`,
  permission: 'payouts:propose',
  load: (deps, { actor }) => listDuePayouts(deps, actor),
  view: prepareView,
  template: template<SectionsView>('kit/sections'),
});

/** Prepares a run per day; nothing is sent. */
export const prepareForm = defineForm({
  name: 'billing.payout-prepare-form',
  path: `${PAYOUTS}/prepare`,
  permission: 'payouts:propose',
  fields: {
    payOn: optional(dateField('billing.payouts.prepare.day')),
    again: choiceField('billing.payouts.prepare.again', ['correct', 'same']),
  },
  submit: (deps, { actor, input: { payOn, again } }) =>
    preparePayouts(deps, actor, { payOn, sameAccount: again === 'same' }),
  done: ({ runs, left }) => ({
    to: runs.length === 1 ? runHref(runs[0]!) : tabHref('runs'),
    flash: runs.length === 0 ? 'billing.payouts.prepare.none' : 'billing.payouts.prepare.done',
    facts: { count: runs.length, left: left.length },
  }),
  page: preparePage,
});
