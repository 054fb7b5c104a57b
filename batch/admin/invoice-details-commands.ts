import { exportAgain } from '../../src/invoices/export-again.ts';
import { defineCommand, type Command } from '../cli/command.ts';
import { closingGroup, month, required } from '../cli/options.ts';

export const invoiceDetailsCommands: readonly Command[] = [
  defineCommand({
    name: 'invoice-details export',
    summary: 'write the invoice details of a closed period again, byte for byte, if the file was lost',
    changes: true,
    options: {
      period: required(month, 'billing period'),
      group: required(closingGroup, 'closing group: 5, 10, 15, 20, 25 or end'),
    },
    example: '--period 2026-05 --group end',
    run: async (deps, { period, group }, { actor }) => {
      const exported = await exportAgain(deps, actor, { period, closingGroup: group });
      return { item: exported };
    },
  }),
];
