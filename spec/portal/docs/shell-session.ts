import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireProgram } from '../../support/require-program.ts';

/** A terminal with bash in an empty folder, into which a reader pastes one block after another. */
export interface ShellSession {
  /** What the block printed. @throws Error when its last command failed, or it takes longer than a minute. */
  paste(block: string): Promise<string>;
  close(): Promise<void>;
}

const DONE = /~~~ done (\d+) ~~~\n$/;
const nothing = () => undefined;
const TIMEOUT_MS = 60_000;

export async function openShell(): Promise<ShellSession> {
  const folder = await mkdtemp(join(tmpdir(), 'tabane-shell-'));
  const env = { PATH: process.env['PATH'], LANG: 'C.UTF-8', HOME: folder };
  const shell = spawn(requireProgram('bash'), ['--norc'], { cwd: folder, env });
  let printed = '';
  let told = '';
  let changed: () => void = nothing;
  shell.stdout.on('data', (part: Buffer) => {
    printed += part.toString('utf8');
    changed();
  });
  shell.stderr.on('data', (part: Buffer) => void (told += part.toString('utf8')));
  return {
    paste: async (block) => {
      printed = '';
      told = '';
      shell.stdin.write(`${block}\necho "~~~ done $? ~~~"\n`);
      const deadline = AbortSignal.timeout(TIMEOUT_MS);
      while (!DONE.test(printed)) {
        const { promise, resolve, reject } = Promise.withResolvers<void>();
        changed = resolve;
        deadline.addEventListener('abort', () => reject(new Error(`it does not end: ${block}\n${printed}`)));
        await promise;
      }
      const [, status] = DONE.exec(printed)!;
      const output = printed.replace(DONE, '');
      if (status !== '0') throw new Error(`status ${status} of: ${block}\n${output}\n${told}`);
      return output;
    },
    close: async () => {
      shell.stdin.end();
      shell.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/** The blocks of a guide's page that a reader pastes, in order: of programs in several languages the one for curl. */
export function blocksOf(page: string): string[] {
  const [, article = ''] = page.split('<article');
  return [...article.matchAll(/<code id="([^"]+)">(.*?)<\/code>/gs)]
    .filter(([, id = '']) => !id.startsWith('snippet-') || id.endsWith('-curl'))
    .map(([, , html = '']) =>
      html
        .replaceAll(/<[^>]*>/g, '')
        .replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? ''),
    );
}
