import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { adminProgram } from '../../batch/admin/program.ts';
import { describeProgram } from '../../batch/cli/help.ts';
import { demoProgram } from '../../batch/demo/options.ts';
import { batchExitCodesHelp, exitCodes, exitCodesHelp } from '../../batch/cli/exit-codes.ts';
import { batchProgram } from '../../batch/program.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { createWorld, type World } from '../support/world.ts';
import { startBatch } from './batch-process.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const HEAD = 'line_id,holder,closing_group,status,valid_from,valid_to\n';
const good = (line: number) => `CAF000000000${line},東西 花子,end,active,2026-01-01,\n`;
const BAD = 'CAF0000000009,東西 花子,7,active,2026-01-01,\n';

let world: World;
before(async () => {
  world = await createWorld();
  mkdirSync(join(world.config.filesDir, 'lines', 'inbox'), { recursive: true });
});
after(() => world.close());

const deliver = (content: string) =>
  writeFileSync(join(world.config.filesDir, 'lines', 'inbox', 'lines.csv'), content);
const batch = (...args: string[]) => startBatch(world, world.config.filesDir, args).result;
const lastLineOf = (output: string) => output.trimEnd().split('\n').at(-1);

/** Another command of the package, as its script starts it. */
function command(file: string, ...args: string[]): number | null {
  const env = { ...process.env, DATABASE_URL: world.database.url, FILES_DIR: world.config.filesDir };
  return spawnSync(process.execPath, [join(ROOT, file), ...args], { env, encoding: 'utf8' }).status;
}

/** Imports a file by hand. */
function importByHand(content: string): number | null {
  const path = join(world.config.filesDir, 'typed.csv');
  writeFileSync(path, content);
  return command('batch/admin.ts', 'line', 'import', '--file', path);
}

describe('the exit code of a job', () => {
  it('is 0 when it is done, and when it had been', async () => {
    deliver(HEAD + good(1));
    for (const time of ['first', 'second']) {
      const { code, output } = await batch('import-lines', '--business-date', '2026-05-01');
      assert.equal(code, exitCodes.done, `${time}: ${output}`);
    }
  });

  it('is 1 when it refused a row, however many it took, and when it is asked again', async () => {
    deliver(HEAD + good(2) + BAD);
    for (const time of ['first', 'second']) {
      const { code, output } = await batch('import-lines', '--business-date', '2026-05-02');
      assert.equal(code, exitCodes.failed, `${time}: ${output}`);
    }
    const lines = await sqlOf(world.deps.orm.em.fork()).selectFrom('line').select('lineId').execute();
    assert.ok(lines.some(({ lineId }) => lineId === 'CAF0000000002'));
  });

  it('is 1 when it refused a file', async () => {
    deliver('no,such,heading\n1,2,3\n');
    assert.equal((await batch('import-lines', '--business-date', '2026-05-03')).code, exitCodes.failed);
  });

  it('is 2 when it is not understood', async () => {
    assert.equal((await batch('import-line')).code, exitCodes.wrongUse);
    assert.equal((await batch('night', '--business-date', '2999-01-01')).code, exitCodes.wrongUse);
  });
});

describe('the exit code of a night', () => {
  it('is 0 when it is done, and its last line says so', async () => {
    const { code, output } = await batch('night', '--business-date', '2026-05-04');
    assert.deepEqual(
      [code, lastLineOf(output)],
      [exitCodes.done, 'The night of 2026-05-04 is complete: 14 jobs done.'],
    );
  });

  it('is 3 when it parked something, and its last line says how many of which job', async () => {
    deliver(HEAD + good(3) + BAD + BAD);
    for (const time of ['first', 'second']) {
      const { code, output } = await batch('night', '--business-date', '2026-05-05');
      assert.equal(code, exitCodes.parked, `${time}: ${output}`);
      assert.equal(
        lastLineOf(output),
        'The night of 2026-05-05 is complete: 14 jobs done, 2 subjects parked (import-lines 2; the table "parked" has the reasons).',
      );
    }
  });

  it('is 1 when a job of it failed, and its last line says which', async () => {
    const filesDir = join(world.config.filesDir, 'other');
    mkdirSync(filesDir);
    // Nobody can make an inbox below a file.
    writeFileSync(join(filesDir, 'lines'), '');
    const { code, output } = await startBatch(world, filesDir, ['night', '--business-date', '2026-05-06'])
      .result;
    assert.equal(code, exitCodes.failed, output);
    assert.match(
      String(lastLineOf(output)),
      /^The night of 2026-05-06 is not complete: \d+ jobs done; failed: import-lines.*\. Fix the cause, then run: npm run batch -- night --business-date 2026-05-06 --as NAME$/,
    );
  });
});

describe('the exit code of the other commands', () => {
  for (const [what, program, args, code] of [
    ['of help', 'batch/run.ts', ['--help'], exitCodes.done],
    ['of help of administration', 'batch/admin.ts', ['--help'], exitCodes.done],
    ['of help of the demo', 'batch/demo/run.ts', ['--help'], exitCodes.done],
    ['of a noun that there is not', 'batch/admin.ts', ['lines', 'import'], exitCodes.wrongUse],
    ['of an option that is missing', 'batch/admin.ts', ['line', 'show'], exitCodes.wrongUse],
    ['of what there is not', 'batch/admin.ts', ['line', 'show', '--line', 'CAF0009999999'], exitCodes.failed],
    [
      'of a file that there is not',
      'batch/admin.ts',
      ['line', 'import', '--file', '/none.csv'],
      exitCodes.failed,
    ],
    ['of invariants that hold', 'batch/admin.ts', ['verify', '--invariants'], exitCodes.done],
    ['of an option of the demo', 'batch/demo/run.ts', ['--lines', '1'], exitCodes.wrongUse],
    ['of an option of the migrations', 'config/migrate.ts', ['--up'], exitCodes.wrongUse],
    ['of a schema that is new', 'config/migrate.ts', [], exitCodes.done],
  ] as const) {
    it(`is ${code}: ${what}`, () => assert.equal(command(program, ...args), code));
  }

  it('is 1 when an import refused a row or the file, and 0 when it took all', () => {
    assert.deepEqual([HEAD + good(4), HEAD + good(5) + BAD, 'no,such\n'].map(importByHand), [
      exitCodes.done,
      exitCodes.failed,
      exitCodes.failed,
    ]);
  });

  it('is in the help of each, and in one table of the documentation', () => {
    const documentation = readFileSync(join(ROOT, 'batch', 'README.md'), 'utf8');
    for (const code of Object.values(exitCodes))
      assert.match(documentation, new RegExp(`^\\| ${code} \\| `, 'm'));
    assert.ok(describeProgram(batchProgram).includes(batchExitCodesHelp));
    assert.match(batchExitCodesHelp, /^3 done, but subjects were parked/m);
    assert.ok(describeProgram(adminProgram).includes(exitCodesHelp));
    assert.ok(describeProgram(demoProgram).includes(exitCodesHelp));
  });
});
