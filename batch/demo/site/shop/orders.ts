import { randomUUID } from 'node:crypto';
import type { Good } from './goods.ts';

/** An order of the shop. A real shop has a table for it; this one forgets all when it ends. */
export interface Order {
  readonly id: string;
  readonly good: Good;
  /** Its charge, once that is created. */
  chargeId: string | undefined;
  /** A verified webhook has said so. */
  isPaid: boolean;
}

const MAX_ORDERS = 1_000;

/** Orders in memory, the newest 1,000, with the webhook messages that were handled. */
export class Orders {
  readonly #orders = new Map<string, Order>();
  readonly #handled = new Set<string>();

  open(good: Good): Order {
    const order: Order = { id: randomUUID(), good, chargeId: undefined, isPaid: false };
    this.#orders.set(order.id, order);
    dropOldest(this.#orders);
    return order;
  }

  find(id: string): Order | undefined {
    return this.#orders.get(id);
  }

  /** Notes a message; false if it was handled before, for each one can come again. */
  isNew(messageId: string): boolean {
    if (this.#handled.has(messageId)) return false;
    this.#handled.add(messageId);
    dropOldest(this.#handled);
    return true;
  }
}

function dropOldest(kept: Map<string, unknown> | Set<string>): void {
  const [oldest] = kept.keys();
  if (kept.size > MAX_ORDERS && oldest !== undefined) kept.delete(oldest);
}
