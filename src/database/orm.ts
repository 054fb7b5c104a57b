import type { MikroORM, EntityManager } from '@mikro-orm/mariadb';

export type Orm = MikroORM;
/** An entity manager: one unit of work. */
export type Em = EntityManager;

/** Connections of the pages, in addition to the `poolSize` of the API: half as many, at least two. */
export function pagesPoolSize(poolSize: number): number {
  return Math.max(2, Math.ceil(poolSize / 2));
}
