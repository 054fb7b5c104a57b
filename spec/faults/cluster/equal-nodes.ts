import assert from 'node:assert/strict';
import { escapeId, type RowDataPacket } from 'mysql2/promise';
import { checkInvariants } from '../../../src/invariants/check-invariants.ts';
import type { ClusterNode } from './cluster-node.ts';
import type { ClusterSite } from './cluster-site.ts';
import { staff } from '../../support/actors.ts';

/** Asserts that the invariants hold on every node and that all nodes have the same rows in every table. */
export async function assertNodesAgree(site: ClusterSite): Promise<void> {
  const sums: Record<string, unknown>[] = [];
  for (const node of site.cluster.nodes) {
    const broken = (await checkInvariants(await site.depsAt(node), staff())).filter(({ holds }) => !holds);
    assert.deepEqual(broken, [], `the invariants hold on ${node.name}`);
    sums.push(await checksums(node, site.name));
  }
  assert.ok(Object.keys(sums[0]!).length > 20, 'there are tables to compare');
  for (const other of sums.slice(1)) assert.deepEqual(other, sums[0]);
}

/** The rows of every table, once the node has everything that was committed before. */
function checksums(node: ClusterNode, database: string): Promise<Record<string, unknown>> {
  return node.onServer(async (connection) => {
    await connection.query('SET SESSION wsrep_sync_wait = 1');
    const [tables] = await connection.query<RowDataPacket[]>(
      'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ? ORDER BY table_name',
      [database],
    );
    const names = tables.map(({ name }) => `${escapeId(database)}.${escapeId(String(name))}`);
    const [rows] = await connection.query<RowDataPacket[]>(`CHECKSUM TABLE ${names.join(', ')}`);
    return Object.fromEntries(rows.map((row) => [String(row['Table']), row['Checksum']]));
  });
}
