import type { IncomingMessage } from 'node:http';
import type Koa from 'koa';
import type { Context } from 'koa';
import type { Logger } from 'pino';
import { formatAddress, type Address } from '../shared/ip-address.rules.ts';
import { readForwarded, readForwardedFor, readHop, type TrustedProxy } from './client-address.rules.ts';
import { requestIdOf } from './request-id.ts';

/** The value of `ctx.ip` for an unknown address: no line has it, and the sign-in lock counts it as one source. */
export const UNKNOWN_ADDRESS = 'unknown';

/** Why the trusted proxy's header gives no address. */
export type AddressFault = 'missing' | 'unreadable';

const readers: Readonly<Record<Exclude<TrustedProxy, false>, (value: string) => Address | undefined>> = {
  'x-forwarded-for': readForwardedFor,
  forwarded: readForwarded,
};

/**
 * Makes `ctx.ip` the browser's address in one notation, for the line proof, the sign-in lock and limits. Behind a trusted
 * proxy, only the last hop counts. A hop that is no address is an error of the proxy: it is logged without its value and
 * counted in the metrics, and the address is `UNKNOWN_ADDRESS`.
 */
export function installClientAddress(
  app: Koa,
  { trustProxy, log }: { readonly trustProxy: TrustedProxy; readonly log: Logger },
): void {
  const known = new WeakMap<IncomingMessage, string>();
  Object.defineProperty(app.request, 'ip', {
    configurable: true,
    get(this: Koa.Request): string {
      const found = known.get(this.req) ?? determineAddress(this.ctx, { trustProxy, log });
      known.set(this.req, found);
      return found;
    },
  });
}

/** Why the address of this request could not be determined; undefined unless `ctx.ip` was read. */
export function addressFaultOf(ctx: { readonly state: object }): AddressFault | undefined {
  return (ctx.state as { addressFault?: AddressFault }).addressFault;
}

function determineAddress(
  ctx: Context,
  { trustProxy, log }: { readonly trustProxy: TrustedProxy; readonly log: Logger },
): string {
  const address = findClientAddress(ctx, trustProxy);
  if (address !== undefined) return address;
  if (trustProxy === false) return UNKNOWN_ADDRESS;
  const fault: AddressFault = lastLineOf(ctx.req, trustProxy) === undefined ? 'missing' : 'unreadable';
  ctx.state['addressFault'] = fault;
  log.error({ requestId: requestIdOf(ctx), header: trustProxy, fault }, 'client-address-unusable');
  return UNKNOWN_ADDRESS;
}

/** The address where it is optional: an unknown address is not reported as an error. */
export function findClientAddress(ctx: Context, trustProxy: TrustedProxy): string | undefined {
  const value = trustProxy === false ? ctx.socket.remoteAddress : lastLineOf(ctx.req, trustProxy);
  if (value === undefined) return undefined;
  const address = trustProxy === false ? readHop(value) : readers[trustProxy](value);
  return address && formatAddress(address);
}

/** The last line of a header: some proxies add a line after the browser's instead of extending it. */
function lastLineOf({ rawHeaders }: IncomingMessage, name: string): string | undefined {
  for (let index = rawHeaders.length - 2; index >= 0; index -= 2) {
    if (rawHeaders[index]?.toLowerCase() === name) return rawHeaders[index + 1];
  }
  return undefined;
}
