import { FAILURES_TO_PAUSE } from './delivery-schedule.rules.ts';
import type { WebhookEndpoint } from './webhook-endpoint.entity.ts';

/**
 * How an endpoint does, for the people of its company.
 * - `untried`: nothing was delivered yet, nor has anything failed
 * - `delivering`: the last attempt was accepted
 * - `failing`: the last attempt failed, and more follow
 * - `off`: its company has disabled it
 * - `given-up`: we have disabled it, because nothing was accepted for five days
 * - `gone`: we have disabled it, because it answered 410
 */
export type EndpointHealth = 'untried' | 'delivering' | 'failing' | 'off' | 'given-up' | 'gone';

type Observed = Pick<
  WebhookEndpoint,
  'state' | 'stateReason' | 'failures' | 'failingSince' | 'lastSucceededAt'
>;

const OFF = { company: 'off', failing: 'given-up', gone: 'gone' } as const;

export function healthOf({ state, stateReason, failingSince, lastSucceededAt }: Observed): EndpointHealth {
  if (state !== 'enabled') return OFF[stateReason ?? 'company'];
  if (failingSince != null) return 'failing';
  return lastSucceededAt == null ? 'untried' : 'delivering';
}

/** Whether somebody has to look after it: it fails again and again, or we have disabled it. One failure is tried again in seconds. */
export function needsAttention(endpoint: Observed): boolean {
  const health = healthOf(endpoint);
  if (health === 'failing') return endpoint.failures >= FAILURES_TO_PAUSE;
  return health === 'given-up' || health === 'gone';
}
