import pino from 'pino';
import { parseConfig } from '../config/config.ts';
import { migrate } from '../config/migrate.ts';
import { openOrm } from '../config/orm.ts';
import type { Deps } from '../src/deps.ts';
import { addDays, businessDateOf } from '../src/shared/calendar.rules.ts';
import { systemClock } from '../src/shared/clock.ts';
import { createIds } from '../src/shared/ids.ts';
import { createLog } from '../src/shared/log.ts';

/** What the command line of the batches works with; dispose of it at the end. */
export interface Batch extends AsyncDisposable {
  readonly deps: Deps;
  /** The last business date that has ended. */
  yesterday(): string;
}

/** Connects to the database that the environment names. Logs go to standard error: output is for results. */
export async function openBatch(): Promise<Batch> {
  const config = parseConfig(process.env);
  // In production a release migrates; a developer's first command finds an empty database.
  if (config.mode === 'development') await migrate(config.databaseUrl);
  const orm = await openOrm({ databaseUrl: config.databaseUrl, poolSize: config.databasePoolSize });
  const clock = systemClock;
  const log = createLog(config.logLevel, pino.destination(2));
  return {
    deps: { orm, config, clock, ids: createIds(clock), log },
    yesterday: () => addDays(businessDateOf(clock.now(), config.timeZone), -1),
    [Symbol.asyncDispose]: () => orm.close(),
  };
}
