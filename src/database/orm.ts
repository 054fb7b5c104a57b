import type { MikroORM, EntityManager } from '@mikro-orm/mariadb';

export type Orm = MikroORM;
/** An entity manager: one unit of work. */
export type Em = EntityManager;
