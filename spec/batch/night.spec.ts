import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { jobs as allJobs, type Job } from '../../batch/jobs.ts';
import { runNight, type BatchOutput } from '../../batch/night.ts';

import { sqlOf } from '../../src/database/sql.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import { findRun } from '../../src/runs/run.queries.ts';
import { noProgress } from '../../src/runs/run-progress.ts';
import { Problem } from '../../src/shared/problem.ts';

import { createWorld, type World } from '../support/world.ts';

let world: World;
let filesDir: string;
before(async () => {
  filesDir = await mkdtemp(join(tmpdir(), 'tabane-night-'));
  world = await createWorld({ FILES_DIR: filesDir });
});
after(async () => {
  await world.close();
  await rm(filesDir, { recursive: true });
});

/** Keeps the printed lines. */
function recordOutput() {
  const lines: string[] = [];
  const output: BatchOutput = {
    line: (text) => void lines.push(text),
    error: (text) => void lines.push(`! ${text}`),
    watch: () => ({ ...noProgress, stop: () => {} }),
  };
  return { lines, output };
}

/** A night of jobs that only note that they ran. */
function makeNight(prefix: string) {
  const ran: string[] = [];
  const job = (name: string, needs: string[], fails = false): Job => ({
    name: `${prefix}-${name}`,
    description: name,
    needs: needs.map((need) => `${prefix}-${need}`),
    work: async () => {
      ran.push(name);
      if (fails) throw new Problem('proof-of-close-failed', { detail: 'one yen is missing' });
      return {};
    },
  });
  return { ran, job };
}

const businessDate = '2026-05-09';

const refusedByDatabase: Job['work'] = () =>
  Promise.reject(new Error("Duplicate entry 'CAF0000000001-2026-05' for key 'PRIMARY'"));

