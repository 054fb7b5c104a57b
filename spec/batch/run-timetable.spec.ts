import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { backOff } from '../../batch/keep-entry.ts';
import { startTimetable } from '../../batch/run-timetable.ts';
import { createTimetable } from '../../batch/timetable.ts';
import type { TimetableEntry } from '../../batch/timetable-entry.ts';
import type { LoopHealth } from '../../src/metrics/loop-metrics.ts';
import { createLog } from '../../src/shared/log.ts';
import { openMetricsSite, type MetricsSite } from '../metrics/metrics-site.ts';
import { valueOf } from '../metrics/read-exposition.ts';

const HOUR_MS = 3_600_000;

let site: MetricsSite;
before(async () => void (site = await openMetricsSite()));
after(() => site.close());

async function until(isSo: () => boolean): Promise<void> {
  const giveUpAtMs = performance.now() + 30_000;
  while (!isSo()) {
    if (performance.now() > giveUpAtMs) assert.fail('what was waited for does not come');
    await turn();
  }
}

/** An entry that notes when its passes began, by the clock of the service. */
function hourly(over: Partial<TimetableEntry> = {}) {
  const passes: string[] = [];
  const entry: TimetableEntry = {
    name: 'each-hour',
    everyMs: HOUR_MS,
    work: async ({ clock }) => {
      passes.push(clock.now().toISOString());
      return {};
    },
    ...over,
  };
  return { entry, passes };
}

/** Dependencies that log into a list. */
function logging() {
  const lines: { msg: string; loop?: string; failedPasses?: number; level: number }[] = [];
  const log = createLog('info', {
    write: (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[number]),
  });
  return { deps: { ...site.deps, log }, lines };
}

describe('an entry that runs each hour', () => {
  it('runs when the service starts, and again an hour later by its clock, not before', async () => {
    const { entry, passes } = hourly();
    const timetable = startTimetable(site.deps, { entries: [entry], lookEveryMs: 1 });
    await until(() => passes.length === 1);
    const first = site.clock.now();
    site.clock.advance(HOUR_MS - 1);
    for (let look = 0; look < 200; look += 1) await turn();
    assert.equal(passes.length, 1);
    site.clock.advance(1);
    await until(() => passes.length === 2);
    await timetable.stop();
    assert.deepEqual(
      passes,
      [first, new Date(first.getTime() + HOUR_MS)].map((at) => at.toISOString()),
    );
  });

  it('runs once after a machine slept over many hours, and keeps its pace on a clock that is set back', async () => {
    const { entry, passes } = hourly();
    const timetable = startTimetable(site.deps, { entries: [entry], lookEveryMs: 1 });
    await until(() => passes.length === 1);
    site.clock.advance(9 * HOUR_MS);
    await until(() => passes.length === 2);
    site.clock.advance(-5 * HOUR_MS);
    for (let look = 0; look < 200; look += 1) await turn();
    assert.equal(passes.length, 2);
    await timetable.stop();
  });

  it('runs in each of two processes: its work has to be safe for that', async () => {
    const [one, other] = [hourly(), hourly()];
    const timetables = [one, other].map(({ entry }) => startTimetable(site.deps, { entries: [entry] }));
    await until(() => one.passes.length === 1 && other.passes.length === 1);
    await Promise.all(timetables.map((timetable) => timetable.stop()));
  });

  it('is waited for when the service stops, and asked to end', async () => {
    const begun = Promise.withResolvers<AbortSignal>();
    const ended: string[] = [];
    const { entry } = hourly({
      work: async (_deps, stopping) => {
        begun.resolve(stopping);
        await until(() => stopping.aborted);
        await turn();
        ended.push('the pass');
        return {};
      },
    });
    const timetable = startTimetable(site.deps, { entries: [entry] });
    assert.equal((await begun.promise).aborted, false);
    await timetable.stop();
    assert.deepEqual(ended, ['the pass']);
  });
});

