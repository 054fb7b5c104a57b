import assert from 'node:assert/strict';
import type { Random } from '../../../batch/demo/random.ts';
import { auditCharges } from '../service/audit.ts';
import { Load } from '../service/load.ts';
import { ServiceProcess } from '../service/service-process.ts';
import { makeShop } from '../service/shop.ts';
import { Balancer } from './balancer.ts';
import type { Cluster } from './cluster.ts';
import { ClusterSite } from './cluster-site.ts';
import { assertNodesAgree } from './equal-nodes.ts';
import { nodeFaults } from './node-faults.ts';

interface LoadCluster {
  readonly times: number;
  readonly random: Random;
  readonly say: (line: string) => void;
}

/**
 * Charges through two processes on two nodes, each order sent to either, while nodes die, hang and are isolated.
 * Asserts that the service answers as documented during the faults, recovers by itself, and that every node has exactly
 * what was acknowledged.
 */
export async function loadCluster(cluster: Cluster, { times, random, say }: LoadCluster) {
  const site = await ClusterSite.create(cluster, 'sale', { LINE_MONTHLY_LIMIT: '1000000000' });
  const deps = await site.depsAt(cluster.c);
  const shop = await makeShop(deps, { lines: 20, authorized: 100 * times });
  const balancer = await Balancer.start([cluster.a, cluster.c]);
  const atA = await ServiceProcess.start({ DATABASE_URL: site.urlAt(balancer) });
  const atB = await ServiceProcess.start({ DATABASE_URL: site.urlAt(cluster.b) });
  const load = new Load([atA.origin, atB.origin], shop, random);
  try {
    load.start();
    for (let time = 0; time < times; time += 1) {
      for (const [name, happen] of Object.entries(nodeFaults)) {
        await load.acknowledgedMore(100);
        const startedMs = performance.now();
        await happen({ cluster, balancer, atB, load });
        say(`${name}: all well after ${Math.round(performance.now() - startedMs)} ms`);
        assert.deepEqual(load.faults, [], name);
      }
    }
    await load.acknowledgedMore(100);
    await load.stop();
    assert.deepEqual(load.faults, []);
    const audit = await auditCharges(await site.depsAt(cluster.a), load.acknowledged);
    await assertNodesAgree(site);
    return { orders: load.acknowledged.length, ...audit, ...load.counts };
  } finally {
    await load.abandon();
    await Promise.all([atA.kill(), atB.kill()]);
    balancer.stop();
    await site.close();
  }
}
