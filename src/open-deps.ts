import pino from 'pino';
import type { Config } from '../config/config.ts';
import { openOrm } from '../config/orm.ts';
import type { Deps } from './deps.ts';
import { systemClock } from './shared/clock.ts';
import { createIds } from './shared/ids.ts';
import { createLog } from './shared/log.ts';

/** The dependencies of use cases, on a real clock, with the log on standard error. Close them at the end, or the process stays. */
export async function openDeps(config: Config): Promise<Deps & { close(): Promise<void> }> {
  const orm = await openOrm({ databaseUrl: config.databaseUrl, poolSize: config.databasePoolSize });
  return {
    orm,
    config,
    clock: systemClock,
    ids: createIds(systemClock),
    log: createLog(config.logLevel, pino.destination({ dest: 2, sync: true })),
    close: () => orm.close(),
  };
}
