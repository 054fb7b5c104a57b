import { Gauge, type Registry } from 'prom-client';
import release from '../../package.json' with { type: 'json' };

/** Shows which release this process runs, on which Node: while one takes the other's place there are two. */
export function showBuild(registry: Registry): void {
  const build = new Gauge({
    name: 'tabane_build_info',
    help: 'Always 1; the labels are the release that runs and the version of Node.',
    labelNames: ['version', 'node'],
    registers: [registry],
  });
  build.set({ version: release.version, node: process.versions.node }, 1);
}
