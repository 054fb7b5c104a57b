import { correctLineInvoice } from '../../src/invoices/correct-line-invoice.ts';
import { exportCorrectedInvoice } from '../../src/invoices/export-corrected-invoice.ts';
import { defineCommand, type Command } from '../cli/command.ts';
import { required, text } from '../cli/options.ts';

export const invoiceCommands: readonly Command[] = [
  defineCommand({
    name: 'invoice correct',
    summary: 'replace a line invoice that names its holder, companies or registrations wrongly; amounts stay',
    changes: true,
    options: {
      number: required(text('NUMBER'), 'the invoice, by any of its numbers'),
      reason: required(text('TEXT'), 'why, for the record'),
    },
    example: '--number 202605-31-0000001 --reason "the registration was entered too late"',
    run: async (deps, { number, reason }, { actor }) => ({
      item: await correctLineInvoice(deps, actor, { number, reason }),
    }),
  }),
  defineCommand({
    name: 'invoice export',
    summary: 'write a corrected line invoice again, byte for byte, if the file was lost or damaged',
    changes: true,
    options: { number: required(text('NUMBER'), 'the correction, by its own number') },
    example: '--number 202605-31-0000001-2',
    run: async (deps, { number }, { actor }) => ({
      item: await exportCorrectedInvoice(deps, actor, { number }),
    }),
  }),
];
