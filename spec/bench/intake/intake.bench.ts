import type { RowDataPacket } from 'mysql2/promise';
import { onDatabase } from '../harness/bench-database.ts';
import type { Bench, BenchSetting, Comparison } from '../harness/bench.types.ts';
import { compare, measureInTurn, median } from '../harness/rounds.ts';
import { fillIntakeWorld } from './intake-world.ts';
import type { Buyer, LoadOutcome } from './load.types.ts';
import { load, startServer, subjects, type Server, type Subject } from './processes.ts';

const CONNECTIONS = 64;

/**
 * Usage charges over real HTTP, beside (a) the same stack with validation only and (b) a transaction a request
 * by hand. Server, load and database are a process each; only one server is busy at a time.
 */
export const intake: Bench = {
  name: 'intake',
  run: async (setting) => {
    const database = await setting.databases.create('intake');
    const servers: Server[] = [];
    try {
      const buyers = await fillIntakeWorld(database.url);
      for (const subject of subjects) servers.push(await startServer(subject, database.url));
      return await measure(setting, { databaseUrl: database.url, servers, buyers });
    } finally {
      for (const { child } of servers) child.disconnect();
      await Promise.all(servers.map(({ ended }) => ended));
      await database.drop();
    }
  },
};

interface Stage {
  readonly databaseUrl: string;
  readonly servers: readonly Server[];
  readonly buyers: readonly Buyer[];
}

async function measure({ quick, say }: BenchSetting, stage: Stage): Promise<Comparison[]> {
  const rounds = quick ? 3 : 7;
  const times = quick ? { warmupMs: 700, measureMs: 2_000 } : { warmupMs: 1_000, measureMs: 4_000 };
  let loads = 0;
  const everything: LoadOutcome[] = [];
  const loadOf = (server: Server, connections: number) => async () => {
    loads += 1;
    const keyPrefix = `${server.subject}-${loads}`;
    const outcome = await load({
      ...times,
      port: server.port,
      connections,
      keyPrefix,
      buyers: stage.buyers,
    });
    say(
      `${keyPrefix}, ${connections} connections: ${Math.round(outcome.perSecond)}/s, p50 ${outcome.p50Ms.toFixed(1)} ms, p99 ${outcome.p99Ms.toFixed(1)} ms`,
    );
    assertAllCreated(outcome);
    if (server.subject !== 'bare') everything.push(outcome);
    return outcome;
  };
  const byNameWith = (connections: number) =>
    Object.fromEntries(
      stage.servers.map((server) => [server.subject, loadOf(server, connections)]),
    ) as Record<Subject, () => Promise<LoadOutcome>>;
  const byName = byNameWith(CONNECTIONS);
  // Once through before anything counts: the compiler learns for thousands of requests.
  for (const name of subjects) await byName[name]();
  const measured = await measureInTurn(rounds, byName);
  // The cost of batching for a single client.
  const alone = await measureInTurn(1, byNameWith(1));
  await assertEveryAnswerIsThere(stage.databaseUrl, everything);
  return comparisonsOf(measured, alone, rounds);
}

type Measured = Record<Subject, readonly LoadOutcome[]>;

function comparisonsOf(measured: Measured, alone: Measured, rounds: number): Comparison[] {
  const of = (subject: Subject, figure: 'perSecond' | 'p50Ms' | 'p99Ms') =>
    measured[subject].map((o) => o[figure]);
  const facts = {
    connections: CONNECTIONS,
    rounds,
    oursP50Ms: median(of('ours', 'p50Ms')),
    byHandP50Ms: median(of('by-hand', 'p50Ms')),
    oursAloneP50Ms: median(alone.ours.map(({ p50Ms }) => p50Ms)),
    byHandAloneP50Ms: median(alone['by-hand'].map(({ p50Ms }) => p50Ms)),
  };
  return [
    {
      name: 'intake / validation only',
      unit: 'charges/s',
      ...compare(of('ours', 'perSecond'), of('bare', 'perSecond')),
      reach: { atLeast: 0.4 },
      facts,
    },
    {
      name: 'intake / by hand',
      unit: 'charges/s',
      ...compare(of('ours', 'perSecond'), of('by-hand', 'perSecond')),
      reach: { atLeast: 2.5 },
      facts,
    },
    {
      name: 'intake / by hand, p99',
      unit: 'ms',
      ...compare(of('ours', 'p99Ms'), of('by-hand', 'p99Ms')),
      reach: { atMost: 1 },
      facts,
    },
  ];
}

function assertAllCreated({ statuses }: LoadOutcome): void {
  const others = Object.keys(statuses).filter((status) => status !== '201');
  if (others.length > 0) throw new Error(`answered ${JSON.stringify(statuses)}`);
}

/** Every acknowledged request is committed once: charges, entries, stored responses. */
async function assertEveryAnswerIsThere(
  databaseUrl: string,
  outcomes: readonly LoadOutcome[],
): Promise<void> {
  const answered = outcomes.reduce((sum, { statuses }) => sum + (statuses['201'] ?? 0), 0);
  const counts = await onDatabase(databaseUrl, async (connection) => {
    const [[row]] = await connection.query<RowDataPacket[]>(
      `SELECT (SELECT COUNT(*) FROM charge) AS charges, (SELECT COUNT(*) FROM ledger_entry) AS entries,
         (SELECT COUNT(*) FROM idempotency_key) AS answers, (SELECT SUM(spent_minor) / 100 FROM line_period) AS spends`,
    );
    return Object.values(row!).map(Number);
  });
  if (counts.some((count) => count !== answered))
    throw new Error(`${answered} charges were answered, the database has ${counts.join(', ')}`);
}
