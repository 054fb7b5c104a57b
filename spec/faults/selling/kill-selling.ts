import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { createRandom, type Random } from '../../../batch/demo/random.ts';
import { addDays, CLOSING_GROUPS } from '../../../src/shared/calendar.rules.ts';
import { createWorld, type World } from '../../support/world.ts';
import { auditCharges } from '../service/audit.ts';
import { Load } from '../service/load.ts';
import { ServiceProcess } from '../service/service-process.ts';
import { makeShop } from '../service/shop.ts';
import { assertAllBilled } from './billed.ts';
import {
  countParts,
  finishNight,
  listBusinessDays,
  nightAfter,
  readProgress,
  startNight,
  type NightClock,
} from './nights-of-a-month.ts';

export interface KillSelling {
  /** How often a night is killed; the service dies at instants of its own. */
  readonly kills: number;
  readonly seed: number;
  /** How many days, the last of them the one on which the month's last group closes. */
  readonly days?: number;
  readonly say?: (line: string) => void;
}

interface Scene {
  readonly world: World;
  readonly service: ServiceProcess;
  readonly load: Load;
  readonly random: Random;
}

/** Between two orders of a sender. */
const PAUSE_MS = 100;

/**
 * Lives through the days in which a month closes while the service sells: its nights and the service itself are killed
 * with SIGKILL at random, each on its own; every other night the service and two processes more share the work.
 * Asserts that every acknowledged charge is there once and on one invoice, that each night left alone has finished, the
 * periods are closed and the month is settled. Returns the invariants that are broken.
 */
export async function killSelling({ kills, seed, days = 32, say = () => {} }: KillSelling) {
  const businessDays = listBusinessDays(days);
  const random = createRandom(seed, 'kill selling');
  const world = await createWorld({ LINE_MONTHLY_LIMIT: '1000000000' });
  const shop = await makeShop(world.deps, { lines: 20, authorized: 0, closingGroups: CLOSING_GROUPS });
  const settings = { DATABASE_URL: world.database.url, FILES_DIR: world.config.filesDir };
  const dayBefore = nightAfter(addDays(businessDays[0]!, -1));
  const service = await ServiceProcess.start({ ...settings, ...dayBefore.environment });
  const load = new Load([service.origin], shop, random);
  const scene = { world, service, load, random };
  const killed = { nights: 0, services: 0 };
  try {
    load.start(PAUSE_MS);
    for (const [at, businessDate] of businessDays.entries()) {
      const due = Math.ceil(((at + 1) * kills) / businessDays.length) - killed.nights;
      // Every other night the service runs too; the last catches up with the kills that came too late.
      const isShared = at % 2 === 1 && at < businessDays.length - 1;
      const more = await liveThrough(scene, businessDate, { nightKills: due, isShared });
      killed.nights += more.nights;
      killed.services += more.services;
      say(`${businessDate}: ${killed.nights} nights and ${killed.services} services killed`);
    }
    await load.stop();
    assert.deepEqual(load.faults, []);
    // What was sold after the last of these days is of the day after it.
    const last = nightAfter(addDays(businessDays.at(-1)!, 1));
    world.clock.set(last.now);
    await finishNight(world, last);
    const audit = await auditCharges(world.deps, load.acknowledged);
    const billed = await assertAllBilled(world, businessDays);
    const parts = await countParts(world, service.pids);
    return { killed, orders: load.acknowledged.length, ...audit, ...billed, ...parts, ...load.counts };
  } finally {
    await load.abandon();
    await service.kill();
    await world.close();
  }
}

interface Night {
  /** How often it is killed before it is let finish. */
  readonly nightKills: number;
  /** Whether the service, while it sells, and two further processes work on it as well. */
  readonly isShared: boolean;
}

/** The day ends: the service continues in the next one, and the night is killed some times before it is let finish. */
async function liveThrough(scene: Scene, businessDate: string, { nightKills, isShared }: Night) {
  const { world, service, load, random } = scene;
  await load.acknowledgedMore(random.between(10, 40));
  const night = nightAfter(businessDate);
  world.clock.set(night.now);
  // What it has under way is of the day before, and is asked for again in the next.
  await service.kill();
  // First, so that they cut the work into more parts than the service would.
  const beside = Promise.all(isShared ? [finishNight(world, night), finishNight(world, night)] : []);
  beside.catch(() => undefined);
  await service.start({ ...night.environment, SCHEDULE: isShared ? 'on' : 'off' });
  const ending = new AbortController();
  const services = killServices(scene, ending.signal);
  let nights = 0;
  try {
    while (nights < nightKills && (await killNight(scene, night))) nights += 1;
    await Promise.all([finishNight(world, night), beside]);
  } finally {
    ending.abort();
    await services;
  }
  return { nights, services: 1 + (await services) };
}

/** Kills the service and starts it again, at random, until asked to end; says how often. */
async function killServices({ service, load, random }: Scene, ending: AbortSignal): Promise<number> {
  for (let kills = 0; ; kills += 1) {
    await load.acknowledgedMore(random.between(1, 300));
    if (ending.aborted) return kills;
    await service.kill();
    await service.start();
  }
}

/** Kills a night somewhere behind its first step; false when it had ended before. */
async function killNight({ world, random }: Scene, night: NightClock): Promise<boolean> {
  const before = await readProgress(world, night);
  const batch = startNight(world, night);
  while (batch.isRunning() && (await readProgress(world, night)) === before) await pause(5);
  await pause(random.below(random.pick([10, 100, 1_000])));
  batch.child.kill('SIGKILL');
  return (await batch.result).code === null;
}
