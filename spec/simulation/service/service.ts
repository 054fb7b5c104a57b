import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openOrm } from '../../../config/orm.ts';
import type { Deps } from '../../../src/deps.ts';
import { createWorld, type World } from '../../support/world.ts';
import type { WorldPlan } from '../plan/world-plan.ts';
import { foundService } from './found-service.ts';
import { Names } from './names.ts';

const POOL_SIZE = '6';

/** The real service on a database of its own, with names for what is in it. */
export interface Service {
  readonly deps: Deps;
  readonly names: Names;
  readonly filesDir: string;
  moveTo(at: string): void;
  /** A second process on the same database, as far as one process can be two. */
  secondDeps(): Promise<Deps>;
  close(): Promise<void>;
}

/** Opens the service in a fresh database and puts the planned world into it. */
export async function openService(plan: WorldPlan): Promise<Service> {
  const filesDir = await mkdtemp(join(tmpdir(), 'tabane-simulation-'));
  const settings = { TIME_ZONE: plan.timeZone, FILES_DIR: filesDir, DATABASE_POOL_SIZE: POOL_SIZE };
  const world = await createWorld(settings);
  const names = new Names();
  await foundService(world.deps, plan, names);
  let second: Deps | undefined;
  return {
    deps: world.deps,
    names,
    filesDir,
    moveTo: (at) => world.clock.set(new Date(at)),
    secondDeps: async () => (second ??= await openSecond(world)),
    close: async () => {
      await second?.orm.close();
      await world.close();
      await rm(filesDir, { recursive: true });
    },
  };
}

async function openSecond({ deps, database }: World): Promise<Deps> {
  return { ...deps, orm: await openOrm({ databaseUrl: database.url, poolSize: Number(POOL_SIZE) }) };
}
