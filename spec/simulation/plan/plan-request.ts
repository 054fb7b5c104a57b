import type { Order, SimEvent } from '../history.ts';
import { DAY_MS, HOUR_MS, type Planner } from './planner.ts';

/**
 * Plans what a company asks for: a plain call, or a request over HTTP under a key, which at times is sent again: at the
 * same moment, soon, or days later; and at times its key is taken for another request by mistake.
 */
export function planRequest(planner: Planner, atMs: number, order: Order): void {
  const { kind, body } = order;
  if (!canBeSent(order) || planner.oneIn(2)) return planner.add(atMs, kind, body);
  const { random } = planner;
  const send = { key: planner.name('rq'), order };
  const choice = random.below(12);
  if (choice === 0) {
    const event: SimEvent = { at: new Date(atMs).toISOString(), kind: 'send', body: send };
    return planner.add(atMs, 'at-once', { events: [event, event] });
  }
  planner.add(atMs, 'send', send);
  if (choice === 1) planner.add(atMs + random.below(HOUR_MS), 'send', send);
  if (choice === 2) planner.add(atMs + random.below(lastRetryMs(order)), 'send', send);
  if (choice === 3 && order.kind === 'capture-charge') {
    const more: Order = { kind: 'capture-charge', body: { ...order.body, amount: 1 } };
    planner.add(atMs + random.below(DAY_MS), 'send', { ...send, order: more });
  }
}

/** Responses are stored for a week. After that, a repetition would create a second object of the same name. */
const lastRetryMs = ({ kind }: Order) =>
  kind === 'create-charge' || kind === 'use' ? 6 * DAY_MS : 10 * DAY_MS;

/** Over HTTP, uses are of now. */
const canBeSent = ({ kind, body }: Order): boolean =>
  kind !== 'use' || body.uses.every(({ occurredAt }) => occurredAt === undefined);
