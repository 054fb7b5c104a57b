import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { jobs } from '../../batch/jobs.ts';
import { nights as nightsEntry, runDueNights } from '../../batch/nights.ts';
import { startTimetable } from '../../batch/run-timetable.ts';
import { openOrm } from '../../config/database/orm.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { nightDueAt } from '../../src/runs/night-due.rules.ts';
import { addDays } from '../../src/shared/calendar.rules.ts';
import { createLog } from '../../src/shared/log.ts';
import { openWire } from '../support/wire.ts';
import { createWorld, NOON_IN_TOKYO, type World } from '../support/world.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** As often as tests want to know. */
const often = { askEveryMs: 5 };

/** The timetable of a service that has only nights. */
const startNights = (deps: World['deps'], pace: Parameters<typeof nightsEntry>[0] = {}) =>
  startTimetable(deps, { entries: [nightsEntry(pace)] });

/** A world for one test, gone with it. */
async function withWorld(settings: Readonly<Record<string, string>>, work: (world: World) => Promise<void>) {
  const world = await createWorld(settings);
  try {
    await work(world);
  } finally {
    await world.close();
  }
}

/** Business dates for which all jobs of the service have finished, each at its first attempt. */
async function finishedNights({ deps }: World): Promise<string[]> {
  const rows = await sqlOf(deps.orm.em.fork())
    .selectFrom('run')
    .select(['businessDate', 'job', 'attempt'])
    .where('state', '=', 'finished')
    .where('part', '=', '')
    .execute();
  assert.ok(rows.every(({ attempt }) => attempt === 1));
  const dates = [...new Set(rows.map((row) => row.businessDate))].sort();
  return dates.filter((date) => rows.filter((row) => row.businessDate === date).length === jobs.length);
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const giveUpAtMs = performance.now() + 60_000;
  while (performance.now() < giveUpAtMs) {
    if (await isSo()) return;
    await wait(2);
  }
  assert.fail('what was waited for does not come');
}

const untilFinished = (world: World, ...nights: string[]) =>
  until(async () => {
    const finished = await finishedNights(world);
    return nights.every((night) => finished.includes(night));
  });

/** Dependencies that log, and the business dates of the nights that were logged, in their order. */
function logNights({ deps }: Pick<World, 'deps'>) {
  const lines: { msg: string; businessDate: string }[] = [];
  const log = createLog('info', {
    write: (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[number]),
  });
  const nights = () => lines.filter(({ msg }) => msg === 'night').map(({ businessDate }) => businessDate);
  return { nights, deps: { ...deps, log } };
}

