import {
  listServerOptions,
  type ServerPaths,
  type ServerSettings,
} from '../../../batch/launch/server-options.ts';
import { GALERA_LIBRARY } from '../../../batch/launch/programs.ts';

/** TCP ports of one node on 127.0.0.1: of its group, for missed changes, and for a complete copy. */
export interface NodePorts {
  readonly group: number;
  readonly catchUp: number;
  readonly copy: number;
}

export interface NodeSettings {
  readonly name: string;
  readonly ports: NodePorts;
  /** Group ports of all nodes. */
  readonly members: readonly number[];
  readonly durability: ServerSettings['durability'];
}

/** Command line of a node: the private server's, with the options of a cluster (config/operations/cluster.md lists those for production). */
export function listNodeOptions(paths: ServerPaths, node: NodeSettings): string[] {
  const { name, ports, members, durability = 'durable' } = node;
  const server = listServerOptions(paths, { durability, bufferPoolMib: 128, logFileMib: 64 });
  return [
    // The process already runs as the right user.
    ...server.filter((option) => !option.startsWith('--user=')),
    '--binlog-format=ROW',
    '--innodb-autoinc-lock-mode=2',
    '--log-bin-trust-function-creators=1',
    '--wsrep-on=ON',
    `--wsrep-provider=${GALERA_LIBRARY}`,
    '--wsrep-cluster-name=tabane',
    `--wsrep-cluster-address=gcomm://${members.map((port) => `127.0.0.1:${port}`).join(',')}`,
    `--wsrep-node-name=${name}`,
    '--wsrep-node-address=127.0.0.1',
    // Several would apply the removal of a row before that of the rows that refer to it, and the node be expelled.
    '--wsrep-slave-threads=1',
    '--wsrep-sst-method=rsync',
    `--wsrep-sst-receive-address=127.0.0.1:${ports.copy}`,
    `--wsrep-provider-options=${providerOptions(ports).join(';')}`,
  ];
}

/** A node that is silent for two seconds is suspected and, if the others agree, out of the group after at most four. */
function providerOptions({ group, catchUp }: NodePorts): string[] {
  return [
    'base_host=127.0.0.1',
    `base_port=${group}`,
    `gmcast.listen_addr=tcp://127.0.0.1:${group}`,
    `ist.recv_addr=127.0.0.1:${catchUp}`,
    'evs.keepalive_period=PT0.5S',
    'evs.inactive_check_period=PT0.5S',
    'evs.suspect_timeout=PT2S',
    'evs.inactive_timeout=PT4S',
    'evs.install_timeout=PT4S',
    'gcache.size=64M',
  ];
}
