import { openOrm } from '../../../config/database/orm.ts';
import { createApp } from '../../../src/app.ts';
import type { ServiceDeps } from '../../../src/service-deps.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { DocumentThreads } from '../../../src/rendering/document-threads.ts';
import { createIds } from '../../../src/shared/ids.ts';
import { listen } from './listen.ts';
import { serverConfig, serverLog } from './server-settings.ts';

/** The real service. */
const config = serverConfig();
const deps: ServiceDeps = {
  orm: await openOrm({ databaseUrl: config.databaseUrl, poolSize: config.databasePoolSize }),
  config,
  clock: systemClock,
  ids: createIds(systemClock),
  log: serverLog(),
  documents: new DocumentThreads(),
  lineCheck: {
    check: () => Promise.resolve({ kind: 'unknown', reason: 'no-server' }),
    stats: () => {
      throw new Error('no line is checked here');
    },
    close: () => Promise.resolve(),
  },
};
listen(createApp(deps));
