import assert from 'node:assert/strict';
import { createRandom, type Random } from '../../../batch/demo/random.ts';
import { listBrokenInvariants } from '../../support/broken-invariants.ts';
import type { World } from '../../support/world.ts';
import { closingNights, createMonthWorld, readMonth, type MonthSize } from './month-world.ts';
import { finishNight, killSoon, startNight } from './night-process.ts';

export interface KillNights extends MonthSize {
  readonly kills: number;
  /** Processes that run a night together; all but one of them are killed. By default one process is killed and started again. */
  readonly together?: number;
  readonly seed: number;
  readonly say?: (line: string) => void;
}

/** Kills in one month; more would find its nights finished. */
const KILLS_OF_MONTH = 24;

/**
 * Runs the nights in which a month closes, each killed with SIGKILL several times and then finished, and asserts that
 * their result equals that of an undisturbed twin; repeats this for as many months as needed. Returns the invariants that
 * are broken.
 */
export async function killNights({ kills, together = 1, seed, say = () => {}, ...size }: KillNights) {
  const random = createRandom(seed, 'kill nights');
  const sums = { months: 0, kills: 0, items: 0, settlements: 0 };
  const brokenInvariants: string[] = [];
  while (sums.kills < kills) {
    const due = Math.min(kills - sums.kills, KILLS_OF_MONTH);
    const disturb =
      together > 1
        ? (world: World, date: string) => killAllButOne(world, date, { together, random })
        : (world: World, date: string, most: number) => killAgainAndAgain(world, date, { most, random });
    const month = await killMonth(size, due, disturb);
    assert.ok(month.kills > 0, 'a night was killed before its end');
    sums.months += 1;
    sums.kills += month.kills;
    sums.items += month.items;
    sums.settlements += month.settlements;
    brokenInvariants.push(...month.brokenInvariants);
    say(`${sums.months} months, ${sums.kills} kills`);
  }
  return { ...sums, brokenInvariants };
}

/** Disturbs a night with at most that many kills. Returns their number. */
type Disturb = (world: World, businessDate: string, most: number) => Promise<number>;

async function killMonth(size: MonthSize, kills: number, disturb: Disturb) {
  const [disturbed, twin] = [await createMonthWorld(size), await createMonthWorld(size)];
  let killed = 0;
  try {
    for (const [at, businessDate] of closingNights.entries()) {
      await finishNight(twin, businessDate);
      const due = Math.ceil(((at + 1) * kills) / closingNights.length);
      if (killed < due) killed += await disturb(disturbed, businessDate, due - killed);
      await finishNight(disturbed, businessDate);
    }
    const [made, expected] = [await readMonth(disturbed), await readMonth(twin)];
    assert.deepEqual(made, expected, 'they come to the same');
    const brokenInvariants = await listBrokenInvariants(disturbed.deps);
    const { items, settlements } = made;
    return { kills: killed, items: items.length, settlements: settlements.length, brokenInvariants };
  } finally {
    await disturbed.close();
    await twin.close();
  }
}

/** One process after another takes the night up and is killed. */
async function killAgainAndAgain(
  world: World,
  businessDate: string,
  { most, random }: { most: number; random: Random },
): Promise<number> {
  let kills = 0;
  while (kills < most && (await killSoon(world, startNight(world, businessDate), random))) kills += 1;
  return kills;
}

/** Several processes share the night; those that are not killed finish it without intervention. */
async function killAllButOne(
  world: World,
  businessDate: string,
  { together, random }: { together: number; random: Random },
): Promise<number> {
  const nights = Array.from({ length: together }, () => startNight(world, businessDate));
  const [survivor, ...others] = random.shuffle(nights);
  let kills = 0;
  for (const other of others) kills += (await killSoon(world, other, random)) ? 1 : 0;
  const { code, output, errors } = await survivor!.result;
  assert.deepEqual([code, errors], [0, ''], output);
  return kills;
}
