import { compileInputCheck, inputFields, invalidInput } from '../shared/check-input.ts';
import { MAX_AMOUNT_MINOR } from '../shared/money.ts';
import type { FieldError } from '../shared/problem.ts';
import { findValidityFaults } from './contract.rules.ts';

/** Terms that every contract names. */
interface NamedTerms {
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

/** Terms that have a default (`defaultTerms`), so that an input may leave them out. */
export interface OptionalTerms {
  /** Whether a month is paid out once it is billed, or once it is collected: the latter with agency alone. */
  readonly settlementBasis: 'billed' | 'collected';
  /** Whether consumption tax comes on the fee: with agency always, with assignment if it is agreed. */
  readonly feeTaxable: boolean;
  /** 工事費, before tax, billed once with the first settlement. */
  readonly setUpFeeMinor: bigint;
  /** A smaller net is carried into the next month. */
  readonly minimumPayoutMinor: bigint;
  /** Who bears the fee of the bank transfer, and how much it is, tax included, where that is the company. */
  readonly feeBearer: 'carrier' | 'company';
  readonly transferFeeMinor: bigint;
  /** Days after its capture within which a charge may be refunded, and whether in part. */
  readonly refundDays: number;
  readonly partialRefunds: boolean;
  /** Whether the API takes signed requests of the company alone. */
  readonly signedRequests: boolean;
}

export type ContractTerms = NamedTerms & OptionalTerms;

export interface ContractInput extends NamedTerms, Partial<OptionalTerms> {
  readonly companyCode: string;
}

/** The longest time in which a charge may be refunded: as long as its documents are kept. */
const MAX_REFUND_DAYS = 3_650;

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

const checkOptionalTerms = compileInputCheck<OptionalTerms>({
  settlementBasis: { enum: ['billed', 'collected'] },
  feeTaxable: { type: 'boolean' },
  feeBearer: { enum: ['carrier', 'company'] },
  refundDays: { type: 'integer', minimum: 0, maximum: MAX_REFUND_DAYS },
  partialRefunds: { type: 'boolean' },
  signedRequests: { type: 'boolean' },
});

/**
 * What holds where a contract names nothing else (domain.md sections 4 and 6, and our decisions): the fee is taxed with
 * agency and exempt with assignment, the carrier bears the transfer, and a charge may be refunded for 60 days,
 * and requests need no signature.
 */
export function defaultTerms(legalModel: 'agency' | 'assignment'): OptionalTerms {
  return {
    settlementBasis: 'billed',
    feeTaxable: legalModel === 'agency',
    setUpFeeMinor: 0n,
    minimumPayoutMinor: 0n,
    feeBearer: 'carrier',
    transferFeeMinor: 0n,
    refundDays: 60,
    partialRefunds: true,
    signedRequests: false,
  };
}

/**
 * Checks the terms of a contract, and returns them with the defaults of what is left out, and nothing else of the input.
 * @throws Problem `invalid-request`
 */
export function readContractTerms(input: ContractInput): ContractTerms & { readonly validTo: string | null } {
  checkShape(input);
  const { tariffCode, legalModel, validFrom, validTo = null, perChargeMaxMinor, lateCharges } = input;
  const { authorizationDays, payoutMonths, payoutDay, payoutBankDay } = input;
  const money = readOptionalTerms(input);
  const faults = [...findValidityFaults({ validFrom, validTo }), ...findMoneyFaults(legalModel, money)];
  if (perChargeMaxMinor < 1n || perChargeMaxMinor > MAX_AMOUNT_MINOR) {
    faults.push({ pointer: '/perChargeMaxMinor', message: `must be 1 to ${MAX_AMOUNT_MINOR}` });
  }
  if (faults.length > 0) throw invalidInput(faults);
  const selling = { perChargeMaxMinor, lateCharges, authorizationDays };
  const payout = { payoutMonths, payoutDay, payoutBankDay };
  return { tariffCode, legalModel, validFrom, validTo, ...selling, ...payout, ...money };
}

function readOptionalTerms(input: ContractInput): OptionalTerms {
  const usual = defaultTerms(input.legalModel);
  const { settlementBasis = usual.settlementBasis, feeTaxable = usual.feeTaxable } = input;
  const { setUpFeeMinor = usual.setUpFeeMinor, minimumPayoutMinor = usual.minimumPayoutMinor } = input;
  const { feeBearer = usual.feeBearer, transferFeeMinor = usual.transferFeeMinor } = input;
  const { refundDays = usual.refundDays, partialRefunds = usual.partialRefunds } = input;
  const settling = { settlementBasis, feeTaxable, setUpFeeMinor, minimumPayoutMinor };
  const { signedRequests = usual.signedRequests } = input;
  const terms = { ...settling, feeBearer, transferFeeMinor, refundDays, partialRefunds, signedRequests };
  checkOptionalTerms(terms);
  return terms;
}

/** Terms that do not go together. */
function findMoneyFaults(legalModel: 'agency' | 'assignment', terms: OptionalTerms): FieldError[] {
  const faults: FieldError[] = [];
  for (const field of ['setUpFeeMinor', 'minimumPayoutMinor', 'transferFeeMinor'] as const) {
    if (terms[field] >= 0n && terms[field] <= MAX_AMOUNT_MINOR) continue;
    faults.push({ pointer: `/${field}`, message: `must be 0 to ${MAX_AMOUNT_MINOR}` });
  }
  if (terms.settlementBasis === 'collected' && legalModel !== 'agency') {
    faults.push({ pointer: '/settlementBasis', message: 'must be billed where the carrier bears the loss' });
  }
  if (!terms.feeTaxable && legalModel !== 'assignment') {
    faults.push({ pointer: '/feeTaxable', message: 'must be true: the fee of an agency is taxed' });
  }
  if (terms.feeBearer === 'carrier' && terms.transferFeeMinor > 0n) {
    faults.push({ pointer: '/transferFeeMinor', message: 'must be 0 where the carrier bears the transfer' });
  }
  return faults;
}
