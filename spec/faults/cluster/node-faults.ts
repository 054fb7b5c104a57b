import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Load } from '../service/load.ts';
import type { ServiceProcess } from '../service/service-process.ts';
import type { Balancer } from './balancer.ts';
import type { Cluster } from './cluster.ts';
import type { ClusterNode } from './cluster-node.ts';

/** Two processes of the service at work: one through a load balancer that prefers node a, one on node b only. */
export interface Scene {
  readonly cluster: Cluster;
  readonly balancer: Balancer;
  readonly atB: ServiceProcess;
  readonly load: Load;
}

/** Everything that may happen to the nodes of a cluster under load; each ends with all three healthy again. */
export const nodeFaults: Readonly<Record<string, (scene: Scene) => Promise<void>>> = {
  'a node taken out and in again': async ({ cluster, balancer, load }) => {
    await cluster.a.leave();
    await untilChosen(balancer, cluster.c);
    await load.acknowledgedMore(100);
    await cluster.a.join();
    await untilChosen(balancer, cluster.a);
  },
  'a bystander killed': async ({ cluster, load }) => {
    await cluster.c.kill();
    await load.acknowledgedMore(100);
    await cluster.c.join();
  },
  'a writer killed': async ({ cluster, balancer, load }) => {
    await cluster.a.kill();
    await untilChosen(balancer, cluster.c);
    await load.acknowledgedMore(100);
    await cluster.a.join();
    await untilChosen(balancer, cluster.a);
  },
  'a writer cut off': async ({ cluster: { b }, atB, load }) => {
    await b.setIsolated(true);
    await b.untilCutOff();
    await assertRefuses(b, atB);
    await load.acknowledgedMore(100);
    await b.setIsolated(false);
    await b.untilSynced();
  },
  'a writer hanging': async ({ cluster, balancer, load }) => {
    cluster.a.hang();
    await untilChosen(balancer, cluster.c);
    await cluster.b.untilSees(2);
    await load.acknowledgedMore(100);
    cluster.a.resume();
    // Until it has rejoined it still reports itself as synced, as before it froze.
    await cluster.b.untilSees(3);
    await cluster.a.untilSynced();
    await untilChosen(balancer, cluster.a);
  },
};

/** An isolated node accepts nothing, and neither does the service that knows no other. */
async function assertRefuses(node: ClusterNode, service: ServiceProcess): Promise<void> {
  await assert.rejects(
    node.onServer((connection) => connection.query('SELECT COUNT(*) FROM mysql.user')),
    { errno: 1047 },
  );
  const ready = await fetch(`${service.origin}/health/ready`);
  assert.equal(ready.status, 503);
}

async function untilChosen(balancer: Balancer, node: ClusterNode): Promise<void> {
  const giveUpAtMs = performance.now() + 60_000;
  while (balancer.chosen !== node) {
    if (performance.now() > giveUpAtMs) throw new Error(`${node.name} does not get the connections`);
    await pause(20);
  }
}
