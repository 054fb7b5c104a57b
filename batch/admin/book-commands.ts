import { recordAudit } from '../../src/access/audit/record-audit.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { exportAgain } from '../../src/invoices/export-again.ts';
import { parseClosingGroup } from '../../src/shared/calendar.rules.ts';
import { UsageError } from '../usage-error.ts';
import type { Command } from './command.ts';

export const bookCommands: readonly Command[] = [
  {
    noun: 'books',
    verb: 'export',
    summary: 'write the invoice details of a closed period again, the same bytes, when the file was lost',
    changes: true,
    options: {
      period: { describe: 'billing period', value: 'YYYY-MM', required: true },
      group: { describe: 'closing group: 5, 10, 15, 20, 25 or end', value: 'GROUP', required: true },
    },
    example: '--period 2026-05 --group end',
    run: async (deps, given, { actor }) => {
      const closingGroup = parseClosingGroup(given.text('group'));
      if (closingGroup === undefined) throw new UsageError('--group takes 5, 10, 15, 20, 25 or end');
      const exported = await exportAgain(deps, { period: given.month('period'), closingGroup });
      const subject = `billing-period:${given.text('period')}/${given.text('group')}`;
      await inTransaction(deps, (tx) =>
        recordAudit(tx, { actor, action: 'books.export', subject, facts: exported }),
      );
      return { item: exported };
    },
  },
];
