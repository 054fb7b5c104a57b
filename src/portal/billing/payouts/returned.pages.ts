import type { BankAccountTerms } from '../../../bank-accounts/bank-account.rules.ts';
import { listReturnedPayouts } from '../../../payouts/payout-run.queries.ts';
import { getReturnedPayout, proposeCorrectedAccount } from '../../../payouts/propose-corrected-account.ts';
import { defineForm } from '../../kit/define-form.ts';
import { definePage } from '../../kit/define-page.ts';
import { textField } from '../../kit/form-fields.ts';
import { template } from '../../kit/template.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { accountFields, readAccount } from '../account-fields.ts';
import { PAYOUTS, tabHref } from './payout-parts.rules.ts';
import { correctView, returnedView } from './returned.view.rules.ts';

/** What the bank returned. */
export const returnedPage = definePage({
  name: 'billing.payouts-returned',
  path: tabHref('returned'),
  permission: 'payouts:read',
  load: (deps, { actor }) => listReturnedPayouts(deps, actor),
  view: returnedView,
  template: template<SectionsView>('kit/sections'),
});

/** Another account for one of them. */
export const correctPage = definePage({
  name: 'billing.payout-correct',
  path: `${PAYOUTS}/returned/:id/account`,
  permission: 'bank-accounts:propose',
  load: (deps, { actor, params }) => getReturnedPayout(deps, actor, params['id'] ?? ''),
  view: correctView,
  template: template<SectionsView>('kit/sections'),
});

const label = (name: keyof BankAccountTerms) => `billing.payouts.account-field.${name}` as const;

/** Proposes it; once another person has approved it, the payout is due again. */
export const correctForm = defineForm({
  name: 'billing.payout-correct-form',
  path: `${PAYOUTS}/returned/:id/account`,
  permission: 'bank-accounts:propose',
  stepUp: true,
  fields: {
    ...accountFields(label),
    reason: textField({ label: 'billing.payouts.reason', maxLength: 300 }),
  },
  submit: (deps, { actor, params, input: { reason, ...typed } }) => {
    const account = readAccount(deps.config.currency, label, typed);
    return proposeCorrectedAccount(deps, actor, { payoutId: params['id'] ?? '', reason, ...account });
  },
  done: () => ({ to: tabHref('returned'), flash: 'billing.payouts.correct.done' }),
  page: correctPage,
});
