import { listReturnedPayouts } from '../../../payouts/payout-run.queries.ts';
import { getReturnedPayout, proposeCorrectedAccount } from '../../../payouts/propose-corrected-account.ts';
import { defineForm } from '../../kit/define-form.ts';
import { definePage } from '../../kit/define-page.ts';
import { choiceField, textField } from '../../kit/form-fields.ts';
import { template } from '../../kit/template.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
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

const label = (
  name: 'bankCode' | 'bankName' | 'branchCode' | 'branchName' | 'accountNumber' | 'accountHolder',
) => `billing.payouts.account-field.${name}` as const;

/** Proposes it; once another person has approved it, the payout is due again. */
export const correctForm = defineForm({
  name: 'billing.payout-correct-form',
  path: `${PAYOUTS}/returned/:id/account`,
  permission: 'bank-accounts:propose',
  stepUp: true,
  fields: {
    bankCode: textField({ label: label('bankCode'), maxLength: 4 }),
    bankName: textField({ label: label('bankName'), maxLength: 60 }),
    branchCode: textField({ label: label('branchCode'), maxLength: 3 }),
    branchName: textField({ label: label('branchName'), maxLength: 60 }),
    accountType: choiceField('billing.payouts.account-field.accountType', [
      'ordinary',
      'current',
      'savings',
      'other',
    ]),
    accountNumber: textField({ label: label('accountNumber'), maxLength: 7 }),
    accountHolder: textField({ label: label('accountHolder'), maxLength: 60 }),
    reason: textField({ label: 'billing.payouts.reason', maxLength: 300 }),
  },
  submit: (deps, { actor, params, input }) =>
    proposeCorrectedAccount(deps, actor, { payoutId: params['id'] ?? '', ...input }),
  done: () => ({ to: tabHref('returned'), flash: 'billing.payouts.correct.done' }),
  page: correctPage,
});
