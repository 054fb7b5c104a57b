import { exportStatementAgain } from '../../src/statements/export-statement-again.ts';
import { defineCommand, type Command } from '../cli/command.ts';
import { month, required, text } from '../cli/options.ts';

export const statementCommands: readonly Command[] = [
  defineCommand({
    name: 'statement export',
    summary: 'write an issued statement again, byte for byte, if the file was lost or damaged',
    changes: true,
    options: {
      company: required(text('CODE'), 'company code', { field: 'companyCode' }),
      period: required(month, 'billing period'),
    },
    example: '--company shinonome --period 2026-05',
    run: async (deps, { company: companyCode, period }, { actor }) => {
      const exported = await exportStatementAgain(deps, actor, { companyCode, period });
      return { item: exported };
    },
  }),
];
