import { basename } from 'node:path';
import { recordAudit } from '../../src/access/audit/record-audit.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import type { Deps } from '../../src/deps.ts';
import {
  ENCODING_NAMES,
  parseEncoding,
  type StatedEncoding,
} from '../../src/line-import/file-encoding.rules.ts';
import { countEffects, describeEffect } from '../../src/line-import/import-effects.ts';
import { importLines } from '../../src/line-import/import-lines.ts';
import { setLineLimit } from '../../src/lines/set-line-limit.ts';
import { getLineMaster } from '../../src/lines/line.queries.ts';
import { writeClosingGroup } from '../../src/shared/calendar.rules.ts';
import { UsageError } from '../usage-error.ts';
import type { Answer, Command, CommandContext, Given } from './command.ts';

const SHOWN = 20;

export const lineCommands: readonly Command[] = [
  {
    noun: 'line',
    verb: 'show',
    summary: 'show a line, who holds it from when to when, and its issued IDs',
    changes: false,
    reveals: { what: 'personal_data', of: { option: 'line', kind: 'line' } },
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
    verb: 'limit',
    summary: 'set what a line may spend in a billing period',
    changes: true,
    options: {
      line: { describe: 'line ID', value: 'LINE', required: true },
      amount: {
        describe:
          "yen (minor units of the currency), which lowers the carrier's limit and never raises it; or none",
        value: 'AMOUNT',
        required: true,
        field: 'limitMinor',
      },
    },
    example: '--line CAF0000000001 --amount 5000',
    run: async (deps, given, { actor }) => {
      const [lineId, limitMinor] = [given.text('line'), given.amountOrNone('amount')];
      await setLineLimit(deps, { lineId, limitMinor, actor });
      return { item: { line: lineId, limit: limitMinor } };
    },
  },
  {
    noun: 'line',
    verb: 'import',
    summary: 'import a line master file (CSV); exit code 1 when rows of it were refused',
    changes: true,
    options: {
      file: { describe: 'the file', value: 'FILE', required: true },
      encoding: {
        describe: `what it is written in: ${ENCODING_NAMES.join(', ')}; without it LINE_FILE_ENCODING, or UTF-8`,
        value: 'NAME',
      },
      'dry-run': { describe: 'show what it would do, what it would end before all; changes nothing' },
      errors: { describe: 'where every refused row is listed; FILE.errors.csv without it', value: 'FILE' },
    },
    example: '--file lines.csv --dry-run',
    run: importFile,
  },
];

async function importFile(deps: Deps, given: Given, { actor }: CommandContext): Promise<Answer> {
  const source = given.text('file');
  const dryRun = given.has('dry-run');
  const errorsPath = given.optional('errors') ?? (dryRun ? undefined : `${source}.errors.csv`);
  const encoding = readEncoding(given.optional('encoding')) ?? parseEncoding(deps.config.lineFileEncoding);
  const report = await importLines(deps, {
    source,
    fileName: basename(source),
    actor,
    encoding,
    dryRun,
    errorsPath,
  });
  const { errors, effects, effectCounts, ...counts } = report;
  if (!dryRun) {
    const facts = { ...counts, ...effectCounts };
    await inTransaction(deps, (tx) =>
      recordAudit(tx, { actor, action: 'line.import', subject: 'line-master', facts }),
    );
  }
  const notes = [
    ...(dryRun ? ['A dry run: nothing was written.'] : []),
    ...listSome(effects.map(describeEffect), countEffects(effectCounts)),
    ...listSome(
      errors.map((e) => `row ${e.row} (line ${e.line}): ${e.code}: ${e.reason}`),
      counts.refused,
    ),
  ];
  if (counts.refused > 0 && errorsPath !== undefined)
    notes.push(`All refused rows are listed in ${errorsPath}`);
  // A night that parks rows is done, and an alert tells of them; of a command only the exit code can tell a script.
  return {
    item: { ...counts, ...effectCounts },
    details: { errors, effects },
    notes,
    refusedPart: counts.refused > 0,
  };
}

function readEncoding(name: string | undefined): StatedEncoding {
  const encoding = name === undefined ? undefined : parseEncoding(name);
  if (name === undefined || encoding !== undefined) return encoding;
  throw new UsageError(`--encoding takes ${ENCODING_NAMES.join(', ')}, not ${name}`);
}

function listSome(lines: readonly string[], count: number): string[] {
  const shown = lines.slice(0, SHOWN);
  return count > shown.length ? [...shown, `… and ${count - shown.length} more`] : shown;
}
