import type { Statement } from '../../templates/statement/statement.types.ts';
import { invoiceContent, setUpContent } from '../../templates/statement/wording.ts';
import { setUpInvoiceNumber } from '../../templates/statement/statement.rules.ts';
import type { ElectronicInvoice, InvoiceSupply } from './jp-pint.rules.ts';

export const feeInvoiceKinds = ['fee', 'set-up'] as const;

/** What the carrier invoices by a statement. */
export type FeeInvoiceKind = (typeof feeInvoiceKinds)[number];

/**
 * The carrier's invoices by a statement: one for the fee, exempt or not, under the number of the statement, and one for the set-up
 * fee under a number of its own. The tax of each is rounded once, as the settlement has it (domain.md section 1: the set-up fee has a floor
 * of its own); on one invoice of both, the tax of the rate would be a yen less than that of its sum in every second case, which
 * an invoice must not have. None of what is not supplied.
 *
 * A statement that names no invoice for its set-up fee was issued when both were on one, under its number: that invoice stays as it was
 * printed, with the taxes of both.
 */
export function describeFeeInvoices(
  statement: InvoicedStatement,
): Partial<Readonly<Record<FeeInvoiceKind, ElectronicInvoice>>> {
  const { fee, setUp, language } = statement;
  const ofFee = {
    ...fee,
    content: invoiceContent(statement),
    taxRateBps: fee.taxable ? fee.taxRateBps : null,
  };
  const ofSetUp = { ...setUp, content: setUpContent[language], taxRateBps: fee.taxRateBps };
  const supplied = [ofFee, ofSetUp].filter(({ exTaxMinor }) => exTaxMinor > 0n);
  if (setUp.exTaxMinor > 0n && setUp.invoiceNumber === undefined)
    return { fee: { ...invoiceFor(statement, supplied, (number) => number), isRoundedApart: true } };
  return {
    ...(fee.exTaxMinor > 0n && { fee: invoiceFor(statement, [ofFee], (number) => number) }),
    ...(setUp.exTaxMinor > 0n && { 'set-up': invoiceFor(statement, [ofSetUp], setUpInvoiceNumber) }),
  };
}

/**
 * The invoices that there are by a statement of a settlement, without reading the statement: those of `describeFeeInvoices`.
 * `isApart`: the statement names an invoice of its own for the set-up fee.
 */
export function feeInvoicesOf(
  { feeExTaxMinor, setUpExTaxMinor }: { readonly feeExTaxMinor: bigint; readonly setUpExTaxMinor: bigint },
  isApart: boolean,
): FeeInvoiceKind[] {
  const isSetUp = setUpExTaxMinor > 0n;
  return [
    ...(feeExTaxMinor > 0n || (isSetUp && !isApart) ? (['fee'] as const) : []),
    ...(isSetUp && isApart ? (['set-up'] as const) : []),
  ];
}

/** What is known of a statement without its appendix. */
type InvoicedStatement = Omit<Statement, 'details'>;

function invoiceFor(
  statement: InvoicedStatement,
  supplies: readonly InvoiceSupply[],
  numberOf: (statementNumber: string) => string,
): ElectronicInvoice {
  const { replaces } = statement;
  return {
    number: numberOf(statement.number),
    issueDate: statement.issueDate,
    supplyFrom: statement.periodFrom,
    supplyTo: statement.periodTo,
    replaces: replaces && { ...replaces, number: numberOf(replaces.number) },
    note: settledBy[statement.language],
    supplier: statement.issuer,
    customer: statement.recipient,
    supplies: supplies.map(({ content, exTaxMinor, taxMinor, taxRateBps }) => ({
      content,
      exTaxMinor,
      taxMinor,
      taxRateBps,
    })),
  };
}

const settledBy = {
  ja: '本請求額は、貴社へのお支払額から差し引いて精算しています。',
  en: 'This amount is deducted from what we pay to you.',
} as const;
