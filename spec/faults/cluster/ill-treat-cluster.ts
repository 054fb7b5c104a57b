import { createRandom } from '../../../batch/demo/random.ts';
import { Cluster } from './cluster.ts';
import { meetOnTwoNodes } from './two-nodes.ts';
import { raceCloses } from './close-race.ts';
import { loadCluster } from './load-cluster.ts';
import { nightsOnDyingNodes } from './dying-nights.ts';

export interface IllTreatCluster {
  readonly times: number;
  readonly seed: number;
  readonly say?: (line: string) => void;
}

/**
 * A cluster of three nodes, written to through several of them: requests that must not take effect twice, sent to two
 * nodes at once; periods that close during sales; nodes that are killed, isolated and frozen under load and during nights.
 */
export async function illTreatCluster({ times, seed, say = () => {} }: IllTreatCluster) {
  const random = createRandom(seed, 'ill-treat cluster');
  const cluster = await Cluster.start();
  try {
    const met = await meetOnTwoNodes(cluster);
    say(`two nodes at once: ${JSON.stringify(met)}`);
    const raced = await raceCloses(cluster, random);
    say(`closes while others sell: ${JSON.stringify(raced)}`);
    const sale = await loadCluster(cluster, { times, random, say });
    say(`sale: ${JSON.stringify(sale)}`);
    const nights = await nightsOnDyingNodes(cluster, { random, say });
    return { met, raced, sale, nights, brokenInvariants: sale.brokenInvariants };
  } finally {
    await cluster.stop();
  }
}
