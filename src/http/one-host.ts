import type { Context, Middleware } from 'koa';
import { Problem } from '../shared/problem.ts';

/** A name, an IPv4 address or an IPv6 address in brackets, and a port (RFC 3986 §3.2.2, without escapes). */
const AUTHORITY =
  /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::(?:\d{1,4}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5]))?$/i;

/**
 * Refuses a request with two hosts, an invalid host, or a host other than that of its target (RFC 9112 §3.2), which a
 * proxy could interpret differently than we do.
 * @throws Problem `invalid-request`
 */
export function refuseAmbiguousHost(): Middleware {
  return (ctx, next) => {
    const hosts = hostsOf(ctx);
    const [host = ''] = hosts;
    const isMissing = hosts.length === 0 && ctx.req.httpVersion === '1.0';
    const isClear = hosts.length === 1 && AUTHORITY.test(host) && isHostOfTarget(ctx, host);
    if (!isMissing && !isClear) {
      throw new Problem('invalid-request', { detail: 'Name the host once, as HOST or HOST:PORT.' });
    }
    return next();
  };
}

function hostsOf({ req: { rawHeaders } }: Context): string[] {
  const hosts: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (name.length === 4 && name.toLowerCase() === 'host') hosts.push(rawHeaders[index + 1] ?? '');
  }
  return hosts;
}

/** The target can be an absolute address, as for a proxy: its host must then be the same. */
function isHostOfTarget(ctx: Context, host: string): boolean {
  const target = ctx.req.url ?? '';
  if (target.startsWith('/') || target === '*') return true;
  const url = URL.parse(target);
  return url !== null && url.username === '' && url.host === URL.parse(`${url.protocol}//${host}`)?.host;
}
