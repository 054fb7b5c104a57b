import type { Orm } from './database/orm.ts';
import type { Deps } from './deps.ts';
import type { LineCheck } from './radius/line-check.ts';
import type { Sandbox } from './sandbox/sandbox.ts';

/** The service's dependencies: those of the use cases, and the connection to the AAA servers. */
export interface ServiceDeps extends Deps {
  readonly lineCheck: LineCheck;
  /** Connections of the pages' own, so that no request of the API waits for people who sign in; those of `orm` when left out. */
  readonly pagesOrm?: Orm;
  /** The worlds of companies; undefined where there are none. */
  readonly sandbox?: Sandbox | undefined;
}