describe('the nights of the timetable', () => {
  it('runs one night in an empty world, then makes up any number in order, then has nothing to do', () =>
    withWorld({}, async (world) => {
      const { nights, deps } = logNights(world);
      assert.equal(await runDueNights(deps, () => false), true);
      assert.deepEqual(nights(), ['2026-05-09']);
      world.clock.advance(33 * DAY_MS);
      assert.equal(await runDueNights(deps, () => false), true);
      assert.equal(await runDueNights(deps, () => false), true);
      const all = Array.from({ length: 34 }, (_, day) => addDays('2026-05-09', day));
      assert.deepEqual(nights(), all);
      assert.deepEqual(await finishedNights(world), all);
    }));

  it('runs what is due when it starts, and when it stops waits for the job that is running', () =>
    withWorld({}, async (world) => {
      const timetable = startNights(world.deps);
      const states = () => sqlOf(world.deps.orm.em.fork()).selectFrom('run').select('state').execute();
      await until(async () => (await states()).length > 0);
      await timetable.stop();
      assert.ok((await states()).every(({ state }) => state === 'finished'));
    }));

  it('begins a night when it is due, half an hour after the day, and not before', () =>
    withWorld({}, async (world) => {
      const dueAt = nightDueAt('2026-05-10', 'Asia/Tokyo');
      const timetable = startNights(world.deps, often);
      await untilFinished(world, '2026-05-09');
      world.clock.set(new Date(dueAt.getTime() - 1));
      await wait(50);
      assert.deepEqual(await finishedNights(world), ['2026-05-09']);
      world.clock.set(dueAt);
      await untilFinished(world, '2026-05-10');
      await timetable.stop();
    }));

  it('runs each night once on a clock that jumps over it, back before it and ahead again', () =>
    withWorld({}, async (world) => {
      const { clock } = world;
      const timetable = startNights(world.deps, often);
      await untilFinished(world, '2026-05-09');
      clock.advance(15 * HOUR_MS);
      await untilFinished(world, '2026-05-10');
      clock.advance(3 * DAY_MS);
      await untilFinished(world, '2026-05-11', '2026-05-12', '2026-05-13');
      clock.advance(-30 * DAY_MS);
      await wait(50);
      clock.advance(31 * DAY_MS);
      await untilFinished(world, '2026-05-14');
      await timetable.stop();
      assert.deepEqual(
        await finishedNights(world),
        ['09', '10', '11', '12', '13', '14'].map((day) => `2026-05-${day}`),
      );
    }));

  for (const [timeZone, date] of [
    ['Africa/Cairo', '2026-04-23'],
    ['America/Santiago', '2026-09-05'],
    ['Asia/Beirut', '2026-03-28'],
    ['Atlantic/Azores', '2026-03-28'],
    ['Atlantic/Azores', '2026-10-24'],
  ] as const) {
    it(`runs the night after ${date} in ${timeZone}, where the clocks change at midnight`, () =>
      withWorld({ TIME_ZONE: timeZone }, async (world) => {
        const dueAt = nightDueAt(date, timeZone).getTime();
        world.clock.set(new Date(dueAt - 1));
        const timetable = startNights(world.deps, often);
        await until(async () => (await finishedNights(world)).length === 1);
        assert.ok(!(await finishedNights(world)).includes(date));
        world.clock.set(new Date(dueAt));
        await untilFinished(world, date);
        await timetable.stop();
      }));
  }

  it('of several processes does each job of each night once', () =>
    withWorld({}, async (world) => {
      const orms = await Promise.all([1, 2].map(() => openOrm({ databaseUrl: world.database.url })));
      const all = [world.deps, ...orms.map((orm) => ({ ...world.deps, orm }))];
      const timetables = all.map((deps) => startNights(deps, often));
      await untilFinished(world, '2026-05-09');
      world.clock.advance(2 * DAY_MS);
      await untilFinished(world, '2026-05-10', '2026-05-11');
      await Promise.all(timetables.map((timetable) => timetable.stop()));
      assert.deepEqual(await finishedNights(world), ['2026-05-09', '2026-05-10', '2026-05-11']);
      await Promise.all(orms.map((orm) => orm.close()));
    }));

  it('of a process that was stopped over the time of its nights makes them up when it continues', () =>
    withWorld({}, async (world) => {
      const clockFile = join(world.config.filesDir, 'clock');
      const set = (now: Date) => writeFileSync(clockFile, now.toISOString());
      set(NOON_IN_TOKYO);
      const child = spawn(process.execPath, [join(import.meta.dirname, 'stopped-nights.ts'), clockFile], {
        env: {
          ...process.env,
          NODE_ENV: 'development',
          DATABASE_URL: world.database.url,
          FILES_DIR: world.config.filesDir,
          LOG_LEVEL: 'silent',
        },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      const ended = once(child, 'close');
      try {
        await untilFinished(world, '2026-05-09');
        child.kill('SIGSTOP');
        await until(() => isStopped(child.pid!));
        set(new Date(NOON_IN_TOKYO.getTime() + 2 * DAY_MS));
        await wait(50);
        assert.deepEqual(await finishedNights(world), ['2026-05-09']);
        child.kill('SIGCONT');
        await untilFinished(world, '2026-05-10', '2026-05-11');
      } finally {
        child.kill('SIGCONT');
        child.kill('SIGTERM');
        await ended;
      }
    }));

  it('tries a night again that met no database, without waiting for the next', () =>
    withWorld({}, async (world) => {
      const wire = await openWire(world.database.url);
      const orm = await openOrm({ databaseUrl: wire.url });
      wire.refuse();
      const lines: string[] = [];
      const log = createLog('info', { write: (line: string) => void lines.push(line) });
      const pace = { retryAfterMs: Array<number>(1_000).fill(5) };
      const timetable = startNights({ ...world.deps, orm, log }, pace);
      await until(() => lines.filter((line) => line.includes('the nights could not be run')).length >= 3);
      wire.mend();
      await untilFinished(world, '2026-05-09');
      await timetable.stop();
      await orm.close();
      wire.cut();
    }));

  it('leaves a night that fails for good to the next one, however often it is asked', () =>
    withWorld({}, async (world) => {
      // Nobody can make folders below a file.
      const filesDir = join(world.config.filesDir, 'file');
      writeFileSync(filesDir, '');
      const { nights, deps } = logNights({
        ...world,
        deps: { ...world.deps, config: { ...world.config, filesDir } },
      });
      const timetable = startNights(deps, { askEveryMs: 1, retryAfterMs: [1, 1] });
      await until(() => nights().length >= 3);
      await wait(100);
      assert.deepEqual(nights(), Array(3).fill('2026-05-09'));
      world.clock.advance(DAY_MS);
      await until(() => nights().length >= 9);
      await timetable.stop();
      assert.deepEqual(
        nights().slice(3),
        [1, 2, 3].flatMap(() => ['2026-05-09', '2026-05-10']),
      );
    }));

  it('logs how a night went and how late it is', () =>
    withWorld({}, async (world) => {
      const lines: string[] = [];
      const log = createLog('info', { write: (line: string) => void lines.push(line) });
      await runDueNights({ ...world.deps, log }, () => false);
      const night = lines
        .map((line) => JSON.parse(line) as Record<string, unknown>)
        .find(({ msg }) => msg === 'night');
      assert.deepEqual(
        [night?.['businessDate'], night?.['result'], night?.['lateSeconds'], night?.['summary']],
        [
          '2026-05-09',
          'done',
          11.5 * 3_600,
          `The night of 2026-05-09 is complete: ${jobs.length} jobs done.`,
        ],
      );
    }));
});

/** Whether the system has stopped a process: a signal arrives when it likes. */
function isStopped(pid: number): boolean {
  return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.startsWith('T') === true;
}
