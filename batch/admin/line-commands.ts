import { basename } from 'node:path';
import { recordAudit } from '../../src/database/record-audit.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { importLines } from '../../src/lines/import-lines.ts';
import { getLineMaster } from '../../src/lines/line.queries.ts';
import { writeClosingGroup } from '../../src/shared/calendar.rules.ts';
import type { Command } from './command.ts';

const SHOWN_ERRORS = 20;

export const lineCommands: readonly Command[] = [
  {
    noun: 'line',
    verb: 'show',
    summary: 'show a line, who holds it from when to when, and its issued IDs',
    options: { line: { describe: 'line ID', value: 'LINE', required: true } },
    example: '--line CAF0000000001',
    run: async (deps, given) => {
      const { line, tenures, subscribers } = await getLineMaster(deps, given.text('line'));
      const { lineId, closingGroup, status, monthlyLimitMinor, updatedAt } = line;
      return {
        item: {
          lineId,
          closingGroup: writeClosingGroup(closingGroup),
          status,
          monthlyLimitMinor,
          updatedAt,
          tenures: tenures.map(
            ({ validFrom, validTo, holder }) => `${validFrom} – ${validTo ?? 'open'}: ${holder}`,
          ),
          subscribers: subscribers.map((s) => `${s.issuedId} ${s.displayName} (${s.state})`),
        },
      };
    },
  },
  {
    noun: 'line',
    verb: 'import',
    summary: 'import a line master file (CSV, UTF-8); exit code 1 when rows of it were refused',
    options: {
      file: { describe: 'the file', value: 'FILE', required: true },
      errors: { describe: 'where every refused row is listed; FILE.errors.csv without it', value: 'FILE' },
    },
    example: '--file lines.csv',
    run: async (deps, given, { actor }) => {
      const source = given.text('file');
      const errorsPath = given.optional('errors') ?? `${source}.errors.csv`;
      const { errors, ...counts } = await importLines(deps, {
        source,
        fileName: basename(source),
        errorsPath,
      });
      await inTransaction(deps, (tx) =>
        recordAudit(tx, { actor, action: 'line.import', subject: 'line-master', facts: counts }),
      );
      const told = errors
        .slice(0, SHOWN_ERRORS)
        .map((e) => `row ${e.row} (line ${e.line}): ${e.code}: ${e.reason}`);
      if (counts.refused > told.length) told.push(`… and ${counts.refused - told.length} more`);
      if (counts.refused > 0) told.push(`All refused rows are listed in ${errorsPath}`);
      // A night that parks rows is done, and an alert tells of them; of a command only the exit code can tell a script.
      return { item: counts, notes: told, refusedPart: counts.refused > 0 };
    },
  },
];
