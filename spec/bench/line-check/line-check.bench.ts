import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensurePrograms } from '../../../batch/launch/packages.ts';
import { createLineCheck, type LineCheck } from '../../../src/radius/line-check.ts';
import { freeRadiusSecret, startFreeRadius } from '../../support/freeradius.ts';
import type { Bench, BenchSetting, Comparison } from '../harness/bench.types.ts';
import { compare, measureInTurn, timeMs } from '../harness/rounds.ts';
import { prepareRadclient, type HeldLine, type RadclientLoad } from './radclient.ts';

const LINES = 1_000;
/** Concurrent checks of our client; radclient uses its own optimum. */
const PENDING = 64;
const RADCLIENT_PARALLEL = [32, 64, 128, 256];

/** Compares line checks of our client against a real FreeRADIUS with `radclient` and the same requests. */
export const lineCheck: Bench = {
  name: 'line-check',
  run: async (setting) => {
    ensurePrograms(['freeradius', 'radclient']);
    const count = setting.quick ? 10_000 : 100_000;
    const folder = await mkdtemp(join(tmpdir(), 'tabane-bench-'));
    const lines = Array.from({ length: LINES }, (_, number) => ({
      lineId: `CAF${String(number).padStart(10, '0')}`,
      address: `10.0.${number >> 8}.${number & 255}`,
    }));
    const server = await startFreeRadius(lines);
    const connection = { host: '127.0.0.1', port: server.port, secret: freeRadiusSecret };
    const client = createLineCheck({ servers: [connection], nasIdentifier: 'tabane' });
    try {
      const radclient = await prepareRadclient(folder, { ...connection, lines, count });
      return [await measure(setting, { client, radclient, lines, count })];
    } finally {
      await client.close();
      await server.stop();
      await rm(folder, { recursive: true });
    }
  },
};

interface Stage {
  readonly client: LineCheck;
  readonly radclient: RadclientLoad;
  readonly lines: readonly HeldLine[];
  readonly count: number;
}

async function measure({ quick, say }: BenchSetting, stage: Stage): Promise<Comparison> {
  const rounds = quick ? 3 : 5;
  const parallel = await findBest(stage.radclient, say);
  const told = (name: string, run: () => Promise<number>) => async () => {
    const perSecond = await run();
    say(`${name}: ${Math.round(perSecond)}/s`);
    return perSecond;
  };
  const subjects = {
    ours: told('ours', () => checkAll(stage)),
    radclient: told('radclient', () => stage.radclient.run(parallel)),
  };
  await subjects.ours();
  const measured = await measureInTurn(rounds, subjects);
  const { retransmitted } = stage.client.stats()[0]!;
  return {
    name: 'line-check',
    unit: 'checks/s',
    ...compare(measured.ours, measured.radclient),
    reach: { atLeast: 0.5 },
    facts: { checks: stage.count, rounds, pending: PENDING, radclientParallel: parallel, retransmitted },
  };
}

/** How many at a time suit radclient best on this machine. */
async function findBest(radclient: RadclientLoad, say: (text: string) => void): Promise<number> {
  let best = { parallel: 0, perSecond: 0 };
  for (const parallel of RADCLIENT_PARALLEL) {
    const perSecond = await radclient.run(parallel);
    say(`radclient with ${parallel} at a time: ${Math.round(perSecond)}/s`);
    if (perSecond > best.perSecond) best = { parallel, perSecond };
  }
  return best.parallel;
}

/** Every check must be accepted: each line is asked for the address it holds. @returns checks a second. */
async function checkAll({ client, lines, count }: Stage): Promise<number> {
  let begun = 0;
  const lane = async () => {
    while (begun < count) {
      const outcome = await client.check(lines[begun++ % lines.length]!);
      if (outcome.kind !== 'accepted') throw new Error(`a check was ${JSON.stringify(outcome)}`);
    }
  };
  const ms = await timeMs(() => Promise.all(Array.from({ length: PENDING }, lane)));
  return (count * 1000) / ms;
}
