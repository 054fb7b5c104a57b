import { join } from 'node:path';
import { correctStatement } from '../../src/statements/correct-statement.ts';
import { drawDraftStatement } from '../../src/statements/draw-draft-statement.ts';
import { exportFeeInvoice } from '../../src/statements/export-fee-invoice.ts';
import { exportStatementAgain } from '../../src/statements/export-statement-again.ts';
import { feeInvoiceKinds } from '../../src/statements/fee-invoices.rules.ts';
import { writeDurably } from '../../src/shared/durable-file.ts';
import { defineCommand, type Command } from '../cli/command.ts';
import { month, oneOf, optional, required, text, wholeNumber } from '../cli/options.ts';

export const statementCommands: readonly Command[] = [
  defineCommand({
    name: 'statement export',
    summary: 'write an issued statement again, byte for byte, if the file was lost or damaged',
    changes: true,
    options: {
      company: required(text('CODE'), 'company code', { field: 'companyCode' }),
      period: required(month, 'billing period'),
      revision: optional(
        wholeNumber('N', { from: 2, to: 99 }),
        'of a corrected statement: 2 for the first correction',
      ),
    },
    example: '--company shinonome --period 2026-05',
    run: async (deps, { company: companyCode, period, revision }, { actor }) => {
      const exported = await exportStatementAgain(deps, actor, { companyCode, period, revision });
      return { item: exported };
    },
  }),
  defineCommand({
    name: 'statement draft',
    summary: 'write what the statement of a draft would say, marked as a draft on every page',
    changes: false,
    options: {
      company: required(text('CODE'), 'company code', { field: 'companyCode' }),
      period: required(month, 'billing period'),
    },
    example: '--company shinonome --period 2026-05',
    run: async (deps, { company: companyCode, period }, { actor }) => ({
      item: await drawDraftStatement(deps, actor, { companyCode, period }),
    }),
  }),
  defineCommand({
    name: 'statement e-invoice',
    summary:
      'write the fee of an issued statement, or its set-up fee, as an electronic invoice (JP PINT, UBL 2.1 XML)',
    changes: false,
    options: {
      company: required(text('CODE'), 'company code', { field: 'companyCode' }),
      period: required(month, 'billing period'),
      revision: optional(
        wholeNumber('N', { from: 2, to: 99 }),
        'of a corrected statement: 2 for the first correction',
      ),
      of: optional(
        oneOf('WHAT', feeInvoiceKinds),
        'the set-up fee has an invoice of its own; the fee by default',
      ),
    },
    example: '--company shinonome --period 2026-05',
    run: async (deps, { company: companyCode, period, ...which }, { actor }) => {
      const { name, xml } = await exportFeeInvoice(deps, actor, { companyCode, period, ...which });
      const path = join(deps.config.filesDir, 'e-invoices', name);
      return { item: { path, checksum: await writeDurably(path, piece(xml)) } };
    },
  }),
  defineCommand({
    name: 'statement correct',
    summary: 'replace an issued statement that names the company or its services wrongly; figures stay',
    changes: true,
    options: {
      company: required(text('CODE'), 'company code', { field: 'companyCode' }),
      period: required(month, 'billing period'),
      reason: required(text('TEXT'), 'why, for the record'),
    },
    example: '--company shinonome --period 2026-05 --reason "the address was misspelt"',
    run: async (deps, { company: companyCode, period, reason }, { actor }) => ({
      item: await correctStatement(deps, actor, { companyCode, period, reason }),
    }),
  }),
];

// oxlint-disable-next-line require-await -- the whole text is at hand
async function* piece(text: string): AsyncGenerator<string> {
  yield text;
}
