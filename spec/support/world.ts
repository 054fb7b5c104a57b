import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { openOrm } from '../../config/database/orm.ts';
import { parseConfig, type Config } from '../../config/config.ts';
import type { Deps } from '../../src/deps.ts';
import { DocumentThreads } from '../../src/rendering/document-threads.ts';
import { MovableClock } from '../../src/shared/clock.ts';
import { createIds } from '../../src/shared/ids.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

/** A database and a folder of its own, a clock that does not advance, and all dependencies of a use case. */
export interface World {
  readonly deps: Deps;
  readonly clock: MovableClock;
  readonly config: Config;
  readonly database: TestDatabase;
  close(): Promise<void>;
}

/** 12:00 in Tokyo on 2026-05-10: every closing group is in the middle of a period. */
export const NOON_IN_TOKYO = new Date('2026-05-10T03:00:00.000Z');

/** Creates an empty world: schema and reference rows only. `settings` are environment variables. */
export async function createWorld(settings: Readonly<Record<string, string>> = {}): Promise<World> {
  const database = await createTestDatabase();
  const filesDir = await mkdtemp(join(tmpdir(), 'tabane-spec-'));
  const config = parseConfig({
    DATABASE_URL: database.url,
    MIGRATION_DATABASE_URL: database.ownerUrl,
    DATABASE_POOL_SIZE: '20',
    FILES_DIR: filesDir,
    ...settings,
  });
  const orm = await openOrm({ databaseUrl: database.url, poolSize: config.databasePoolSize });
  const clock = new MovableClock(NOON_IN_TOKYO);
  const documents = new DocumentThreads();
  const log = pino({ enabled: false });
  const deps: Deps = { orm, config, clock, ids: createIds(clock), log, documents };
  return {
    deps,
    clock,
    config,
    database,
    close: async () => {
      await documents.close();
      await orm.close();
      await database.drop();
      await rm(filesDir, { recursive: true, force: true });
    },
  };
}
