import type { Context } from 'koa';
import { hasHungUp, HungUp } from './hung-up.ts';

/**
 * Reads a body with `parse` and records how long it took to arrive. A parser does not notice that the client closed the
 * connection before it began, and reports a wrong body if the client closes it in the meantime.
 * @throws HungUp if the request was cut off; otherwise what `parse` throws.
 */
export async function readArriving(ctx: Context, parse: () => Promise<unknown>): Promise<void> {
  if (hasHungUp(ctx)) throw new HungUp();
  const startedAt = performance.now();
  try {
    await parse();
  } catch (error) {
    throw hasHungUp(ctx) ? new HungUp() : error;
  } finally {
    ctx.state['arrivalMs'] = performance.now() - startedAt;
  }
  if (hasHungUp(ctx)) throw new HungUp();
}

/** How long the body took to arrive. This time is the sender's, not ours. */
export function arrivalMsOf(ctx: Context): number {
  return (ctx.state as { arrivalMs?: number }).arrivalMs ?? 0;
}
