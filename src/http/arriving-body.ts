import type { Context } from 'koa';
import { hasHungUp, HungUp } from './hung-up.ts';

/**
 * Reads a body with `parse`, and notes how long its sender took. A parser does not see that the client had gone before
 * it began, and says of one that goes meanwhile that the body is wrong.
 * @throws HungUp where the request broke off; else what `parse` throws.
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

/** How long we waited for the body of the request: its sender's time, not ours. */
export function arrivalMsOf(ctx: Context): number {
  return (ctx.state as { arrivalMs?: number }).arrivalMs ?? 0;
}
