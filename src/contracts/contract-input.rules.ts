import { compileInputCheck, inputFields, invalidInput } from '../shared/check-input.ts';
import { MAX_AMOUNT_MINOR } from '../shared/money.ts';
import { findValidityFaults } from './contract.rules.ts';

export interface ContractTerms {
  readonly tariffCode: string;
  /** Who takes the loss when a line does not pay: the company (agency, 収納代行) or the carrier (assignment, 債権譲渡). */
  readonly legalModel: 'agency' | 'assignment';
  /** First of a month. */
  readonly validFrom: string;
  /** First of the month after the last; left out, the contract is open-ended. */
  readonly validTo?: string | null | undefined;
  readonly perChargeMaxMinor: bigint;
  readonly lateCharges: 'accept' | 'refuse';
  /** Days after which an authorization that was not captured expires. */
  readonly authorizationDays: number;
  /** The payout comes this many months after the billing period, on this day, moved to this side's bank day. */
  readonly payoutMonths: number;
  readonly payoutDay: number;
  readonly payoutBankDay: 'previous' | 'next';
}

export interface ContractInput extends ContractTerms {
  readonly companyCode: string;
}

const checkShape = compileInputCheck<ContractInput>({
  companyCode: { type: 'string' },
  tariffCode: inputFields.code,
  legalModel: { enum: ['agency', 'assignment'] },
  validFrom: inputFields.date,
  validTo: inputFields.optionalDate,
  lateCharges: { enum: ['accept', 'refuse'] },
  authorizationDays: { type: 'integer', minimum: 1, maximum: 90 },
  payoutMonths: { type: 'integer', minimum: 1, maximum: 6 },
  payoutDay: { type: 'integer', minimum: 1, maximum: 31 },
  payoutBankDay: { enum: ['previous', 'next'] },
});

/** Checks the terms of a contract, and returns nothing else of the input. @throws Problem `invalid-request` */
export function readContractTerms(input: ContractInput): ContractTerms & { readonly validTo: string | null } {
  checkShape(input);
  const { tariffCode, legalModel, validFrom, validTo = null, perChargeMaxMinor, lateCharges } = input;
  const { authorizationDays, payoutMonths, payoutDay, payoutBankDay } = input;
  const faults = findValidityFaults({ validFrom, validTo });
  if (perChargeMaxMinor < 1n || perChargeMaxMinor > MAX_AMOUNT_MINOR) {
    faults.push({ pointer: '/perChargeMaxMinor', message: `must be 1 to ${MAX_AMOUNT_MINOR}` });
  }
  if (faults.length > 0) throw invalidInput(faults);
  const selling = { perChargeMaxMinor, lateCharges, authorizationDays };
  const payout = { payoutMonths, payoutDay, payoutBankDay };
  return { tariffCode, legalModel, validFrom, validTo, ...selling, ...payout };
}
