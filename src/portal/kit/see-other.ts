import type { Context } from 'koa';

/** Redirects with 303: the browser uses GET, whatever it sent. */
export function seeOther(ctx: Context, address: string): void {
  ctx.redirect(address);
  ctx.status = 303;
}
