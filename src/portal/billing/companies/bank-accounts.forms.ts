import { proposeChange } from '../../../access/approvals/propose-change.ts';
import { bankAccountApproval } from '../../../bank-accounts/bank-account-approval.ts';
import { defineForm } from '../../kit/define-form.ts';
import { accountFields, readAccount } from '../account-fields.ts';
import { newBankAccountPage } from './bank-accounts.pages.ts';
import { companyHref } from './company-words.rules.ts';
import { reasonField } from './contracts.forms.ts';
import { labelKey } from './form-words.rules.ts';

/** Proposes an account, the first one too: no page enters one by the word of one person. */
export const newBankAccountForm = defineForm({
  name: 'billing.new-bank-account-form',
  path: '/billing/companies/:company/bank-accounts/new',
  permission: 'bank-accounts:propose',
  stepUp: true,
  fields: {
    ...accountFields(labelKey),
    reason: reasonField,
  },
  submit: async (deps, { actor, params: { company: companyCode = '' }, input: { reason, ...typed } }) => {
    const account = readAccount(deps.config.currency, labelKey, typed);
    await proposeChange(deps, actor, bankAccountApproval, { input: { companyCode, ...account }, reason });
    return companyCode;
  },
  done: (code) => ({ to: companyHref(code, 'bank-accounts'), flash: 'billing.companies.proposed' }),
  page: newBankAccountPage,
});
