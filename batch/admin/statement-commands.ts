import { recordAudit } from '../../src/access/audit/record-audit.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { exportStatementAgain } from '../../src/statements/export-statement-again.ts';
import type { Command } from './command.ts';

export const statementCommands: readonly Command[] = [
  {
    noun: 'statement',
    verb: 'export',
    summary: 'write an issued statement again, the same bytes, when the file was lost or spoilt',
    changes: true,
    options: {
      company: { describe: 'company code', value: 'CODE', required: true, field: 'companyCode' },
      period: { describe: 'billing period', value: 'YYYY-MM', required: true },
    },
    example: '--company shinonome --period 2026-05',
    run: async (deps, given, { actor }) => {
      const [companyCode, period] = [given.text('company'), given.month('period')];
      const exported = await exportStatementAgain(deps, { companyCode, period });
      const subject = `statement:${companyCode}/${period}`;
      await inTransaction(deps, (tx) =>
        recordAudit(tx, { actor, action: 'statement.export', subject, facts: exported }),
      );
      return { item: exported };
    },
  },
];
