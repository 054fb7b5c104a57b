import type { Middleware } from 'koa';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { routeOf } from '../http/access-log.ts';
import { arrivalMsOf } from '../http/arriving-body.ts';
import { HUNG_UP, onceOver } from '../http/hung-up.ts';
import { addressFaultOf, type AddressFault } from '../http/client-address.ts';

/** From a read in memory to the longest line check a person waits for, in seconds. */
const BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** The methods of our routes; what else is sent would be a label value of a stranger's choice. */
const METHODS = new Set(['GET', 'HEAD', 'POST']);
const SIGN_IN_ROUTE = /\/sign-in$/;

/**
 * Measures every request, from its arrival to its response, without the time we waited for its body: a slow sender is not
 * a slow service. The labels are the route's pattern and the class of the status, never identifiers, so their number is
 * bounded and they identify nobody. Clients that hung up have a class of their own, 499.
 */
export function measureRequests(registry: Registry): Middleware {
  const registers = [registry];
  const duration = new Histogram({
    name: 'tabane_http_request_duration_seconds',
    help: 'Time from the arrival of a request to its response, without that of its body, by route pattern and class of status; 499 has hung up.',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS_SECONDS,
    registers,
  });
  const inFlight = new Gauge({
    name: 'tabane_http_requests_in_flight',
    help: 'Requests accepted and not answered yet.',
    registers,
  });
  const signIns = countSignIns(registry);
  const addressFaults = countAddressFaults(registry);
  return async (ctx, next) => {
    const startedAt = performance.now();
    inFlight.inc();
    try {
      await next();
    } finally {
      inFlight.dec();
      const seconds = (performance.now() - startedAt - arrivalMsOf(ctx)) / 1_000;
      const fault = addressFaultOf(ctx);
      if (fault) addressFaults.inc({ reason: fault });
      onceOver(ctx, (status) => {
        const route = routeOf(ctx);
        const method = METHODS.has(ctx.method) ? ctx.method : 'other';
        duration.observe({ method, route, status: classOf(status) }, seconds);
        // A client that hangs up before the response has made a request all the same.
        if (SIGN_IN_ROUTE.test(route) && ctx.req.complete)
          signIns.inc({ outcome: signInOutcome(ctx.status) });
      });
    }
  };
}

function classOf(status: number): string {
  return status === HUNG_UP ? String(HUNG_UP) : `${Math.floor(status / 100)}xx`;
}

const ADDRESS_FAULTS = ['missing', 'unreadable'] as const satisfies readonly AddressFault[];

function countAddressFaults(registry: Registry): Counter<'reason'> {
  const faults = new Counter({
    name: 'tabane_client_addresses_unusable_total',
    help: 'Requests whose browser address the trusted proxy did not give or gave unreadably; nobody can buy with them.',
    labelNames: ['reason'],
    registers: [registry],
  });
  for (const reason of ADDRESS_FAULTS) faults.inc({ reason }, 0);
  return faults;
}

const SIGN_IN_OUTCOMES = ['accepted', 'refused', 'locked', 'failed'] as const;

function countSignIns(registry: Registry): Counter<'outcome'> {
  const signIns = new Counter({
    name: 'tabane_sign_ins_total',
    help: 'Attempts to sign in on a page; "locked" were turned away by a lock of the issued ID or the source address.',
    labelNames: ['outcome'],
    registers: [registry],
  });
  // There from the start, so that the first lock-out is seen as a rise.
  for (const outcome of SIGN_IN_OUTCOMES) signIns.inc({ outcome }, 0);
  return signIns;
}

function signInOutcome(status: number): (typeof SIGN_IN_OUTCOMES)[number] {
  if (status < 400) return 'accepted';
  if (status === 429) return 'locked';
  return status < 500 ? 'refused' : 'failed';
}
