/**
 * The content of a settlement statement as plain data, which structured clone can send to a worker.
 * Amounts are yen (`bigint` minor units), dates and periods ISO strings, counts whole numbers.
 */
export interface Statement {
  readonly number: string;
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
  readonly fee: StatementFee;
  /** The set-up fee, taxed at the rate of the fee; zero in all months but one. */
  readonly setUp: { readonly exTaxMinor: bigint; readonly taxMinor: bigint };
  /** Further movements between billing and payout, such as uncollected amounts; signed. */
  readonly adjustments: readonly StatementAdjustment[];
  /** Balance carried from the month before; negative when the company owes it. */
  readonly carriedInMinor: bigint;
  /** Balance carried to the next month; negative when the company owes it, positive when it is too small to be paid out. */
  readonly carriedOutMinor: bigint;
  readonly payoutMinor: bigint;
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
  readonly branch: 'minimum' | 'percent' | 'band';
  /** Japanese sentences: which branch applied and the figures that decided it. */
  readonly reasons: readonly string[];
  readonly exTaxMinor: bigint;
  /** False for the exempt difference between an assigned claim and its price; then it is on no qualified invoice. */
  readonly taxable: boolean;
  readonly taxRateBps: number;
  readonly taxMinor: bigint;
}

export interface StatementAdjustment {
  readonly label: { readonly ja: string; readonly en: string };
  readonly amountMinor: bigint;
}

export interface StatementBankAccount {
  readonly bankName: string;
  readonly branchName: string;
  readonly accountType: 'ordinary' | 'current' | 'savings' | 'other';
  /** Printed with all but the last three digits masked. */
  readonly accountNumber: string;
  readonly holder: string;
}

/** One row of the appendix: a closing day × service × tax rate. */
export interface StatementDetail extends StatementTax {
  readonly closingDate: string;
  readonly serviceName: string;
  readonly lineCount: number;
  readonly itemCount: number;
  readonly totalMinor: bigint;
}
