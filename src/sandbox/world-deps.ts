import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import type { Config } from '../../config/config.ts';
import { openOrm } from '../../config/database/orm.ts';
import type { Deps } from '../deps.ts';
import type { LineCheck } from '../radius/line-check.ts';
import { systemClock } from '../shared/clock.ts';
import { createIds } from '../shared/ids.ts';
import { magicLineCheck } from './magic-line-check.ts';
import type { Registry, WorldRow } from './registry.ts';
import { worldPathOf } from './sandbox-key.rules.ts';
import { WorldClock } from './world-clock.ts';

/** What use cases in a world lean on. */
export interface WorldDeps extends Deps {
  readonly clock: WorldClock;
  readonly lineCheck: LineCheck;
}

/** Connections of a world: several people of one company try things out. */
const POOL_SIZE = 4;
/** Time limit of a statement of a request; the nights of a world have none. */
const STATEMENT_TIMEOUT_MS = 30_000;

/**
 * The settings of a world: its own database, secret, files and pages. It is never in production: two named people of the world
 * approve what its nights draft, which needs no factor there.
 */
export function worldConfig(live: Config, worldId: string, databaseUrl: string): Config {
  return Object.freeze({
    ...live,
    mode: 'development' as const,
    databaseUrl,
    migrationDatabaseUrl: undefined,
    databasePoolSize: POOL_SIZE,
    publicOrigin: `${live.publicOrigin}${worldPathOf(worldId)}`,
    // Seals, tokens and locks of one world mean nothing in another, nor in the live service.
    secret: createHmac('sha256', live.secret).update(`sandbox:${worldId}`).digest('base64url'),
    filesDir: join(live.filesDir, 'sandbox', worldId),
    sandbox: undefined,
    // Nobody could read the log of a world, and nothing would write it.
    requestLogDays: 0,
    world: Object.freeze({ id: worldId, liveOrigin: live.publicOrigin }),
  });
}

/** Connects to a world. Close its ORM at the end. */
export async function openWorldDeps(
  live: Pick<Deps, 'config' | 'log' | 'documents'>,
  registry: Registry,
  { id, clock: setting }: Pick<WorldRow, 'id' | 'clock'>,
  timeoutMs: number | undefined = STATEMENT_TIMEOUT_MS,
): Promise<WorldDeps> {
  const databaseUrl = registry.databaseUrlOf(id);
  const config = worldConfig(live.config, id, databaseUrl);
  const clock = new WorldClock(setting);
  const orm = await openOrm({
    databaseUrl,
    poolSize: POOL_SIZE,
    ...(timeoutMs !== undefined && { timeoutMs }),
  });
  const log = live.log.child({ world: id });
  return {
    orm,
    config,
    clock,
    outsideClock: systemClock,
    ids: createIds(clock),
    log,
    documents: live.documents,
    lineCheck: magicLineCheck,
  };
}
