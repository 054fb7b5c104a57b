import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { describeFeeInvoices, type FeeInvoiceKind } from './fee-invoices.rules.ts';
import { getIssued, getIssuedStatement } from './issued-statement.queries.ts';
import { writeJpPintInvoice } from './jp-pint.rules.ts';

export interface FeeInvoiceToExport {
  readonly companyCode: string;
  readonly period: string;
  /** 2 for the first correction of the statement; the statement itself by default. */
  readonly revision?: number | undefined;
  /** The set-up fee is on an invoice of its own; the fee by default. */
  readonly of?: FeeInvoiceKind | undefined;
}

/**
 * The carrier's invoice to a company for its fee, or for its set-up fee, as the issued statement has it, in JP PINT (UBL 2.1 XML,
 * UTF-8).
 * @throws Problem `illegal-state` when no statement was issued, or the carrier supplied nothing of that kind in that month.
 */
export async function exportFeeInvoice(
  deps: Deps,
  actor: Actor,
  input: FeeInvoiceToExport,
): Promise<FeeInvoiceFile> {
  authorize(actor, 'settlements:read');
  return await writeFeeInvoice(deps, input);
}

interface FeeInvoiceFile {
  readonly name: string;
  readonly xml: string;
}

/** The same invoice for who was allowed to read the statement. @throws Problem `illegal-state`, as `exportFeeInvoice` */
export async function writeFeeInvoice(
  deps: Deps,
  { companyCode, period, revision = 1, of = 'fee' }: FeeInvoiceToExport,
): Promise<FeeInvoiceFile> {
  const issued = await getIssued(deps, { companyCode, period });
  const { statement } = await getIssuedStatement(deps, issued, revision);
  const invoice = describeFeeInvoices(statement)[of];
  if (!invoice) {
    const detail = `${statement.number} has no ${of === 'fee' ? 'fee' : 'set-up fee'}: there is nothing to invoice.`;
    throw new Problem('illegal-state', { detail });
  }
  const suffix = `${revision === 1 ? '' : `-${revision}`}${of === 'fee' ? '' : `-${of}`}`;
  return { name: `${companyCode}-${period}${suffix}.xml`, xml: writeJpPintInvoice(invoice) };
}
