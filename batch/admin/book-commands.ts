import { recordAudit } from '../../src/access/audit/record-audit.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { exportAgain } from '../../src/invoices/export-again.ts';
import { writeClosingGroup } from '../../src/shared/calendar.rules.ts';
import { defineCommand, type Command } from '../cli/command.ts';
import { closingGroup, month, required } from '../cli/options.ts';

export const bookCommands: readonly Command[] = [
  defineCommand({
    name: 'books export',
    summary: 'write the invoice details of a closed period again, the same bytes, when the file was lost',
    changes: true,
    options: {
      period: required(month, 'billing period'),
      group: required(closingGroup, 'closing group: 5, 10, 15, 20, 25 or end'),
    },
    example: '--period 2026-05 --group end',
    run: async (deps, { period, group }, { actor }) => {
      const exported = await exportAgain(deps, { period, closingGroup: group });
      const subject = `billing-period:${period}/${writeClosingGroup(group)}`;
      await inTransaction(deps, (tx) =>
        recordAudit(tx, { actor, action: 'books.export', subject, facts: exported }),
      );
      return { item: exported };
    },
  }),
];
