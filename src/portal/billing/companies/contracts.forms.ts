import { proposeChange } from '../../../access/approvals/propose-change.ts';
import { contractApproval, contractEndApproval } from '../../../contracts/contract-approvals.ts';
import { MAX_AMOUNT_MINOR } from '../../../shared/money.ts';
import { defineForm } from '../../kit/define-form.ts';
import {
  choiceField,
  countField,
  dateField,
  moneyField,
  optional,
  textField,
} from '../../kit/form-fields.ts';
import { companyHref } from './company-words.rules.ts';
import { endContractPage, newContractPage } from './contracts.pages.ts';
import { labelKey } from './form-words.rules.ts';

export const reasonField = textField({ label: labelKey('reason'), maxLength: 300 });

const money = { max: MAX_AMOUNT_MINOR };
const answer = ['true', 'false'] as const;

/** Proposes a contract: nothing changes until another person has approved it. */
export const newContractForm = defineForm({
  name: 'billing.new-contract-form',
  path: '/billing/companies/:company/contracts/new',
  permission: 'contracts:propose',
  stepUp: true,
  fields: {
    validFrom: dateField(labelKey('validFrom')),
    validTo: optional(dateField(labelKey('validTo'))),
    tariffCode: textField({ label: labelKey('tariffCode'), maxLength: 32 }),
    legalModel: choiceField(labelKey('legalModel'), ['agency', 'assignment']),
    settlementBasis: choiceField(labelKey('settlementBasis'), ['billed', 'collected']),
    feeTaxable: choiceField(labelKey('feeTaxable'), answer),
    setUpFeeMinor: moneyField(labelKey('setUpFeeMinor'), money),
    minimumPayoutMinor: moneyField(labelKey('minimumPayoutMinor'), money),
    feeBearer: choiceField(labelKey('feeBearer'), ['carrier', 'company']),
    transferFeeMinor: moneyField(labelKey('transferFeeMinor'), money),
    payoutMonths: countField(labelKey('payoutMonths'), { min: 1, max: 6 }),
    payoutDay: countField(labelKey('payoutDay'), { min: 1, max: 31 }),
    payoutBankDay: choiceField(labelKey('payoutBankDay'), ['previous', 'next']),
    perChargeMaxMinor: moneyField(labelKey('perChargeMaxMinor'), money),
    lateCharges: choiceField(labelKey('lateCharges'), ['accept', 'refuse']),
    authorizationDays: countField(labelKey('authorizationDays'), { min: 1, max: 90 }),
    refundDays: countField(labelKey('refundDays'), { min: 0, max: 3_650 }),
    partialRefunds: choiceField(labelKey('partialRefunds'), answer),
    signedRequests: choiceField(labelKey('signedRequests'), answer),
    reason: reasonField,
  },
  submit: async (deps, { actor, params: { company: companyCode = '' }, input: { reason, ...typed } }) => {
    const { feeTaxable, partialRefunds, signedRequests, ...terms } = typed;
    const flags = {
      feeTaxable: feeTaxable === 'true',
      partialRefunds: partialRefunds === 'true',
      signedRequests: signedRequests === 'true',
    };
    await proposeChange(deps, actor, contractApproval, {
      input: { companyCode, ...terms, ...flags },
      reason,
    });
    return companyCode;
  },
  done: (code) => ({ to: companyHref(code, 'contracts'), flash: 'billing.companies.proposed' }),
  page: newContractPage,
});

/** Proposes the day on which a contract ends. */
export const endContractForm = defineForm({
  name: 'billing.end-contract-form',
  path: '/billing/companies/:company/contracts/:from/end',
  permission: 'contracts:propose',
  stepUp: true,
  fields: { validTo: dateField(labelKey('validTo')), reason: reasonField },
  submit: async (deps, { actor, params: { company: companyCode = '', from: validFrom = '' }, input }) => {
    const { validTo, reason } = input;
    await proposeChange(deps, actor, contractEndApproval, {
      input: { companyCode, validFrom, validTo },
      reason,
    });
    return companyCode;
  },
  done: (code) => ({ to: companyHref(code, 'contracts'), flash: 'billing.companies.proposed' }),
  page: endContractPage,
});
