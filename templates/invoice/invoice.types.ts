import type { Currency, Locale } from '../../src/shared/money.ts';

/**
 * The content of a line invoice, of one tenure and billing period, as plain data. Amounts are minor units with tax included,
 * dates and periods ISO strings.
 */
export interface LineInvoice {
  readonly language: Locale;
  readonly currency: Currency;
  readonly number: string;
  /** The invoice that this one corrects and replaces. */
  readonly replaces: { readonly number: string; readonly issueDate: string } | null;
  readonly lineId: string;
  /** `YYYY-MM`: the month the period begins in. */
  readonly billingPeriod: string;
  readonly startsOn: string;
  readonly closesOn: string;
  readonly issueDate: string;
  readonly dueDate: string;
  readonly issuer: InvoiceIssuer;
  readonly recipient: InvoiceRecipient;
  readonly itemCount: number;
  readonly totalMinor: bigint;
  /** In the order in which they are printed; their totals add up to `totalMinor`. */
  readonly rateTotals: readonly InvoiceRateTotal[];
  /** Whether items of earlier periods are on it, which arrived after the close. */
  readonly hasLateItems: boolean;
  /** In the order of parts and supply dates; their amounts add up to the totals. */
  readonly items: AsyncIterable<InvoiceItem> | Iterable<InvoiceItem>;
}

/** The carrier, with its registration number when the period closed. */
export interface InvoiceIssuer {
  readonly name: string;
  readonly address: string;
  readonly registrationNumber: string;
  readonly contact: string;
}

export interface InvoiceRecipient {
  readonly name: string;
  /** Empty when the line master does not have it; a qualified invoice needs the name only. */
  readonly postalCode: string;
  readonly address: string;
}

/**
 * Who supplied: the carrier itself, a company that was registered on the supply date, for which the carrier issues the
 * qualified invoice, or one that was not, outside the qualified totals (domain.md section 5).
 */
export type InvoicePart = 'own' | 'registered' | 'unregistered';

export const invoiceParts: readonly InvoicePart[] = ['own', 'registered', 'unregistered'];

/** The tax rate on the day of supply. "8% standard" and "8% reduced" are two codes. */
export interface InvoiceTax {
  readonly taxCode: 'standard' | 'reduced';
  readonly taxRateBps: number;
}

/** Total of one rate; the included tax is rounded once on it. Without the right to state tax there is none. */
export interface InvoiceRateTotal extends InvoiceTax {
  readonly isQualified: boolean;
  readonly itemCount: number;
  readonly totalMinor: bigint;
  readonly taxMinor: bigint;
}

export interface InvoiceItem extends InvoiceTax {
  readonly part: InvoicePart;
  /** Of a refund, the day on which it was given back. */
  readonly suppliedOn: string;
  readonly company: string;
  readonly service: string;
  readonly description: string;
  /** Below zero for a refund. */
  readonly amountMinor: bigint;
  /** Of a refund, the day and billing period of the supply that it gives back; null for a supply. */
  readonly originalSuppliedOn: string | null;
  readonly originalPeriod: string | null;
}
