import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc, { type Arbitrary } from 'fast-check';
import pino from 'pino';
import { createApp } from '../../../src/app.ts';
import type { Deps } from '../../../src/deps.ts';
import type { LineCheck } from '../../../src/radius/line-check.ts';
import { listBrokenInvariants } from '../../support/broken-invariants.ts';
import { createWorld } from '../../support/world.ts';
import { livingBytes } from '../heap.ts';
import { ApiDocument, type OpenApiDocument } from './api-document.ts';
import { draftsOf, requestOf, type Draft } from './draft.ts';
import { judge } from './judge.ts';
import { mutations } from './mutations.ts';
import { makeRoundWorld } from './round-world.ts';
import type { Vocabulary } from './schema-values.ts';
import { Wire, type WireAnswer } from './wire.ts';

export interface ApiFuzz {
  /** Seed of the first round; each further round adds one. */
  readonly seed: number;
  /** Minimum number of requests. */
  readonly count: number;
  /** Operations that should succeed: while one has not, further requests are drawn, up to three times the count. */
  readonly wanted?: readonly string[];
  readonly say?: (line: string) => void;
}

export interface ApiFuzzReport {
  readonly requests: number;
  readonly perSecond: number;
  /** How often each operation was answered with success. */
  readonly done: Readonly<Record<string, number>>;
  readonly statuses: Readonly<Record<string, number>>;
  readonly codes: Readonly<Record<string, number>>;
  /** Ratio of heap bytes at the end to those after the first part. */
  readonly growthBytes: number;
  readonly brokenInvariants: readonly string[];
}

/** Concurrent requests, each on a connection of its own. */
const AT_ONCE = 16;
const RUNS_OF_ROUND = 60;

/**
 * Sends requests drawn from the service's own OpenAPI document, valid ones and ones with one or two mutations, to
 * the real application on a real database, and judges every response by the document.
 * @throws Error with the seed and the smallest request with a wrong response.
 */
export async function fuzzApi({ seed, count, wanted = [], say = () => {} }: ApiFuzz): Promise<ApiFuzzReport> {
  const world = await createWorld({ LINE_MONTHLY_LIMIT: '1000000000' });
  const tally = new Tally();
  const deps: Deps = {
    ...world.deps,
    log: pino({ level: 'error' }, { write: (line) => tally.addFault(line) }),
  };
  const server = await serve(deps);
  const { port } = server.address() as AddressInfo;
  const wires = Array.from({ length: AT_ONCE }, () => new Wire(port));
  try {
    const reply = await wires[0]!.send({
      method: 'GET',
      target: '/openapi.json',
      headers: [],
      body: undefined,
    });
    const api = new ApiDocument(JSON.parse(reply.text) as OpenApiDocument);
    let bytesBefore: number | undefined;
    const isEnough = () =>
      tally.requests >= count && (tally.haveSucceeded(wanted) || tally.requests >= 3 * count);
    for (let round = 0; !isEnough(); round += 1) {
      await playRound({ api, deps, wires, tally, seed: seed + round });
      if (tally.requests >= count / 4) bytesBefore ??= livingBytes();
      say(
        `seed ${seed + round}: ${tally.requests} requests, ${Math.round(livingBytes() / 2 ** 20)} MiB living`,
      );
    }
    const brokenInvariants = await listBrokenInvariants(deps);
    return { ...tally.report(), growthBytes: livingBytes() - (bytesBefore ?? 0), brokenInvariants };
  } finally {
    for (const wire of wires) wire.close();
    await new Promise((resolve) => server.close(resolve));
    await world.close();
  }
}

interface Round {
  readonly api: ApiDocument;
  readonly deps: Deps;
  readonly wires: readonly Wire[];
  readonly tally: Tally;
  readonly seed: number;
}

