import type { Locale } from '../../src/shared/money.ts';

/**
 * The content of a settlement statement as plain data, which structured clone can send to a worker.
 * Amounts are yen (`bigint` minor units), dates and periods ISO strings, counts whole numbers.
 */
export interface Statement {
  readonly language: Locale;
  readonly number: string;
  /** A draft says so on every page: nobody has approved it, and it is no invoice. */
  readonly isDraft: boolean;
  /** The statement that this one corrects and replaces. */
  readonly replaces: { readonly number: string; readonly issueDate: string } | null;
  /** `YYYY-MM`: the month the six closing periods begin in. */
  readonly billingPeriod: string;
  /** First day and last closing day of the six groups together. */
  readonly periodFrom: string;
  readonly periodTo: string;
  /** Closing days in order, one per closing group. */
  readonly closingDates: readonly string[];
  readonly issueDate: string;
  readonly issuer: StatementIssuer;
  readonly recipient: StatementRecipient;
  readonly legalModel: 'agency' | 'assignment';
  readonly settlementBasis: 'billed' | 'collected';

  /** Billed to lines, tax included, before refunds: the sum of `settlementLines` and of the details. */
  readonly billedMinor: bigint;
  /** Zero or more; subtracted. `billedMinor − refundedMinor` is the base of the fee. */
  readonly refundedMinor: bigint;
  /** Distinct lines billed; less than the sum of `settlementLines` where a line bought in several services. */
  readonly lineCount: number;
  readonly itemCount: number;
  readonly settlementLines: readonly StatementLine[];
  readonly rateTotals: readonly StatementRateTotal[];
  /** What was given back in the period, by the period of the charges; adds up to `refundedMinor`. */
  readonly refunds: readonly StatementRefund[];
  /** Totals of `refunds` by rate, above zero, with the tax included. */
  readonly refundRates: readonly StatementRateTotal[];
  readonly fee: StatementFee;
  /** The set-up fee, taxed at the rate of the fee; zero in all months but one. */
  readonly setUp: StatementSetUp;
  /** What lines did not pay, and paid later: one row each for a kind and period of the charges. */
  readonly clawbacks: readonly StatementClawback[];
  /** Tax included; zero where the carrier bears it or nothing is transferred. */
  readonly transferFeeMinor: bigint;
  /** Further movements between billing and payout; signed. */
  readonly adjustments: readonly StatementAdjustment[];
  /** Balance carried from the month before; negative when the company owes it. */
  readonly carriedInMinor: bigint;
  /** Balance carried to the next month; negative when the company owes it, positive when it is too small to be paid out. */
  readonly carriedOutMinor: bigint;
  readonly payoutMinor: bigint;
  /** By the contract; below it a balance is carried. Zero for none. */
  readonly minimumPayoutMinor: bigint;
  /** A bank day, or null without a payout. */
  readonly payoutDate: string | null;
  readonly bankAccount: StatementBankAccount;

  /** Rows of the appendix in the order they are printed; their amounts add up to `billedMinor`. */
  readonly details: AsyncIterable<StatementDetail> | Iterable<StatementDetail>;
}

export interface StatementIssuer {
  readonly name: string;
  readonly postalCode: string;
  readonly address: string;
  /** `T` and thirteen digits. */
  readonly registrationNumber: string;
  readonly department: string;
  readonly phone: string;
  readonly email: string;
}

export interface StatementRecipient {
  readonly name: string;
  readonly code: string;
  readonly postalCode: string;
  readonly address: string;
  /** Null for a company that is not registered as an issuer of qualified invoices. */
  readonly registrationNumber: string | null;
}

/** The tax rate on the day of supply. "8% standard" and "8% reduced" are two codes. */
export interface StatementTax {
  readonly taxCode: 'standard' | 'reduced';
  readonly taxRateBps: number;
}

export interface StatementLine extends StatementTax {
  readonly serviceName: string;
  readonly lineCount: number;
  readonly itemCount: number;
  readonly totalMinor: bigint;
}

/** Total of one rate and the tax included in it, rounded once on that total (domain.md section 5). */
export interface StatementRateTotal extends StatementTax {
  readonly totalMinor: bigint;
  readonly taxMinor: bigint;
}

export interface StatementFee {
  readonly tariffName: string;
  readonly branch: 'minimum' | 'percent' | 'band' | 'items';
  /** Sentences in the language of the statement: which branch applied and the figures that decided it. */
  readonly reasons: readonly string[];
  readonly exTaxMinor: bigint;
  /** False for the exempt difference between an assigned claim and its price; then it is on no qualified invoice. */
  readonly taxable: boolean;
  readonly taxRateBps: number;
  readonly taxMinor: bigint;
}

export interface StatementSetUp {
  readonly exTaxMinor: bigint;
  readonly taxMinor: bigint;
  /** Of its own qualified invoice; none on statements of older releases, which do not name it. */
  readonly invoiceNumber?: string | undefined;
}

/** Refunds of charges of one period and tax rate, given back between two days. */
export interface StatementRefund extends StatementTax {
  /** `YYYY-MM`: the billing period of the charges. */
  readonly originalPeriod: string;
  readonly returnedFrom: string;
  readonly returnedTo: string;
  /** On a line invoice, or by bank where there is none any more. */
  readonly way: 'invoice' | 'bank';
  readonly itemCount: number;
  /** Above zero, tax included. */
  readonly totalMinor: bigint;
}

export interface StatementClawback {
  readonly kind: 'clawback' | 'recovery';
  readonly originalPeriod: string;
  /** Above zero. */
  readonly amountMinor: bigint;
}

export interface StatementAdjustment {
  readonly label: { readonly ja: string; readonly en: string };
  readonly amountMinor: bigint;
}

export interface StatementBankAccount {
  readonly bankName: string;
  readonly branchName: string;
  readonly accountType: 'ordinary' | 'current' | 'savings' | 'other' | '';
  /** Printed with all but the last three digits masked. */
  readonly accountNumber: string;
  readonly holder: string;
  /** Of an account in the euro area, whose bank, branch and number are empty; printed with its country and its last four characters. */
  readonly iban?: string;
  /** Empty where the bank finds it by the IBAN. */
  readonly bic?: string;
}

/** One row of the appendix: a closing day × service × tax rate. */
export interface StatementDetail extends StatementTax {
  readonly closingDate: string;
  readonly serviceName: string;
  readonly lineCount: number;
  readonly itemCount: number;
  readonly totalMinor: bigint;
}
