import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { openJournal } from '../../src/records/open-journal.ts';
import { hashFile, replaceDurably } from '../../src/shared/durable-file.ts';
import { defineCommand, type Command } from '../cli/command.ts';
import { date, required } from '../cli/options.ts';

export const journalCommands: readonly Command[] = [
  defineCommand({
    name: 'journal export',
    summary: 'write the ledger as a journal in the accounts of the bookkeeper (CSV), summed by day',
    changes: false,
    options: {
      from: required(date, 'first business date'),
      to: required(date, 'last business date, a year later at most'),
    },
    example: '--from 2026-05-01 --to 2026-05-31',
    run: async (deps, { from, to }, { actor }) => {
      const { filename, body } = await openJournal(deps, actor, { from, to, language: 'ja' });
      const path = join(deps.config.filesDir, 'journals', filename);
      // An export again replaces the file, and a broken one leaves the former.
      await replaceDurably(path, (unfinished) =>
        pipeline(Readable.from(body), createWriteStream(unfinished, { flags: 'wx', flush: true })),
      );
      return { item: { path, checksum: await hashFile(path) } };
    },
  }),
];