describe('a night', () => {
  it('runs its jobs in their order, once', async () => {
    const { ran, job } = makeNight('order');
    const jobs = [job('fold', []), job('close', ['fold']), job('settle', ['close'])];
    const { lines, output } = recordOutput();
    assert.equal(await runNight(world.deps, { businessDate, jobs, output }), 'done');
    assert.equal(await runNight(world.deps, { businessDate, jobs, output }), 'done');
    assert.deepEqual(ran, ['fold', 'close', 'settle']);
    assert.match(lines[3] ?? '', /^order-fold for 2026-05-09 has already run/);
  });

  it('says of a fault of the database what was refused, and not the row', async () => {
    const jobs = [{ name: 'faulty', description: '', needs: [], work: refusedByDatabase }];
    const { lines, output } = recordOutput();
    assert.equal(await runNight(world.deps, { businessDate, jobs, output }), 'failed');
    assert.deepEqual(lines, ["! faulty for 2026-05-09 failed: Duplicate entry '…' for key 'PRIMARY'"]);
  });

  it('leaves out what needs a job that failed, and does the rest', async () => {
    const { ran, job } = makeNight('failing');
    const jobs = [
      job('fold', []),
      job('close', ['fold'], true),
      job('settle', ['close']),
      job('render', ['settle']),
      job('check', []),
    ];
    const { lines, output } = recordOutput();
    assert.equal(await runNight(world.deps, { businessDate, jobs, output }), 'failed');
    assert.deepEqual(ran, ['fold', 'close', 'check']);
    assert.deepEqual(lines.slice(1, 4), [
      '! failing-close for 2026-05-09 failed: one yen is missing',
      '! failing-settle for 2026-05-09 left out: failing-close has not finished',
      '! failing-render for 2026-05-09 left out: failing-settle has not finished',
    ]);
  });

  it('waits for a job that another process runs, and then continues', async () => {
    const { ran, job } = makeNight('held');
    const [reached, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const other = executeRun(world.deps, { job: 'held-fold', businessDate }, async () => {
      reached.resolve();
      await goOn.promise;
      return {};
    });
    await reached.promise;
    const { lines, output } = recordOutput();
    // Nothing is needed by `check`, and still it must not be done before `fold` is.
    const jobs = [job('fold', []), job('check', [])];
    const waiting = Promise.withResolvers<void>();
    const watched = {
      ...output,
      line: (text: string) => {
        output.line(text);
        if (text === 'waiting for held-fold') waiting.resolve();
      },
    };
    const night = runNight(world.deps, { businessDate, jobs, output: watched, pollMs: 1 });
    await waiting.promise;
    assert.deepEqual(ran, []);
    assert.match(
      lines[0] ?? '',
      /^held-fold for 2026-05-09 is being run by .+ since \d{4}-\d\d-\d\d \d\d:\d\d$/,
    );
    goOn.resolve();
    await other;
    assert.equal(await night, 'done');
    assert.deepEqual(ran, ['check']);
  });

  it('is done once and in its order when two run it at the same time', async () => {
    const { ran, job } = makeNight('twice');
    const jobs = ['import', 'renew', 'fold', 'close', 'check'].map((name) => job(name, []));
    const both = [recordOutput(), recordOutput()].map(({ output }) =>
      runNight(world.deps, { businessDate, jobs, output, pollMs: 1 }),
    );
    assert.deepEqual(await Promise.all(both), ['done', 'done']);
    assert.deepEqual(ran, ['import', 'renew', 'fold', 'close', 'check']);
  });

  it('of another business date takes its turn with each job', async () => {
    const { ran, job } = makeNight('two-dates');
    const jobs = ['import', 'renew', 'fold', 'close', 'check'].map((name) => job(name, []));
    const mapConcurrently = new Map<string, number>();
    let most = 0;
    const watched = jobs.map((each): Job => ({
      ...each,
      work: async (deps, run) => {
        mapConcurrently.set(each.name, (mapConcurrently.get(each.name) ?? 0) + 1);
        most = Math.max(most, mapConcurrently.get(each.name)!);
        const facts = await each.work(deps, run);
        await run.inChunk(async () => ({ done: 0 }));
        mapConcurrently.set(each.name, mapConcurrently.get(each.name)! - 1);
        return facts;
      },
    }));
    const nights = ['2026-05-07', '2026-05-08', '2026-05-07', '2026-05-08'].map((date) =>
      runNight(world.deps, {
        businessDate: date,
        jobs: watched,
        output: recordOutput().output,
        pollMs: 1,
      }),
    );
    assert.deepEqual(new Set(await Promise.all(nights)), new Set(['done']));
    assert.equal(ran.length, 10);
    assert.equal(most, 1);
    await sqlOf(world.deps.orm.em.fork()).deleteFrom('run').where('job', 'like', 'two-dates-%').execute();
  });

  it('waits for nobody once the process is to end', async () => {
    const { job } = makeNight('ending');
    const [reached, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const other = executeRun(world.deps, { job: 'ending-fold', businessDate }, async () => {
      reached.resolve();
      await goOn.promise;
      return {};
    });
    await reached.promise;
    let asked = 0;
    const stopping = () => (asked += 1) > 1;
    const { output } = recordOutput();
    const jobs = [job('fold', [])];
    assert.equal(await runNight(world.deps, { businessDate, jobs, output, stopping, pollMs: 1 }), 'held');
    goOn.resolve();
    await other;
  });

  it('starts no more jobs once the process is to end', async () => {
    const { ran, job } = makeNight('stopping');
    const { output } = recordOutput();
    const jobs = [job('fold', []), job('close', [])];
    await runNight(world.deps, { businessDate, jobs, output, stopping: () => ran.length > 0 });
    assert.deepEqual(ran, ['fold']);
  });

  it('gives a job back after its chunk once the process is to end, and continues with it the next time', async () => {
    let chunks = 0;
    const digging: Job = {
      name: 'stopped-dig',
      description: '',
      needs: [],
      work: async (_deps, run) => {
        const done = Number(run.facts['done'] ?? 0);
        run.announce(4 - done);
        for (let next = done + 1; next <= 4; next += 1) {
          await run.inChunk(async () => ({ done: 1, facts: { done: next } }));
          chunks += 1;
        }
        return {};
      },
    };
    const { lines, output } = recordOutput();
    const night = { businessDate, jobs: [digging], output };
    assert.equal(await runNight(world.deps, { ...night, stopping: () => chunks >= 3 }), 'held');
    assert.deepEqual(lines, ['stopped-dig for 2026-05-09 was stopped; run it again to continue']);
    const left = await findRun(world.deps, { job: 'stopped-dig', businessDate });
    assert.deepEqual([left?.state, left?.heldBy, left?.done], ['running', null, 3n]);
    assert.equal(await runNight(world.deps, night), 'done');
    assert.match(lines[1] ?? '', /expected 4 = done 4 .+ attempt 2$/);
    assert.equal(chunks, 4);
  });

  it('has the jobs of the service in an order in which each comes after what it needs', () => {
    const names = allJobs.map(({ name }) => name);
    assert.deepEqual(names, [
      'import-lines',
      'renew-subscriptions',
      'expire-authorizations',
      'queue-notices',
      'purge-expired',
      'fold-charges',
      'close-periods',
      'import-collections',
      'decide-refunds',
      'settle-companies',
      'render-statements',
      'roll-up',
      'check-invariants',
      'seal-day',
    ]);
    for (const { name, needs } of allJobs) {
      for (const need of needs)
        assert.ok(names.indexOf(need) < names.indexOf(name) && names.includes(need), need);
    }
  });
});
