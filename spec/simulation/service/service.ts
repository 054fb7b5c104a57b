import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openOrm } from '../../../config/database/orm.ts';
import { jobs, type Job } from '../../../batch/jobs.ts';
import type { Deps } from '../../../src/deps.ts';
import { serveApp, type TestServer } from '../../support/http-client.ts';
import { createWorld, type World } from '../../support/world.ts';
import type { TaxRise, WorldPlan } from '../plan/world-plan.ts';
import { REFUND_LIMITS } from '../shadow/refunds.ts';
import { Bank } from './bank.ts';
import { createService } from './create-service.ts';
import { Mortal, type Dying } from './mortal.ts';
import { Names } from './names.ts';

const POOL_SIZE = '6';

/** The real service on a database of its own, with names for what is in it. */
export interface Service {
  readonly deps: Deps;
  readonly names: Names;
  readonly filesDir: string;
  /** Of the night of a date. */
  jobsOf(businessDate: string): readonly Job[];
  /** Address for companies' requests; the first access starts the server. */
  origin(): Promise<string>;
  moveTo(at: string): void;
  /** A second process on the same database, as far as one process can be two. */
  secondDeps(): Promise<Deps>;
  /** Lets a process begin some work, and die in it. */
  die(after: number, work: (dying: Dying) => Promise<unknown>): Promise<void>;
  readonly bank: Bank;
  close(): Promise<void>;
}

/** Low enough that a world comes upon them. */
const refundLimits = {
  REFUND_LIMIT_CHARGE: String(REFUND_LIMITS.charge),
  REFUND_LIMIT_LINE_DAY: String(REFUND_LIMITS.lineDay),
  REFUND_LIMIT_PERSON_DAY: String(REFUND_LIMITS.personDay),
  REFUND_LIMIT_COMPANY_DAY: String(REFUND_LIMITS.companyDay),
};

/** What a night proves of itself. */
const PROOFS = new Set(['check-invariants', 'seal-day']);

interface ServiceOptions {
  readonly proves: (businessDate: string) => boolean;
  readonly onDeath?: (() => void) | undefined;
}

/** Opens the service in a fresh database and puts the planned world into it. */
export async function openService(plan: WorldPlan, { proves, onDeath }: ServiceOptions): Promise<Service> {
  const filesDir = await mkdtemp(join(tmpdir(), 'tabane-simulation-'));
  const { timeZone: TIME_ZONE, currency: CURRENCY } = plan;
  const settings = {
    TIME_ZONE,
    CURRENCY,
    FILES_DIR: filesDir,
    DATABASE_POOL_SIZE: POOL_SIZE,
    ...refundLimits,
  };
  const world = await createWorld(settings);
  const deps = withTaxRises(world.deps, plan.taxRises);
  const names = new Names();
  await createService(deps, plan, names);
  let second: Deps | undefined;
  let mortal: Promise<Mortal> | undefined;
  let server: Promise<TestServer> | undefined;
  const openMortal = ({ database }: World) =>
    Mortal.open({ databaseUrl: database.url, dir: filesDir, deps, openDeps: (url) => openSecond(deps, url) });
  return {
    deps,
    names,
    filesDir,
    jobsOf: (businessDate) => (proves(businessDate) ? jobs : jobs.filter(({ name }) => !PROOFS.has(name))),
    origin: async () => (await (server ??= serveApp(deps))).origin,
    moveTo: (at) => world.clock.set(new Date(at)),
    secondDeps: async () => (second ??= await openSecond(deps, world.database.url)),
    die: async (after, work) => {
      if (await (await (mortal ??= openMortal(world))).die(after, work)) onDeath?.();
    },
    bank: new Bank(filesDir),
    close: async () => {
      await (await server)?.close();
      await second?.orm.close();
      await (await mortal)?.close();
      await world.close();
      await rm(filesDir, { recursive: true });
    },
  };
}

/** Rates that are law already come before. */
function withTaxRises(deps: Deps, rises: readonly TaxRise[]): Deps {
  const { config } = deps;
  const more = rises.map(({ code, from: validFrom, percent }) => ({
    code,
    validFrom,
    rateBps: percent * 100,
  }));
  // The shadow knows the bank of a carrier in yen: one in euro has no account that pays.
  const payouts = config.currency === 'JPY' ? config.payouts : { ...config.payouts, originator: undefined };
  return { ...deps, config: { ...config, payouts, taxRates: [...config.taxRates, ...more] } };
}

async function openSecond(deps: Deps, databaseUrl: string): Promise<Deps> {
  return { ...deps, orm: await openOrm({ databaseUrl, poolSize: Number(POOL_SIZE) }) };
}