async function playRound({ api, deps, wires, tally, seed }: Round): Promise<void> {
  const words = await makeRoundWorld(deps, seed);
  const requests = fc.array(requestsOf(api, words), { minLength: 1, maxLength: AT_ONCE, size: 'max' });
  const property = fc.asyncProperty(requests, async (drafts) => {
    tally.faults.length = 0;
    const answers = await Promise.all(drafts.map((draft, index) => wires[index]!.send(requestOf(draft))));
    drafts.forEach((draft, index) => {
      const answer = answers[index]!;
      tally.add(api, draft, answer);
      const fault = judge(api, draft, answer, String(words['api key']?.[0]));
      if (fault !== undefined) throw new Error(describe(fault, { draft, answer, faults: tally.faults }));
    });
  });
  const outcome = await fc.check(property, {
    seed,
    numRuns: RUNS_OF_ROUND,
    interruptAfterTimeLimit: 300_000,
  });
  if (!outcome.failed) return;
  const fault =
    outcome.errorInstance instanceof Error ? outcome.errorInstance.message : String(outcome.errorInstance);
  throw new Error(`--seed ${seed} --count 1: ${fault}`);
}

/** A request that the document allows, in one of five cases unchanged, else mutated once or twice. */
function requestsOf(api: ApiDocument, words: Vocabulary): Arbitrary<Draft> {
  const allowed = fc.oneof(...api.operations.map((operation) => draftsOf(api, operation, words)));
  const spoiling = fc.oneof(
    { arbitrary: fc.constant([]), weight: 2 },
    { arbitrary: fc.array(mutations, { minLength: 1, maxLength: 1 }), weight: 6 },
    { arbitrary: fc.array(mutations, { minLength: 2, maxLength: 2 }), weight: 2 },
  );
  return fc
    .tuple(allowed, spoiling)
    .map(([draft, spoilt]) => spoilt.reduce((one, spoil) => spoil(one), draft));
}

interface Case {
  readonly draft: Draft;
  readonly answer: WireAnswer;
  readonly faults: readonly string[];
}

function describe(fault: string, { draft, answer, faults }: Case): string {
  const request = JSON.stringify({ ...draft, body: draft.body?.slice(0, 300) });
  return [
    fault,
    request,
    `${answer.status} ${answer.text.slice(0, 500)}`,
    ...faults.map((line) => line.slice(0, 1_500)),
  ].join('\n');
}

/** The request and its response. */
class Tally {
  requests = 0;
  readonly faults: string[] = [];
  readonly #startedMs = performance.now();
  readonly #done: Record<string, number> = {};
  readonly #statuses: Record<string, number> = {};
  readonly #codes: Record<string, number> = {};

  addFault(line: string): void {
    this.faults.push(line);
  }

  add(api: ApiDocument, draft: Draft, answer: WireAnswer): void {
    this.requests += 1;
    count(this.#statuses, String(answer.status));
    const operation = api.find(draft.method, draft.path);
    if (operation && answer.status < 300) count(this.#done, operation.name);
    const code = answer.status < 400 ? undefined : /"code":"([a-z-]+)"/.exec(answer.text)?.[1];
    if (code !== undefined) count(this.#codes, code);
  }

  haveSucceeded(operations: readonly string[]): boolean {
    return operations.every((name) => Object.hasOwn(this.#done, name));
  }

  report() {
    const perSecond = Math.round((this.requests * 1_000) / (performance.now() - this.#startedMs));
    return {
      requests: this.requests,
      perSecond,
      done: this.#done,
      statuses: this.#statuses,
      codes: this.#codes,
    };
  }
}

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

const noLineCheck: LineCheck = {
  check: () => Promise.resolve({ kind: 'unknown', reason: 'no-server' }),
  stats: () => {
    throw new Error('no line is checked here');
  },
  close: () => Promise.resolve(),
};

async function serve(deps: Deps): Promise<Server> {
  const handle = createApp({ ...deps, lineCheck: noLineCheck }).callback();
  // A slow machine must not look like a server that hangs up: an idle connection is kept for longer than a pause.
  const server = createServer(
    { keepAliveTimeout: 120_000 },
    (request, response) => void handle(request, response),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
