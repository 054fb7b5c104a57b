import { inTransaction } from '../../../src/database/transaction.ts';
import type { Deps } from '../../../src/deps.ts';
import { appendEvents } from '../../../src/events/append-events.ts';
import { publishEvents } from '../../../src/published-events/publish-events.ts';
import { createEndpoint, MAX_ENDPOINTS } from '../../../src/webhooks/create-endpoint.ts';
import { deliverWebhooks } from '../../../src/webhooks/deliver-webhooks.ts';
import { job, keyOf } from '../../support/actors.ts';
import { makeCompany } from '../../support/factories.ts';
import { hang, ok, startReceiver, type Receiver } from '../../webhooks/receiver.ts';
import { withDeps } from '../harness/bench-world.ts';
import type { Bench, BenchSetting, Comparison } from '../harness/bench.types.ts';
import { compare, measureInTurn } from '../harness/rounds.ts';

const COMPANIES = 10;
/** Endpoints of a company that never answer: 20 of 200. */
const DEAD = 2;
/** Requests of the bare loop at once, as many as suit it. */
const LANES = 64;
const RATIO = 0.5;
const PER_SECOND = 500;

/** Compares deliveries to 200 endpoints, of which 20 never answer, with a bare loop of fetch that posts as many bodies. */
export const webhooksBench: Bench = {
  name: 'webhooks',
  run: async (setting) => {
    const database = await setting.databases.create('webhooks');
    const [live, dead] = [await startReceiver(), await startReceiver()];
    dead.answer(hang);
    try {
      return await withDeps(database.url, (deps) => measure(setting, { deps: onLoopback(deps), live, dead }));
    } finally {
      await live.close();
      await dead.close();
      await database.drop();
    }
  },
};

function onLoopback(deps: Deps): Deps {
  return { ...deps, config: { ...deps.config, webhooks: { timeoutMs: 2_000, isLoopbackAllowed: true } } };
}

interface Stage {
  readonly deps: Deps;
  readonly live: Receiver;
  readonly dead: Receiver;
}

async function measure({ quick, say }: BenchSetting, stage: Stage): Promise<Comparison[]> {
  const { deps, live, dead } = stage;
  const [rounds, events] = quick ? [3, 10] : [5, 50];
  const companies: number[] = [];
  for (let company = 0; company < COMPANIES; company += 1) {
    const { id } = await makeCompany(deps);
    companies.push(id);
    for (let endpoint = 0; endpoint < MAX_ENDPOINTS; endpoint += 1)
      await createEndpoint(deps, keyOf(id), { url: (endpoint < DEAD ? dead : live).url });
  }
  const count = COMPANIES * (MAX_ENDPOINTS - DEAD) * events;
  const told = (name: string, run: () => Promise<number>) => async () => {
    const perSecond = await run();
    say(`${name}: ${Math.round(perSecond)}/s`);
    return perSecond;
  };
  const subjects = {
    ours: told('ours', async () => {
      await happen(deps, companies, events);
      return await deliver(stage, count);
    }),
    bare: told('bare fetch', () => postAll(live, count)),
  };
  await subjects.ours();
  const measured = await measureInTurn(rounds, subjects);
  const compared = compare(measured.ours, measured.bare);
  const facts = {
    endpoints: COMPANIES * MAX_ENDPOINTS,
    dead: COMPANIES * DEAD,
    deliveries: count,
    rounds,
    lanes: LANES,
  };
  return [
    { name: 'webhooks', unit: 'deliveries/s', ...compared, reach: { atLeast: RATIO }, facts },
    {
      name: `webhooks, of ${PER_SECOND}/s`,
      unit: 'deliveries/s',
      ours: compared.ours,
      beside: PER_SECOND,
      ratio: compared.ours / PER_SECOND,
      reach: { atLeast: 1 },
      facts,
    },
  ];
}

async function happen(deps: Deps, companies: readonly number[], times: number): Promise<void> {
  for (const companyId of companies) {
    const event = { type: 'company.activated', subject: 'bench', companyId, snapshot: {} } as const;
    await inTransaction(deps, (tx) =>
      appendEvents(
        tx,
        Array.from({ length: times }, () => event),
      ),
    );
  }
  await publishEvents(deps, job('publish-events'));
}

/** Until the last live endpoint has its last message; those that are dead are waited for afterwards. @returns deliveries a second. */
async function deliver({ deps, live }: Stage, count: number): Promise<number> {
  const all = Promise.withResolvers<number>();
  let received = 0;
  const beganMs = performance.now();
  live.answer((message, response, request) => {
    ok(message, response, request);
    received += 1;
    if (received === count) all.resolve(performance.now() - beganMs);
  });
  const delivering = deliverWebhooks(deps, job('deliver-webhooks'));
  const ms = await all.promise;
  await delivering;
  if (received !== count) throw new Error(`${received} messages of ${count}`);
  live.received.length = 0;
  return (count * 1_000) / ms;
}

async function postAll(live: Receiver, count: number): Promise<number> {
  live.answer(ok);
  const body = JSON.stringify({ id: 'evt_01JV4Q9C5H2D7NRY8XKT3WBZMA', data: { object: { id: 'bench' } } });
  const beganMs = performance.now();
  let begun = 0;
  const lane = async () => {
    while (begun++ < count) {
      const response = await fetch(live.url, { method: 'POST', body });
      await response.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  live.received.length = 0;
  return (count * 1_000) / (performance.now() - beganMs);
}
