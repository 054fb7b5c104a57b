import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { text as readAll } from 'node:stream/consumers';
import { Writable } from 'node:stream';
import { UsageError } from './usage-error.ts';

/** The environment variable that a script gives a code in. It is never an argument: those show in the list of processes. */
export const CODE_VARIABLE = 'TABANE_TOTP_CODE';

/** Where a command line gets the code of an authenticator app from; tests pass their own. */
export interface CodeSource {
  /** The value of `TABANE_TOTP_CODE`. */
  readonly fromEnvironment: string | undefined;
  /** The content of a file; `-` is the standard input. */
  readFile(path: string): Promise<string>;
  /** Asks at the terminal, without showing what is typed; undefined when nobody sits there. */
  readonly ask: (() => Promise<string>) | undefined;
}

export const processCodes: CodeSource = {
  fromEnvironment: process.env[CODE_VARIABLE],
  readFile: (path) => (path === '-' ? readAll(process.stdin) : readFile(path, 'utf8')),
  ask: process.stdin.isTTY ? () => askHidden('Code of your authenticator app: ') : undefined,
};

const noCodes: CodeSource = {
  fromEnvironment: undefined,
  readFile: (path) => readFile(path, 'utf8'),
  ask: undefined,
};

/** @throws UsageError when there is no way to get a code */
export async function readCode(
  source: CodeSource | undefined,
  codeFile: string | undefined,
): Promise<string> {
  const { fromEnvironment, ask, readFile: read } = source ?? noCodes;
  if (codeFile !== undefined) return (await read(codeFile)).trim();
  if (fromEnvironment) return fromEnvironment.trim();
  if (ask) return (await ask()).trim();
  throw new UsageError(
    `Give the code of your authenticator app: --code-file FILE (- for the standard input), or ${CODE_VARIABLE} in the environment.`,
  );
}

async function askHidden(question: string): Promise<string> {
  process.stderr.write(question);
  const muted = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: muted, terminal: true });
  try {
    return await terminal.question('');
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}
