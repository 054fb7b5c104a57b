import type { Buffer } from 'node:buffer';
import { createRandom } from '../../../batch/demo/random.ts';
import { findCallCheck, verifyRequest } from '../../../src/radius/aaa-server.ts';
import { AUTHENTICATOR_OFFSET, HEADER_BYTES, readPacket } from '../../../src/radius/packet.ts';
import { verifyReply } from '../../../src/radius/verify-reply.ts';
import { livingBytes } from '../heap.ts';
import { drawExchange, type GenuineExchange } from './genuine-exchange.ts';
import { mutations } from './mutations.ts';

export interface RadiusFuzz {
  readonly seed: number;
  /** Number of mutants. */
  readonly count: number;
  /** Number of the first: a case that failed is found again by it. */
  readonly from?: number;
}

export interface RadiusFuzzReport {
  readonly mutants: number;
  /** Mutants that equal the original, except for padding, and must be accepted. */
  readonly taken: number;
  readonly droppedFor: Readonly<Record<string, number>>;
  readonly perSecond: number;
  readonly growthBytes: number;
}

const CASES_PER_EXCHANGE = 500;
const EXCHANGES = 4;

/**
 * Verifies mutants of genuine requests and replies. A mutant is accepted exactly if it equals what the other
 * side sent: bytes beyond the stated length are padding (RFC 2865 §3).
 * @throws Error that names seed, case and bytes for a mutant that was judged wrongly.
 */
export function fuzzRadius({ seed, count, from = 0 }: RadiusFuzz): RadiusFuzzReport {
  const droppedFor: Record<string, number> = {};
  let [taken, bytesBefore, exchanges] = [0, 0, drawExchanges(seed, from)];
  const warmUp = from + Math.min(count >> 1, 5_000);
  const startedMs = performance.now();
  for (let index = from; index < from + count; index += 1) {
    if (index % CASES_PER_EXCHANGE === 0) exchanges = drawExchanges(seed, index);
    if (index === warmUp) bytesBefore = livingBytes();
    const verdict = judge(seed, index, exchanges);
    if (verdict === undefined) taken += 1;
    else droppedFor[verdict] = (droppedFor[verdict] ?? 0) + 1;
  }
  const perSecond = Math.round((count * 1_000) / (performance.now() - startedMs));
  return { mutants: count, taken, droppedFor, perSecond, growthBytes: livingBytes() - bytesBefore };
}

function drawExchanges(seed: number, index: number): GenuineExchange[] {
  const random = createRandom(seed, `exchanges ${Math.floor(index / CASES_PER_EXCHANGE)}`);
  return Array.from({ length: EXCHANGES }, () => drawExchange(random));
}

/** Judges one case. Returns why it was correctly dropped, or undefined if it was correctly accepted. */
function judge(seed: number, index: number, exchanges: readonly GenuineExchange[]): string | undefined {
  const random = createRandom(seed, `case ${index}`);
  const exchange = random.pick(exchanges);
  const { secret, request, replies } = exchange;
  const key = { requestAuthenticator: request.subarray(AUTHENTICATOR_OFFSET, HEADER_BYTES), secret };
  const isRequest = random.below(4) === 0;
  const genuine = isRequest ? [request] : replies;
  const others = exchanges.flatMap((one) => [one.request, ...one.replies]);
  let mutant = random.pick(genuine);
  for (let times = random.between(1, 3); times > 0; times -= 1) {
    mutant = random.pick(mutations)(mutant, { random, others, key });
  }
  try {
    const reason = isRequest ? dropRequest(mutant, secret) : dropReply(mutant, exchange);
    if ((reason === undefined) === genuine.some((bytes) => isStill(bytes, mutant))) return reason;
    throw new Error(reason === undefined ? 'a forgery was taken' : `a genuine one was dropped: ${reason}`);
  } catch (cause) {
    throw new Error(`--seed ${seed} --from ${index} --count 1: ${mutant.toString('hex')}`, { cause });
  }
}

function dropRequest(mutant: Buffer, secret: string): string | undefined {
  const verdict = verifyRequest(mutant, secret);
  if (verdict.kind === 'dropped') return verdict.reason;
  if (!findCallCheck(verdict.request)) throw new Error('the question of a genuine request cannot be read');
  return undefined;
}

function dropReply(mutant: Buffer, { request, secret }: GenuineExchange): string | undefined {
  const reading = readPacket(mutant);
  if (reading.kind === 'malformed') return reading.reason;
  const verdict = verifyReply(reading.packet, { request, secret });
  return verdict.kind === 'dropped' ? verdict.reason : undefined;
}

function isStill(genuine: Buffer, mutant: Buffer): boolean {
  return mutant.length >= genuine.length && mutant.subarray(0, genuine.length).equals(genuine);
}
