import { createWorld, type DemoWorld } from './acts/demo-world.ts';
import { createAccounts } from './acts/create-accounts.ts';
import { createCompanies } from './acts/create-companies.ts';
import { perform } from './acts/perform.ts';
import type { DemoSite } from './demo-site.ts';
import type { DemoProgress } from './demo-progress.ts';
import { NightWatch } from './night-watch.ts';
import type { DemoOptions } from './options.ts';
import type { WorldPlan } from './plan/world-plan.ts';
import { markBegin, markFinish } from './world-mark.ts';

interface Building {
  readonly site: DemoSite;
  readonly options: DemoOptions;
  readonly plan: WorldPlan;
  readonly progress: DemoProgress;
}

/** A finished world. */
export interface BuiltWorld {
  readonly world: DemoWorld;
  readonly nights: NightWatch;
}

/** Performs the events of a planned world in order, nights included. */
export async function buildWorld({ site, options, plan, progress }: Building): Promise<BuiltWorld> {
  const world = createWorld(site);
  const nights = new NightWatch();
  await markBegin(site.deps, options);
  await createCompanies(world, plan.companies);
  await createAccounts(site.deps, plan.accounts);
  for (const event of plan.events) {
    await perform(world, event, nights);
    progress.advance(event);
  }
  await markFinish(site.deps, options);
  return { world, nights };
}
