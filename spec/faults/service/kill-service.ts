import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { createRandom } from '../../../batch/demo/random.ts';
import { isComplete, runNight } from '../../../batch/night.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { businessDateOf } from '../../../src/shared/calendar.rules.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { countRows } from '../../support/api-world.ts';
import { listBrokenInvariants } from '../../support/broken-invariants.ts';
import { createWorld, type World } from '../../support/world.ts';
import { quietOutput } from '../quiet-output.ts';
import { auditCharges } from './audit.ts';
import { Load } from './load.ts';
import { ServiceProcess } from './service-process.ts';
import { makeShop } from './shop.ts';

export interface KillService {
  readonly kills: number;
  readonly seed: number;
  readonly say?: (line: string) => void;
}

const DAY_MS = 24 * 60 * 60_000;

/**
 * Kills the service with SIGKILL repeatedly while it charges, restarts it, and at the end compares the acknowledgements of
 * its clients with the database, after the next night too.
 */
export async function killService({ kills, seed, say = () => {} }: KillService) {
  const random = createRandom(seed, 'kill service');
  const world = await createWorld({ LINE_MONTHLY_LIMIT: '1000000000' });
  world.clock.set(systemClock.now());
  const shop = await makeShop(world.deps, { lines: 20, authorized: 20 + 10 * kills });
  const service = await ServiceProcess.start({ DATABASE_URL: world.database.url });
  const load = new Load([service.origin], shop, random);
  try {
    load.start();
    for (let kill = 1; kill <= kills; kill += 1) {
      await load.acknowledgedMore(random.between(1, 80));
      await pause(random.below(20));
      await service.kill();
      await service.start();
      if (kill % 25 === 0) say(`${kill} kills, ${load.acknowledged.length} orders acknowledged`);
    }
    await load.acknowledgedMore(50);
    await load.stop();
    assert.deepEqual(load.faults, []);
    const { charges, brokenInvariants } = await auditCharges(world.deps, load.acknowledged);
    await foldAll(world);
    const brokenAfterNight = await listBrokenInvariants(world.deps);
    return {
      kills,
      orders: load.acknowledged.length,
      charges,
      ...load.counts,
      brokenInvariants: [...brokenInvariants, ...brokenAfterNight],
    };
  } finally {
    await load.abandon();
    await service.kill();
    await world.close();
  }
}

/** The next night adds every captured charge to an invoice. */
async function foldAll({ deps, clock }: World): Promise<void> {
  const today = businessDateOf(systemClock.now(), deps.config.timeZone);
  clock.set(new Date(systemClock.now().getTime() + DAY_MS));
  const errors: string[] = [];
  const result = await runNight(deps, { businessDate: today, output: quietOutput(errors) });
  assert.deepEqual([isComplete(result), errors], [true, []]);
  const folded = await countRows(deps, 'invoice_item');
  const captured = await sqlOf(deps.orm.em.fork())
    .selectFrom('charge')
    .select('id')
    .where('state', '=', 'captured')
    .execute();
  assert.equal(folded, captured.length, 'every captured charge is in an invoice');
}
