import pino, { type DestinationStream } from 'pino';
import type { Config } from '../config/config.ts';
import { openOrm } from '../config/database/orm.ts';
import type { Deps } from './deps.ts';
import { DocumentThreads } from './rendering/document-threads.ts';
import { systemClock, type Clock } from './shared/clock.ts';
import { createIds } from './shared/ids.ts';
import { createLog } from './shared/log.ts';

/**
 * The dependencies of use cases, on the system's clock and with the log on standard error unless others are given. Close them
 * at the end, or the process stays.
 */
export async function openDeps(
  config: Config,
  clock: Clock = systemClock,
  logDestination: DestinationStream = pino.destination({ dest: 2, sync: true }),
): Promise<Deps & { close(): Promise<void> }> {
  const orm = await openOrm({ databaseUrl: config.databaseUrl, poolSize: config.databasePoolSize });
  const documents = new DocumentThreads();
  return {
    orm,
    config,
    clock,
    ids: createIds(clock),
    log: createLog(config.logLevel, logDestination),
    documents,
    close: async () => {
      await documents.close();
      await orm.close();
    },
  };
}
