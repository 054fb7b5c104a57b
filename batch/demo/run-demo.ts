import { demoStaff } from './demo-staff.ts';
import { join } from 'node:path';
import type { Deps } from '../../src/deps.ts';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { lastClosingDateOf } from '../../src/shared/calendar.rules.ts';
import { formatCount } from '../../src/shared/money.ts';
import { buildWorld, type BuiltWorld } from './build-world.ts';
import { recreateDatabase, type DemoAddresses } from './demo-database.ts';
import { watchDemo } from './demo-progress.ts';
import { openDemoSite, type DemoSite } from './demo-site.ts';
import type { DemoOptions } from './options.ts';
import { Phases } from './phases.ts';
import { createCalendar, HOUR_MS } from './plan/demo-calendar.ts';
import { planWorld } from './plan/plan-world.ts';
import type { WorldPlan } from './plan/world-plan.ts';
import { describeInvariants, describeProofs, describeSettlements } from './results/describe.ts';
import { listSettlements } from './results/export-settlements.ts';
import { assertResultsFolder, emptyResultsFolder, resultNames } from './results/results-folder.ts';
import { proveCloses, summarise } from './results/summarise.ts';
import { writeJson } from './results/write-json.ts';
import { writeTables } from './results/write-results.ts';
import { writeSignIns, type SignIns } from './sign-ins.ts';

interface Demo {
  readonly options: DemoOptions;
  readonly addresses: DemoAddresses;
  readonly timeZone: string;
  readonly output: NodeJS.WriteStream;
}

export interface DemoOutcome {
  /** Every invariant holds and every close balances. */
  readonly isSound: boolean;
  readonly signIns: SignIns;
}

/**
 * Creates a world, runs it through a month and its closes, and writes the results.
 * @throws DemoRefusal, UsageError before anything is touched; Error when the world goes another way than planned.
 */
export async function runDemo(demo: Demo): Promise<DemoOutcome> {
  const { options, addresses, timeZone, output } = demo;
  const print = (line: string) => void output.write(`${line}\n`);
  const phases = new Phases(print);
  const plan = planWorld(options, timeZone);
  print(describePlan(options, plan));
  await phases.measure('database', 'Preparing the database', async () => {
    await assertResultsFolder(options.out);
    await recreateDatabase(addresses);
    await emptyResultsFolder(options.out);
  });
  const calendar = createCalendar(options.month, timeZone);
  const startsAt = new Date(calendar.instant(calendar.setUpDate, 10 * HOUR_MS));
  const { seed, out } = options;
  const { databaseUrl } = addresses;
  await using site = await openDemoSite({ databaseUrl, filesDir: out, seed, startsAt });
  const built = await phases.measure('world', 'Simulating the month: sales by day, billing by night', () =>
    live(site, { options, plan, output }),
  );
  // Awaited here, for the site closes when this function ends.
  return await conclude(site.deps, { demo, built, plan, phases, print });
}

function describePlan({ seed, month }: DemoOptions, plan: WorldPlan): string {
  const { companies, lines, chargeCount } = plan;
  const counts = `${formatCount(companies.length)} companies, ${formatCount(lines.length)} lines, ${formatCount(chargeCount)} charges`;
  return `Building the world of seed ${seed}: ${counts}. Its month is ${month}; its last group closes on ${lastClosingDateOf(month)}, and the settlement of the month after is paid by ${plan.endDate}.`;
}

type Living = Pick<Demo, 'options' | 'output'> & { readonly plan: WorldPlan };

async function live(site: DemoSite, { options, plan, output }: Living): Promise<BuiltWorld> {
  const progress = watchDemo(plan, output);
  try {
    return await buildWorld({ site, options, plan, progress });
  } finally {
    progress.stop();
  }
}

interface Conclusion {
  readonly demo: Demo;
  readonly built: BuiltWorld;
  readonly plan: WorldPlan;
  readonly phases: Phases;
  readonly print: (line: string) => void;
}

async function conclude(deps: Deps, { demo, built, plan, phases, print }: Conclusion): Promise<DemoOutcome> {
  const { options } = demo;
  const { out, month } = options;
  const { world, nights, eventsMs } = built;
  const invariants = await phases.measure('invariants', 'Checking the invariants', () =>
    checkInvariants(deps, demoStaff, { through: plan.endDate }),
  );
  await phases.measure('results', 'Writing the results', () => writeTables(deps, out));
  const signIns = await writeSignIns(out, world, plan);
  const measured = { eventsMs, jobsMs: nights.elapsedMs, phasesMs: phases.elapsedMs, nights: nights.nights };
  const summary = await summarise(deps, { options, invariants, ...measured });
  await writeJson(join(out, resultNames.summary), summary);
  const proofs = await proveCloses(deps);
  print(`\nSettlements of ${month}\n${describeSettlements(await listSettlements(deps, month), deps.config)}`);
  print(`\nProof of close\n${describeProofs(proofs, deps.config)}`);
  print(`\n${describeInvariants(invariants)}`);
  print(`\nResults\n${listResults(out)}`);
  return {
    isSound: invariants.every(({ holds }) => holds) && proofs.every(({ balanced }) => balanced),
    signIns,
  };
}

function listResults(out: string): string {
  const { signIns: _, statements, ...files } = resultNames;
  return [...Object.values(files), `${statements}/`].map((name) => `  ${join(out, name)}`).join('\n');
}
