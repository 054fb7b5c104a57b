import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { jobs } from '../../batch/jobs.ts';
import { runNight } from '../../batch/night.ts';
import { runRequests } from '../../batch/run-requests.ts';
import { asOwner } from '../support/as-owner.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import { jobNames } from '../../src/runs/job-names.ts';
import { requestRun } from '../../src/runs/request-run.ts';
import { requestStop } from '../../src/runs/request-stop.ts';
import { getRun } from '../../src/runs/run-details.queries.ts';
import { endRunRequest, takeRunRequest } from '../../src/runs/take-run-request.ts';
import { Stopped } from '../../src/runs/work-interrupted.ts';
import { watchStop } from '../../src/runs/watch-stop.ts';
import { noProgress } from '../../src/runs/run-progress.ts';
import { finishNeeds } from '../support/finish-needs.ts';
import { hanako } from '../support/people.ts';
import { createWorld, type World } from '../support/world.ts';

const key = { job: 'purge-expired', businessDate: '2026-05-09' };
const going = new AbortController().signal;

describe('what people ask of the nights', () => {
  let world: World;
  before(async () => void (world = await createWorld()));
  after(() => world.close());
  beforeEach(() =>
    asOwner(world.database, async (connection) => {
      for (const table of ['run_request', 'run_stop', 'run', 'parked'])
        await connection.query(`DELETE FROM ${table}`);
    }),
  );
  const sql = () => sqlOf(world.deps.orm.em.fork());
  const listRequests = () =>
    sql().selectFrom('run_request').select(['id', 'job', 'state', 'outcome']).orderBy('id').execute();

  it('names the jobs of the night in their order', () => {
    assert.deepEqual(
      jobs.map(({ name }) => name),
      jobNames,
    );
  });

  it('is run by the timetable, once, with who asked in the trail', async () => {
    const { deps } = world;
    const first = await requestRun(deps, hanako, key);
    assert.deepEqual(await requestRun(deps, hanako, key), first, 'one request while it is open');
    let times = 0;
    await runRequests().work(deps, going, () => void (times += 1));
    assert.equal(times, 1, 'a request that has ended shows that the loop works');
    const [request] = await listRequests();
    assert.deepEqual(request, { id: first.id, job: key.job, state: 'ended', outcome: 'done' });
    assert.equal((await getRun(deps, hanako, key)).state, 'finished');
    const trail = await sql()
      .selectFrom('audit_entry')
      .select(['actor', 'subject'])
      .where('action', '=', 'batch.start')
      .execute();
    assert.deepEqual(trail, [{ actor: 'staff:hanako', subject: 'job:purge-expired' }]);
    await assert.rejects(requestRun(deps, hanako, key), { code: 'illegal-state' });
  });

  it('is refused for a day that is not over and for a job that does not exist', async () => {
    const { deps } = world;
    await assert.rejects(requestRun(deps, hanako, { ...key, businessDate: '2026-05-10' }), {
      code: 'business-date-not-over',
    });
    await assert.rejects(requestRun(deps, hanako, { ...key, job: 'unknown' }), { code: 'not-found' });
    assert.deepEqual(await listRequests(), []);
  });

  it('imports lines for today, as often as a clerk asks, and leaves the rest to the night of today', async () => {
    const { deps } = world;
    const today = { job: 'import-lines', businessDate: '2026-05-10' };
    for (const _ of [1, 2]) {
      await requestRun(deps, hanako, today);
      await runRequests().work(deps, going);
    }
    assert.deepEqual(
      (await listRequests()).map(({ state, outcome }) => [state, outcome]),
      [
        ['ended', 'done'],
        ['ended', 'done'],
      ],
    );
    assert.equal((await getRun(deps, hanako, today)).state, 'open');
    const tomorrow = { ...today, businessDate: '2026-05-11' };
    await assert.rejects(requestRun(deps, hanako, tomorrow), { code: 'business-date-not-over' });
  });

  it('is taken by one of two processes, and by another once its process is silent', async () => {
    const { deps } = world;
    await requestRun(deps, hanako, key);
    const taken = await Promise.all([takeRunRequest(deps), takeRunRequest(deps)]);
    assert.equal(taken.filter(Boolean).length, 1);
    assert.equal(await takeRunRequest(deps), undefined);
    await asOwner(world.database, (connection) =>
      connection.query('UPDATE run_request SET lease_until = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND'),
    );
    assert.ok(await takeRunRequest(deps));
  });

  it('is refused while what the job needs has not finished for that date, naming it', async () => {
    const { deps } = world;
    const close = { job: 'close-periods', businessDate: key.businessDate };
    const refusal = (missing: string) => ({ code: 'run-needs-missing', facts: { ...close, missing } });
    await assert.rejects(requestRun(deps, hanako, close), refusal('renew-subscriptions fold-charges'));
    await executeRun(deps, { ...close, job: 'renew-subscriptions' }, () => Promise.resolve({}));
    await executeRun(deps, { job: 'fold-charges', businessDate: '2026-05-08' }, () => Promise.resolve({}));
    await assert.rejects(requestRun(deps, hanako, close), refusal('fold-charges'));
    assert.deepEqual(await listRequests(), []);
    await executeRun(deps, { ...close, job: 'fold-charges' }, () => Promise.resolve({}));
    const { id } = await requestRun(deps, hanako, close);
    assert.deepEqual(
      (await listRequests()).map((request) => request.id),
      [id],
    );
    await requestRun(deps, hanako, { ...close, job: 'night' });
  });

  it('is not run, and fails, if what the job needs was opened again meanwhile', async () => {
    const { deps } = world;
    const decide = { job: 'decide-refunds', businessDate: key.businessDate };
    await finishNeeds(deps, decide);
    await requestRun(deps, hanako, decide);
    await sql()
      .updateTable('run')
      .set({ state: 'running', finishedAt: null })
      .where('job', '=', 'import-collections')
      .execute();
    await runRequests().work(deps, going);
    assert.equal((await listRequests())[0]?.outcome, 'failed');
    await assert.rejects(getRun(deps, hanako, decide), { code: 'not-found' });
  });

  it('asked again while its run is ending is run again: nothing that was asked for is lost', async () => {
    const { deps } = world;
    const { id } = await requestRun(deps, hanako, key);
    const taken = (await takeRunRequest(deps))!;
    await assert.rejects(
      executeRun(deps, key, () => Promise.reject(new Error('full'))),
      /full/,
    );
    // The run has failed, its process has not ended the request yet, and somebody asks for it.
    assert.deepEqual(await requestRun(deps, hanako, key), { id });
    await endRunRequest(deps, taken, 'failed');
    assert.equal((await listRequests())[0]?.state, 'waiting');
    await runRequests().work(deps, going);
    assert.deepEqual(
      (await listRequests()).map(({ state, outcome }) => [state, outcome]),
      [['ended', 'done']],
    );
    assert.equal((await getRun(deps, hanako, key)).state, 'finished');
  });

  it('waits again when the process that took it is stopping', async () => {
    const { deps } = world;
    await requestRun(deps, hanako, key);
    const taken = (await takeRunRequest(deps))!;
    await endRunRequest(deps, taken, undefined);
    assert.equal((await listRequests())[0]?.state, 'waiting');
  });

  it('stops a run after its chunk, keeps it stopped in the night, and continues when somebody starts it again', async () => {
    const { deps } = world;
    const chunks: number[] = [];
    const watch = await watchStop(deps, key, 5);
    const run = executeRun(deps, { ...key, stopping: () => watch.isStopped() }, async (_, handle) => {
      handle.announce(2);
      for (const chunk of [1, 2]) {
        if (chunk === 2) while (!watch.isStopped()) await new Promise((resolve) => setImmediate(resolve));
        await handle.inChunk(() => Promise.resolve({ done: 1 }));
        chunks.push(chunk);
        if (chunk === 1) await requestStop(deps, hanako, key);
      }
      return {};
    });
    await assert.rejects(run, Stopped);
    watch.end();
    assert.deepEqual(chunks, [1]);
    const output = { line: () => {}, error: () => {}, watch: () => ({ ...noProgress, stop: () => {} }) };
    const night = {
      businessDate: key.businessDate,
      output,
      jobs: jobs.filter(({ name }) => name === key.job),
    };
    assert.equal(await runNight(deps, night), 'stopped');
    const stopped = await getRun(deps, hanako, key);
    assert.deepEqual(
      [stopped.state, stopped.stop?.stoppedBy, stopped.counts.done],
      ['open', 'staff:hanako', 1],
    );
    await requestRun(deps, hanako, key);
    assert.equal((await getRun(deps, hanako, key)).stop, undefined);
  });

  it('ends a request that nobody has taken with a stop', async () => {
    const { deps } = world;
    await assert.rejects(requestStop(deps, hanako, key), { code: 'not-found' });
    const failing = executeRun(deps, key, () => Promise.reject(new Error('full')));
    await assert.rejects(failing, /full/);
    await requestRun(deps, hanako, key);
    await requestStop(deps, hanako, key);
    assert.deepEqual(
      (await listRequests()).map(({ state, outcome }) => [state, outcome]),
      [['ended', 'stopped']],
    );
  });

  it('keeps what a job printed, the newest forty lines', async () => {
    const { deps } = world;
    await executeRun(deps, key, async (_, handle) => {
      for (let line = 1; line <= 50; line += 1) handle.report(`  line ${line}`);
      await Promise.resolve();
      return {};
    });
    const { lines } = await getRun(deps, hanako, key);
    assert.deepEqual([lines.length, lines[0], lines.at(-1)], [40, 'line 11', 'line 50']);
  });

  it('has at most one open request of a job and date, in the database too', async () => {
    await requestRun(world.deps, hanako, key);
    const again = sql()
      .insertInto('run_request')
      .columns(['id', 'job', 'businessDate', 'state', 'requestedBy', 'requestedAt'])
      .expression((eb) =>
        eb
          .selectFrom('run_request')
          .select((row) => [
            row.val('X'.repeat(26)).as('id'),
            'job',
            'businessDate',
            'state',
            'requestedBy',
            'requestedAt',
          ]),
      )
      .execute();
    await assert.rejects(again, /run_request_once/);
  });
});
