import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { jobs } from '../../../batch/jobs.ts';
import { batchProgram } from '../../../batch/program.ts';
import { exitCodes } from '../../../batch/cli/exit-codes.ts';
import { runCommandLine } from '../../../batch/cli/run-command-line.ts';
import { executeRun } from '../../../src/runs/execute-run.ts';
import type { JobWork } from '../../../src/runs/run-handle.ts';
import { createWorld, type World } from '../../support/world.ts';

// The clock stands at noon of 2026-05-10 in Tokyo: the night of the ninth is the last one due.

let world: World;
before(async () => void (world = await createWorld()));
after(() => world.close());

const well: JobWork = async () => ({});
const badly: JobWork = () => Promise.reject(new Error('the disk is full'));
const parking: JobWork = async (_deps, run) => {
  run.announce(1);
  await run.inChunk(async (tx) => {
    await run.park(tx, { subject: 'row 7', reason: 'no holder' });
    return { parked: 1 };
  });
  return {};
};

async function status(...args: string[]) {
  let output = '';
  const print = (text: string) => void (output += text);
  const code = await runCommandLine(batchProgram, ['status', ...args], {
    print,
    printError: print,
    systemUser: undefined,
    openDeps: async () => ({ ...world.deps, close: async () => {} }),
  });
  return { code, output };
}

const run = (job: string, work: JobWork) => executeRun(world.deps, { job, businessDate: '2026-05-09' }, work);

it('says that a night is due which nobody has run, and asks for no name', async () => {
  const { code, output } = await status();
  assert.equal(code, exitCodes.failed);
  assert.match(output, /The night of 2026-05-09 is not complete: 0 jobs done; not run: import-lines, /);
  assert.match(output, /Next due at\s+│ 2026-05-11 00:30/);
});

it('says what failed, with its error and what to run', async () => {
  await assert.rejects(run('fold-charges', badly), /disk/);
  const { code, output } = await status();
  assert.equal(code, exitCodes.failed);
  assert.match(output, /fold-charges for 2026-05-09 failed: the disk is full/);
  assert.match(
    output,
    /Fix the cause, then run: npm run batch -- night --business-date 2026-05-09 --as NAME/,
  );
});

it('names the process that runs a job, and is content', async () => {
  const begun = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  const underWay = run('fold-charges', async () => {
    begun.resolve();
    await end.promise;
    return {};
  });
  await begun.promise;
  const { code, output } = await status();
  assert.equal(code, exitCodes.done);
  assert.match(output, /fold-charges for 2026-05-09 is being run by \S+ since 2026-05-10 12:00\./);
  end.resolve();
  await underWay;
});

it('is done or parked once the night is complete, and data for programs', async () => {
  for (const { name } of jobs) if (name !== 'import-lines') await run(name, well);
  await run('import-lines', parking);
  const { code, output } = await status();
  assert.equal(code, exitCodes.parked);
  assert.match(
    output,
    /The night of 2026-05-09 is complete: 14 jobs done, 1 subject parked \(import-lines 1;/,
  );

  const json = JSON.parse((await status('--json')).output) as Record<string, unknown> & { runs: object[] };
  assert.deepEqual(json['dueNights'], []);
  assert.equal(json['nextBusinessDate'], '2026-05-10');
  assert.equal(json['nextDueAt'], '2026-05-10T15:30:00.000Z');
  assert.deepEqual(json['nights'], [{ businessDate: '2026-05-09', state: 'complete' }]);
  assert.deepEqual(json.runs[0], {
    job: 'import-lines',
    businessDate: '2026-05-09',
    state: 'finished',
    startedAt: world.clock.now().toISOString(),
    finishedAt: world.clock.now().toISOString(),
    parked: 1,
    error: null,
    heldBy: null,
  });
});
