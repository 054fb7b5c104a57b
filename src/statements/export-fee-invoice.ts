import type { Statement } from '../../templates/statement/statement.types.ts';
import { invoiceContent, setUpContent } from '../../templates/statement/wording.ts';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { getIssued, getIssuedStatement } from './issued-statement.queries.ts';
import { writeJpPintInvoice, type ElectronicInvoice } from './jp-pint.rules.ts';

interface FeeInvoiceToExport {
  readonly companyCode: string;
  readonly period: string;
  /** 2 for the first correction of the statement; the statement itself by default. */
  readonly revision?: number | undefined;
}

/**
 * The carrier's invoice to a company for its fee, as the issued statement has it, in JP PINT (UBL 2.1 XML, UTF-8).
 * @throws Problem `illegal-state` when no statement was issued, or the carrier supplied nothing in that month.
 */
export async function exportFeeInvoice(
  deps: Deps,
  actor: Actor,
  { companyCode, period, revision = 1 }: FeeInvoiceToExport,
): Promise<{ readonly name: string; readonly xml: string }> {
  authorize(actor, 'settlements:read');
  const issued = await getIssued(deps, { companyCode, period });
  const { statement } = await getIssuedStatement(deps, issued, revision);
  const invoice = describeFeeInvoice(statement);
  if (invoice.supplies.length === 0) {
    const detail = `${statement.number} has neither a fee nor a set-up fee: there is nothing to invoice.`;
    throw new Problem('illegal-state', { detail });
  }
  return {
    name: `${companyCode}-${period}${revision === 1 ? '' : `-${revision}`}.xml`,
    xml: writeJpPintInvoice(invoice),
  };
}

/** What the carrier supplied to a company by a statement: the fee, exempt or not, and the set-up fee. */
export function describeFeeInvoice(statement: Statement): ElectronicInvoice {
  const { fee, setUp, language } = statement;
  const { taxRateBps } = fee;
  return {
    number: statement.number,
    issueDate: statement.issueDate,
    supplyFrom: statement.periodFrom,
    supplyTo: statement.periodTo,
    replaces: statement.replaces,
    note: settledBy[language],
    supplier: statement.issuer,
    customer: statement.recipient,
    supplies: [
      { ...fee, content: invoiceContent(statement), taxRateBps: fee.taxable ? taxRateBps : null },
      { ...setUp, content: setUpContent[language], taxRateBps },
    ].filter(({ exTaxMinor }) => exTaxMinor > 0n),
  };
}

const settledBy = {
  ja: '本請求額は、貴社へのお支払額から差し引いて精算しています。',
  en: 'This amount is deducted from what we pay to you.',
} as const;
