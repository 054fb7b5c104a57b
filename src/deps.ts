import type { Config } from '../config/config.ts';
import type { Database } from './database/transaction.ts';
import type { DocumentThreads } from './rendering/document-threads.ts';
import type { Clock } from './shared/clock.ts';
import type { Ids } from './shared/ids.ts';
import type { Logger } from 'pino';

/** Everything a use case may lean on, handed down explicitly; no container, no module state. */
export interface Deps extends Database {
  readonly config: Config;
  readonly clock: Clock;
  /** The time that others have, where `clock` is that of a demo world; `clock` when left out. */
  readonly outsideClock?: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  /** Where documents for people who wait for them are drawn. */
  readonly documents: DocumentThreads;
}
