import type { Actor } from '../access/actor.ts';
import type { Deps } from '../deps.ts';
import {
  claimDeliveries,
  releaseEndpoint,
  type ClaimedDeliveries,
  type EndpointClaim,
} from './claim-deliveries.ts';
import { FAILURES_TO_PAUSE, isDelivered } from './delivery-schedule.rules.ts';
import { keysOf } from './endpoint-secrets.ts';
import { connectTo, postMessage, type Attempt } from './post-message.ts';
import { MESSAGE_FAILED, readMessages, type UnsignedMessage } from './read-messages.ts';
import { recordAttempts, type Batch } from './record-attempts.ts';
import { resolveTarget, type Resolve, type Target } from './resolve-target.ts';
import { signMessage, type SigningKeys } from './signature.rules.ts';
import type { WebhookEndpoint } from './webhook-endpoint.entity.ts';

const BATCH = 50;
/** Messages on the way to one endpoint at once; to one that fails, one. */
const CONCURRENT = 8;
/** Batches after which other endpoints have their turn. */
const MAX_BATCHES = 10;
/** How long a turn is at most; attempts that have begun are waited for. Far below the lease. */
const TURN_MS = 30_000;

export interface SenderDeps extends Deps {
  readonly resolve: Resolve;
}

export interface SentCounts {
  delivered: number;
  failed: number;
}

interface Sending {
  readonly actor: Actor;
  readonly claim: EndpointClaim;
  /** Added to. */
  readonly counts: SentCounts;
  readonly stopping: AbortSignal | undefined;
}

/** Sends what is due to a claimed endpoint, batch by batch, and gives it back. */
export async function sendToEndpoint(
  deps: SenderDeps,
  { actor, claim, counts, stopping }: Sending,
): Promise<void> {
  const endsAtMs = performance.now() + TURN_MS;
  let isCut = false;
  try {
    for (let batch = 0; batch < MAX_BATCHES; batch += 1) {
      if (stopping?.aborted) break;
      const claimed = await claimDeliveries(deps, claim, BATCH);
      if (claimed.deliveries.length === 0) break;
      const sent = await sendBatch(deps, { ...claimed, stopping, endsAtMs });
      const canTakeMore = await recordAttempts(deps, sent, actor);
      for (const { attempt } of sent.tried) counts[isDelivered(attempt) ? 'delivered' : 'failed'] += 1;
      // Others go first when the time is up.
      isCut = canTakeMore && performance.now() > endsAtMs;
      if (isCut || !canTakeMore || claimed.deliveries.length < BATCH) break;
    }
  } finally {
    await releaseEndpoint(deps, claim, { isCut });
  }
}

interface Claimed extends ClaimedDeliveries {
  /** When the turn is over, on the clock of `performance.now()`. */
  readonly endsAtMs: number;
  readonly stopping: AbortSignal | undefined;
}

async function sendBatch(
  deps: SenderDeps,
  { owner, endpoint, deliveries, stopping, endsAtMs }: Claimed,
): Promise<Batch> {
  const { config, clock, outsideClock = clock } = deps;
  const { timeoutMs } = config.webhooks;
  const untried = [...deliveries];
  const tried: Batch['tried'][number][] = [];
  const unsent = (error: string): Attempt => {
    const nothing = { status: null, retryAfterMs: null, response: null, durationMs: 0 };
    return { ...nothing, error, startedAt: clock.now() };
  };
  const target = await resolveTarget(endpoint.url, { rule: config.webhooks, resolve: deps.resolve });
  const keys = openKeys(deps, endpoint);
  if (typeof target === 'string' || keys === undefined) {
    const attempt = unsent(typeof target === 'string' ? target : 'signing-failed');
    const [first, ...others] = untried;
    if (first) tried.push({ delivery: first, attempt });
    return { endpoint, owner, tried, untried: others };
  }
  const messages = await readMessages(deps, deliveries);
  const concurrent = endpoint.failures > 0 ? 1 : CONCURRENT;
  const agent = connectTo(target, { connections: concurrent, timeoutMs });
  const patience = Math.max(1, FAILURES_TO_PAUSE - endpoint.failures);
  let failedInRow = 0;
  const sendInTurn = async () => {
    for (;;) {
      // One that fails again and again is left alone; a slow one has its turn again after others.
      if (stopping?.aborted || failedInRow >= patience) return;
      if (performance.now() > endsAtMs) return;
      const delivery = untried.shift();
      if (!delivery) return;
      const message = messages.get(delivery.id);
      if (!message) {
        tried.push({ delivery, attempt: unsent(MESSAGE_FAILED) });
        continue;
      }
      const line = { agent, target, timeoutMs, keys, stopping, now: () => clock.now() };
      const attempt = await send({ ...line, sentAt: outsideClock.now() }, message);
      // Cut off by our own end: the next process tries it, and the endpoint is not blamed.
      if (stopping?.aborted && attempt.status === null) untried.push(delivery);
      else tried.push({ delivery, attempt });
      failedInRow = isDelivered(attempt) ? 0 : failedInRow + 1;
    }
  };
  try {
    await Promise.all(Array.from({ length: concurrent }, sendInTurn));
  } finally {
    await agent.destroy();
  }
  return { endpoint, owner, tried, untried };
}

/** Undefined when the secrets cannot be decrypted: nothing can be sent to the endpoint. */
function openKeys({ config, clock, log }: Deps, endpoint: WebhookEndpoint): SigningKeys | undefined {
  try {
    return keysOf(config, endpoint, clock.now());
  } catch (err) {
    log.error({ err, endpoint: endpoint.id }, 'webhook-signing-failed');
    return undefined;
  }
}

interface Line {
  readonly agent: ReturnType<typeof connectTo>;
  readonly target: Target;
  readonly timeoutMs: number;
  readonly keys: SigningKeys;
  readonly stopping: AbortSignal | undefined;
  readonly now: () => Date;
  readonly sentAt: Date;
}

/** The signature has the time of the attempt, as the receiver's clock has it: receivers refuse old ones. */
function send({ keys, sentAt, ...line }: Line, { id, body }: UnsignedMessage): Promise<Attempt> {
  const timestampSeconds = Math.floor(sentAt.getTime() / 1_000);
  return postMessage(line, { headers: signMessage(keys, { id, timestampSeconds, body }), body });
}
