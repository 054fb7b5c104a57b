import { LaunchRefusal, runEntryPoint } from '../../../batch/launch/launch-refusal.ts';
import { catchSignals, runCommand } from '../../../batch/launch/run-command.ts';
import { Cluster } from './cluster.ts';

const usage = 'usage: run-on-cluster.ts -- COMMAND [ARGUMENT…]';

/** Runs a command with DATABASE_URL naming the first node of a cluster of three that ends with it. */
async function main(): Promise<number> {
  const [end, ...command] = process.argv.slice(2);
  if (end !== '--' || command.length === 0) throw new LaunchRefusal(usage);
  const signals = catchSignals();
  const cluster = await Cluster.start('throwaway');
  try {
    return await runCommand(command, signals, { ...process.env, DATABASE_URL: cluster.a.url });
  } finally {
    await cluster.stop();
  }
}

await runEntryPoint(main);
