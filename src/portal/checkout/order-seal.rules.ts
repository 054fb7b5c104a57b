import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Config } from '../../../config/config.ts';
import type { OrderView } from './order-view.rules.ts';

const SEAL_CHARACTERS = 22;

/** What is sealed: the sale and what its page shows in each language, so that changing the language does not count as a change. */
export interface ShownOrder {
  readonly publicId: string;
  readonly views: readonly OrderView[];
}

/** A keyed hash of everything that the page shows of an order: amount, tax, item, seller, dates, terms. */
export function sealOrder({ secret }: Pick<Config, 'secret'>, { publicId, views }: ShownOrder): string {
  return createHmac('sha256', secret)
    .update(`order:${publicId}:${JSON.stringify(views)}`)
    .digest('base64url')
    .slice(0, SEAL_CHARACTERS);
}

/** Whether the page showed exactly this. */
export function isOrderSeal(config: Pick<Config, 'secret'>, order: ShownOrder, seal: string): boolean {
  const [given, expected] = [Buffer.from(seal), Buffer.from(sealOrder(config, order))];
  return given.length === expected.length && timingSafeEqual(given, expected);
}
