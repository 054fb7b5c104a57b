import { proposeChange } from '../../../access/approvals/propose-change.ts';
import { bankAccountApproval } from '../../../bank-accounts/bank-account-approval.ts';
import { defineForm } from '../../kit/define-form.ts';
import { choiceField, textField } from '../../kit/form-fields.ts';
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
    bankCode: textField({ label: labelKey('bankCode'), maxLength: 4 }),
    bankName: textField({ label: labelKey('bankName'), maxLength: 60 }),
    branchCode: textField({ label: labelKey('branchCode'), maxLength: 3 }),
    branchName: textField({ label: labelKey('branchName'), maxLength: 60 }),
    accountType: choiceField(labelKey('accountType'), ['ordinary', 'current', 'savings', 'other']),
    accountNumber: textField({ label: labelKey('accountNumber'), maxLength: 7 }),
    accountHolder: textField({ label: labelKey('accountHolder'), maxLength: 60 }),
    reason: reasonField,
  },
  submit: async (deps, { actor, params: { company: companyCode = '' }, input: { reason, ...account } }) => {
    await proposeChange(deps, actor, bankAccountApproval, { input: { companyCode, ...account }, reason });
    return companyCode;
  },
  done: (code) => ({ to: companyHref(code, 'bank-accounts'), flash: 'billing.companies.proposed' }),
  page: newBankAccountPage,
});
