import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { claimEndpoints } from './claim-deliveries.ts';
import { planDeliveries } from './plan-deliveries.ts';
import { resolveBySystem, type Resolve } from './resolve-target.ts';
import { sendToEndpoint, type SentCounts } from './send-to-endpoint.ts';

/** Endpoints that one process sends to at once. */
const HEALTHY_PLACES = 64;
const FAILING_PLACES = 64;
/** While some are being sent to, others are looked for so often. */
const LOOK_AGAIN_MS = 1_000;

interface Delivering {
  readonly stopping?: AbortSignal | undefined;
  readonly progressed?: (() => void) | undefined;
  /** The system's resolver by default. */
  readonly resolve?: Resolve | undefined;
}

/** What a pass did. */
export interface DeliveredWebhooks extends SentCounts {
  planned: number;
}

/**
 * Makes deliveries of what was published and sends those that are due, until there are none. Any number of processes may do so at
 * once: each endpoint has one sender at a time.
 *
 * Each at least once: a delivery is claimed and committed, then sent, then marked. A process that dies between the answer and the mark
 * leaves one that is sent again after its lease, with the same `webhook-id`, by which receivers know it.
 */
export async function deliverWebhooks(
  deps: Deps,
  actor: Actor,
  { stopping, progressed, resolve = resolveBySystem }: Delivering = {},
): Promise<DeliveredWebhooks> {
  authorize(actor, 'webhooks:deliver');
  const counts = { planned: 0, delivered: 0, failed: 0 };
  const sender = { ...deps, resolve };
  const [healthy, failing] = [new Set<Promise<void>>(), new Set<Promise<void>>()];
  try {
    for (;;) {
      if (stopping?.aborted) break;
      const planned = await planDeliveries(deps);
      counts.planned += planned;
      const claims = await claimEndpoints(deps, {
        healthy: HEALTHY_PLACES - healthy.size,
        failing: FAILING_PLACES - failing.size,
      });
      for (const claim of claims) {
        const places = claim.endpoint.failures > 0 ? failing : healthy;
        const sending = sendToEndpoint(sender, { actor, claim, counts, stopping })
          .catch((err: unknown) => deps.log.error({ err, endpoint: claim.endpoint.id }, 'webhook-not-sent'))
          .finally(() => places.delete(sending));
        places.add(sending);
      }
      progressed?.();
      const sendings = [...healthy, ...failing];
      if (sendings.length === 0 && planned === 0 && claims.length === 0) break;
      await firstOf(sendings);
    }
  } finally {
    await Promise.all([...healthy, ...failing]);
  }
  return counts;
}

/** Waits until one is ready, and not for long: another endpoint may have something meanwhile. */
async function firstOf(sendings: readonly Promise<void>[]): Promise<void> {
  if (sendings.length === 0) return;
  const look = Promise.withResolvers<void>();
  const timer = setTimeout(look.resolve, LOOK_AGAIN_MS);
  await Promise.race([...sendings, look.promise]);
  clearTimeout(timer);
}
