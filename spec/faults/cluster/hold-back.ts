import type { ClusterNode } from './cluster-node.ts';

/** Lets a node apply the others' commits again. */
export type Release = () => Promise<void>;

const TABLE = 'test_hold.held';

/**
 * Prevents a node from applying the others' commits, like a slow machine; it still accepts its own writes. A locked table
 * there blocks the changes, which are applied in order.
 */
export async function holdBack(node: ClusterNode, other: ClusterNode): Promise<Release> {
  await other.onServer(async (connection) => {
    await connection.query('CREATE DATABASE IF NOT EXISTS test_hold');
    await connection.query(`CREATE TABLE IF NOT EXISTS ${TABLE} (id INT PRIMARY KEY AUTO_INCREMENT)`);
  });
  const [locked, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const holding = node.onServer(async (connection) => {
    await connection.query('SET SESSION wsrep_sync_wait = 1');
    await connection.query(`SELECT COUNT(*) FROM ${TABLE}`);
    await connection.query(`LOCK TABLES ${TABLE} READ`);
    locked.resolve();
    await released.promise;
    await connection.query('UNLOCK TABLES');
  });
  await locked.promise;
  await other.onServer((connection) => connection.query(`INSERT INTO ${TABLE} VALUES ()`));
  return async () => {
    released.resolve();
    await holding;
  };
}
