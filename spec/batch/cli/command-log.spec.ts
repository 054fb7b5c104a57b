import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';

const root = mkdtempSync(join(tmpdir(), 'command-log-spec-'));
after(() => rmSync(root, { recursive: true }));

const module = join(import.meta.dirname, '..', '..', '..', 'batch', 'cli', 'command-log.ts');
const log = join(import.meta.dirname, '..', '..', '..', 'src', 'shared', 'log.ts');

/** Logs an event and an error in a process of its own; returns what its standard error shows. */
function logInto(filesDir: string, isTerminal: boolean): string[] {
  const script = `const { openCommandLog } = await import('${module}');
    const { createLog } = await import('${log}');
    const log = createLog('info', openCommandLog({ filesDir: '${filesDir}' }, { isTerminal: ${isTerminal} }));
    log.info('an event'); log.warn('a warning'); log.error('an error'); log.debug('too much');`;
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  return messagesOf(stderr);
}

const messagesOf = (lines: string): string[] =>
  lines
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { msg: string }).msg);

describe('the log of a command', () => {
  it('goes to standard error for the program that collects it', () => {
    assert.deepEqual(logInto(join(root, 'collected'), false), ['an event', 'a warning', 'an error']);
  });

  it('goes to a file at a terminal, which shows errors alone', () => {
    const filesDir = join(root, 'typed');
    for (const time of [1, 2]) {
      assert.deepEqual(logInto(filesDir, true), ['an error']);
      const written = messagesOf(readFileSync(join(filesDir, 'log', 'commands.log'), 'utf8'));
      assert.equal(written.length, 3 * time);
      assert.deepEqual(written.slice(-3), ['an event', 'a warning', 'an error']);
    }
  });

  it('goes to standard error where the file cannot be written', () => {
    assert.deepEqual(logInto(join(module, 'no-folder'), true), ['an event', 'a warning', 'an error']);
  });
});
