import type { Currency, Locale } from '../../src/shared/money.ts';

/** The content of the record of one purchase as plain data. Amounts are minor units with tax included. */
export interface Receipt {
  readonly language: Locale;
  readonly currency: Currency;
  /** The public identifier of the charge. */
  readonly number: string;
  /** When it was confirmed or charged, in local time: `2026-05-01 12:34`. */
  readonly boughtAt: string;
  /** `reserved`: confirmed, and charged when the seller delivers. */
  readonly state: 'charged' | 'reserved';
  readonly description: string;
  readonly kind: 'one_time' | 'monthly' | 'usage';
  readonly amountMinor: bigint;
  /** What was given back of it when the record was written, and when last. */
  readonly refunded: { readonly amountMinor: bigint; readonly lastOn: string } | undefined;
  /** The supply date decides the rate; a reserved purchase has none yet. */
  readonly tax: ReceiptTax | undefined;
  readonly seller: ReceiptSeller;
  readonly buyer: ReceiptBuyer;
  /** None for purchases that were not confirmed on the carrier's page. */
  readonly confirmation: ReceiptConfirmation | undefined;
  /** None before it is charged. */
  readonly invoice: ReceiptInvoice | undefined;
  readonly carrier: {
    readonly name: string;
    readonly address: string;
    readonly contact: string;
  };
}

interface ReceiptTax {
  readonly taxCode: 'standard' | 'reduced';
  readonly taxRateBps: number;
  readonly suppliedOn: string;
  readonly taxMinor: bigint;
}

interface ReceiptSeller {
  readonly name: string;
  readonly service: string;
  readonly address: string;
  /** Empty when it is not known. */
  readonly telephone: string;
  /** Null for a seller that was not registered on the supply date. */
  readonly registrationNumber: string | null;
}

interface ReceiptBuyer {
  readonly name: string;
  /** Without its middle: enough to recognise it. */
  readonly issuedId: string;
  readonly lineId: string;
}

interface ReceiptConfirmation {
  /** The purchase itself, or the subscription or consent that it was charged under. */
  readonly subject: 'charge' | 'subscription' | 'consent';
  readonly confirmedAt: string;
  readonly provenBy: 'password' | 'passkey';
  /** Without its last part. */
  readonly address: string;
}

interface ReceiptInvoice {
  readonly billingPeriod: string;
  /** Null until the period has closed. */
  readonly number: string | null;
  readonly dueDate: string;
}