describe('an entry that fails', () => {
  it('is logged once, backs off, lets the others run, and is logged again when it recovers', async () => {
    const { deps, lines } = logging();
    let passes = 0;
    const failing = hourly({
      name: 'failing',
      everyMs: 1,
      work: async () => {
        passes += 1;
        if (passes <= 3) throw new Error('the mail server is away');
        return { facts: { sent: passes === 4 ? 2 : 0 } };
      },
    });
    const sound = hourly({ name: 'sound' });
    const loops: LoopHealth[] = [];
    const timetable = startTimetable(deps, { entries: [failing.entry, sound.entry], loops });
    await until(() => passes >= 6);
    await timetable.stop();
    assert.deepEqual(
      lines.filter(({ loop }) => loop === 'failing').map(({ msg, failedPasses }) => [msg, failedPasses]),
      [
        ['loop-failed', undefined],
        ['loop-passed', undefined],
        ['loop-recovered', 3],
      ],
    );
    assert.equal(sound.passes.length, 1);
    assert.deepEqual(
      loops.map(({ name, failures }) => [name, failures]),
      [
        ['failing', 3],
        ['sound', 0],
      ],
    );
  });

  it('doubles its pause up to five minutes, and never passes more often than when it is sound', () => {
    const seconds = [1, 2, 3, 8, 9, 50].map((failed) => backOff(1_000, failed) / 1_000);
    assert.deepEqual(seconds, [2, 4, 8, 256, 300, 300]);
    assert.deepEqual([backOff(HOUR_MS, 1), backOff(HOUR_MS, 9)], [HOUR_MS, HOUR_MS]);
  });
});

describe('the metrics of a loop', () => {
  it('have a fresh success while a long pass proves that it works', async () => {
    const loops: LoopHealth[] = [];
    const begun = Promise.withResolvers<() => void>();
    const ended = Promise.withResolvers<void>();
    const { entry } = hourly({
      work: async (_deps, _stopping, progressed) => {
        begun.resolve(progressed!);
        await ended.promise;
        return {};
      },
    });
    const timetable = startTimetable(site.deps, { entries: [entry], loops });
    const progressed = await begun.promise;
    assert.equal(loops[0]?.succeededMs, undefined);
    progressed();
    const first = loops[0]?.succeededMs;
    assert.ok(first !== undefined && loops[0]?.tookMs === undefined, 'the pass is under way');
    ended.resolve();
    await timetable.stop();
    assert.ok(loops[0]!.succeededMs! >= first);
  });

  it('are the age of its last success, its interval, its failures and its last duration', async () => {
    const startedMs = performance.now() - 90_000;
    const succeededMs = performance.now() - 30_000;
    const rest = { everyMs: 60_000, startedMs, tookMs: 250 };
    site.loops.push(
      { name: 'sound', ...rest, succeededMs, failures: 2 },
      { name: 'never', ...rest, succeededMs: undefined, failures: 5, tookMs: undefined },
    );
    const metrics = await site.scrape();
    const value = (name: string, loop: string) => valueOf(metrics, `tabane_loop_${name}`, { loop });
    assert.ok(Math.abs(value('success_age_seconds', 'sound')! - 30) < 10);
    assert.ok(Math.abs(value('success_age_seconds', 'never')! - 90) < 10);
    assert.equal(value('interval_seconds', 'sound'), 60);
    assert.deepEqual([value('failures_total', 'sound'), value('failures_total', 'never')], [2, 5]);
    assert.deepEqual(
      [value('duration_seconds', 'sound'), value('duration_seconds', 'never')],
      [0.25, undefined],
    );
    const again = await site.scrape();
    assert.equal(
      valueOf(again, 'tabane_loop_failures_total', { loop: 'never' }),
      5,
      'not added up by scrapes',
    );
  });
});

describe('the timetable', () => {
  it('has the nights, which the run table watches, and loops with names of their own', () => {
    const entries = createTimetable();
    assert.deepEqual(
      entries.filter(({ isWatchedByRuns }) => isWatchedByRuns).map(({ name }) => name),
      ['night'],
    );
    assert.equal(new Set(entries.map(({ name }) => name)).size, entries.length);
    assert.ok(entries.every(({ name, everyMs }) => /^[a-z-]+$/.test(name) && everyMs >= 1_000));
  });
});
