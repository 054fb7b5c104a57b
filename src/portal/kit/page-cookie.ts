import type { Context } from 'koa';

/** Attributes of every cookie of the pages: hidden from scripts and not sent with forms of other sites. */
const ATTRIBUTES = { httpOnly: true, sameSite: 'lax', overwrite: true } as const;

/**
 * The name of a cookie. Under https its prefix makes browsers accept the cookie only from this host over TLS: another
 * host of the same domain cannot set it. `framePage` has determined whether the pages are reached by https.
 */
function cookieName(ctx: Context, name: string): string {
  return ctx.cookies.secure ? `__Host-${name}` : name;
}

export function pageCookie(ctx: Context, name: string): string | undefined {
  return ctx.cookies.get(cookieName(ctx, name));
}

/** Sets a cookie of all pages; it ends with the browser unless `maxAge` (ms) is given. */
export function setPageCookie(
  ctx: Context,
  { name, value, maxAge }: { readonly name: string; readonly value: string; readonly maxAge?: number },
): void {
  ctx.cookies.set(cookieName(ctx, name), value, {
    ...ATTRIBUTES,
    ...(maxAge === undefined ? {} : { maxAge }),
  });
}
