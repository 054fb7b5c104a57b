import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { LaunchRefusal } from '../../../batch/launch/launch-refusal.ts';
import { ensurePrograms, type Machine } from '../../../batch/launch/packages.ts';

let folder = '';
const add = (...files: string[]) => {
  for (const file of files) {
    writeFileSync(join(folder, file), '');
    chmodSync(join(folder, file), 0o755);
  }
};

/** A machine whose only programs are those in `folder`; records what was run and printed. */
function machine(facts: { isRoot?: boolean; run?: (line: string) => { status: number; output: string } }) {
  const ran: string[] = [];
  const printed: string[] = [];
  const run = (command: string, args: readonly string[]) => {
    const line = [command.replace(`${folder}/`, ''), ...args].join(' ');
    ran.push(line);
    return facts.run?.(line) ?? { status: 0, output: '' };
  };
  const made: Machine = {
    folders: [folder],
    isRoot: facts.isRoot ?? false,
    run,
    printLine: (line) => printed.push(line),
  };
  return { ...made, ran, printed };
}

const refusal = (pattern: RegExp) => (error: unknown) => {
  assert.ok(error instanceof LaunchRefusal);
  assert.match(error.message, pattern);
  assert.doesNotMatch(error.message, /\n/);
  return true;
};

describe('ensurePrograms', () => {
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'packages-spec-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('does and says nothing when all programs are there', () => {
    add('freeradius', 'apt-get');
    const here = machine({ isRoot: true });
    ensurePrograms(['freeradius'], here);
    assert.deepEqual([here.ran, here.printed], [[], []]);
  });

  it('installs what is missing as root, and says which packages and why', () => {
    add('apt-get', 'mariadbd', 'mariadb-install-db', 'chromium');
    const here = machine({ isRoot: true, run: () => (add('my_print_defaults'), { status: 0, output: '' }) });
    ensurePrograms(['mariadbd', 'chromium'], here);
    assert.equal(here.ran.length, 1);
    assert.match(
      here.ran[0] ?? '',
      /^\/bin\/sh \S+\/install-packages\.sh mariadb-server-core mariadb-client-core$/,
    );
    assert.match(
      here.printed[0] ?? '',
      /^installing mariadb-server-core and mariadb-client-core: the private/,
    );
  });

  it('installs through sudo when it asks for no password', () => {
    add('apt-get', 'sudo');
    const here = machine({
      run: (line) => (line.endsWith('freeradius') && add('freeradius'), { status: 0, output: '' }),
    });
    ensurePrograms(['freeradius'], here);
    assert.equal(here.ran[0], 'sudo -n true');
    assert.match(here.ran[1] ?? '', /^sudo -n \/bin\/sh \S+ freeradius$/);
  });

  it('names the command where there is neither root nor sudo', () => {
    add('apt-get');
    const expected =
      /^mariadbd not found; run as root, .*: apt-get install -y .* mariadb-server-core mariadb-client-core$/;
    assert.throws(() => ensurePrograms(['mariadbd'], machine({})), refusal(expected));
  });

  it('names the command where sudo asks for a password', () => {
    add('apt-get', 'sudo');
    const here = machine({ run: () => ({ status: 1, output: 'a password is required' }) });
    assert.throws(() => ensurePrograms(['chromium'], here), refusal(/^chromium not found; run as root/));
    assert.deepEqual(here.ran, ['sudo -n true']);
  });

  it('gives the reason of apt-get in one line when installing fails', () => {
    add('apt-get');
    const output = 'Reading package lists...\nE: Unable to locate package chromium\nlast words\n';
    const here = machine({ isRoot: true, run: () => ({ status: 1, output }) });
    assert.throws(
      () => ensurePrograms(['chromium'], here),
      refusal(/^could not install chromium \(E: Unable to locate package chromium\): apt-get install/),
    );
  });

  it('ends the process with 1 and that one line', async () => {
    const [refusals, packages] = ['launch-refusal', 'packages'].map(
      (name) => new URL(`../../../batch/launch/${name}.ts`, import.meta.url).href,
    );
    const script = `const { runEntryPoint, printLine } = await import('${refusals}');
      const { ensurePrograms } = await import('${packages}');
      const machine = { folders: [], isRoot: false, run: () => ({ status: 1, output: '' }), printLine };
      await runEntryPoint(async () => { ensurePrograms(['mariadbd'], machine); return 0; });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const errors = text(child.stderr);
    await once(child, 'close');
    assert.equal(child.exitCode, 1);
    assert.match(await errors, /^tabane: mariadbd not found; run as root, then try again: apt-get .*\n$/);
  });
});
