import type { Config } from '../config/config.ts';
import type { Orm } from './database/orm.ts';
import type { Database } from './database/transaction.ts';
import type { LineCheck } from './radius/line-check.ts';
import type { Clock } from './shared/clock.ts';
import type { Ids } from './shared/ids.ts';
import type { Logger } from 'pino';

/** Everything a use case may lean on, handed down explicitly; no container, no module state. */
export interface Deps extends Database {
  readonly config: Config;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
}

/** The service's dependencies: a use case's, and the way to the AAA servers. */
export interface ServiceDeps extends Deps {
  readonly lineCheck: LineCheck;
  /** Connections of the pages' own, so that no request of the API waits for people who sign in; those of `orm` when left out. */
  readonly pagesOrm?: Orm;
}
