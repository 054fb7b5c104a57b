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
  /** Milliseconds by kind of event. */
  readonly eventsMs: Readonly<Record<string, number>>;
}

/** Performs the events of a planned world in order, nights included. */
export async function buildWorld({ site, options, plan, progress }: Building): Promise<BuiltWorld> {
  const world = createWorld(site);
  const nights = new NightWatch();
  const eventsMs = new Map<string, number>();
  await markBegin(site.deps, options);
  await createCompanies(world, plan.companies);
  await createAccounts(site.deps, plan.accounts);
  for (const event of plan.events) {
    const startedMs = performance.now();
    await perform(world, event, nights);
    const elapsedMs = performance.now() - startedMs;
    eventsMs.set(event.kind, (eventsMs.get(event.kind) ?? 0) + elapsedMs);
    progress.advance(event);
  }
  await markFinish(site.deps, options);
  const rounded = [...eventsMs].map(([kind, ms]) => [kind, Math.round(ms)] as const);
  return { world, nights, eventsMs: Object.fromEntries(rounded) };
}
