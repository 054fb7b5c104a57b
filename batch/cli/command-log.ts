import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import pino, { type DestinationStream } from 'pino';
import type { Config } from '../../config/config.ts';

/** Below FILES_DIR: the log lines of commands that were typed at a terminal. */
const PLACE = ['log', 'commands.log'] as const;

/**
 * The destination of a command's log: standard error, where a log collector reads it. At a terminal the lines would
 * mix with the tables, so they are appended to `FILES_DIR/log/commands.log`, and only errors are also shown. If that
 * file cannot be written, standard error is used.
 */
export function openCommandLog(
  { filesDir }: Pick<Config, 'filesDir'>,
  { isTerminal }: { isTerminal: boolean },
): DestinationStream {
  const file = isTerminal ? findWritable(filesDir) : undefined;
  if (file === undefined) return standardError();
  return pino.multistream([
    { level: 'trace', stream: pino.destination({ dest: file, sync: true, append: true }) },
    { level: 'error', stream: standardError() },
  ]);
}

function standardError(): DestinationStream {
  return pino.destination({ dest: 2, sync: true });
}

function findWritable(filesDir: string): string | undefined {
  const file = join(filesDir, ...PLACE);
  try {
    mkdirSync(join(filesDir, PLACE[0]), { recursive: true });
    closeSync(openSync(file, 'a'));
    return file;
  } catch {
    return undefined;
  }
}
