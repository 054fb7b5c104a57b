import type { Context } from 'koa';

/** How every cookie of the pages is sent: to no script, with no form of another site, over TLS where pages are. */
const ATTRIBUTES = { httpOnly: true, sameSite: 'lax', overwrite: true } as const;

/**
 * The name of a cookie. Where pages are reached by https its prefix makes browsers refuse it from anywhere but this
 * very host over TLS: a neighbour under the same domain cannot plant one. `framePage` has said whether they are.
 */
function nameOf(ctx: Context, name: string): string {
  return ctx.cookies.secure ? `__Host-${name}` : name;
}

export function pageCookie(ctx: Context, name: string): string | undefined {
  return ctx.cookies.get(nameOf(ctx, name));
}

/** Sets a cookie of all pages; it ends with the browser unless `maxAge` (ms) is given. */
export function setPageCookie(
  ctx: Context,
  { name, value, maxAge }: { readonly name: string; readonly value: string; readonly maxAge?: number },
): void {
  ctx.cookies.set(nameOf(ctx, name), value, { ...ATTRIBUTES, ...(maxAge === undefined ? {} : { maxAge }) });
}
