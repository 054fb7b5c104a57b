import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { findUrlFault, hostOf, isAllowedAddress, type UrlRule } from './endpoint-url.rules.ts';

/** An address that a name resolves to. */
export interface ResolvedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** Resolves a name to all its addresses; the system's resolver unless a test has another. */
export type Resolve = (host: string) => Promise<readonly ResolvedAddress[]>;

export const resolveBySystem: Resolve = async (host) =>
  (await lookup(host, { all: true })).map(({ address, family }) => ({
    address,
    family: family === 6 ? 6 : 4,
  }));

/** Where an endpoint is: its address, and the checked addresses of its host, to which connections are pinned. */
export interface Target {
  readonly url: URL;
  readonly addresses: readonly ResolvedAddress[];
}

/** Why nothing may be sent, or can be. */
export type TargetFault = 'url-refused' | 'name-not-found' | 'address-refused';

/**
 * Resolves the host of an endpoint and checks every address that it has: one that is not of the public internet refuses all, so that
 * a name of others never leads inside.
 */
export async function resolveTarget(
  text: string,
  { rule, resolve }: { readonly rule: UrlRule; readonly resolve: Resolve },
): Promise<Target | TargetFault> {
  if (findUrlFault(text, rule) !== undefined) return 'url-refused';
  const url = new URL(text);
  const host = hostOf(url);
  const literal = isIP(host);
  let addresses: readonly ResolvedAddress[];
  try {
    addresses =
      literal === 0 ? await resolve(host) : [{ address: host, family: literal === 6 ? 6 : 4 } as const];
  } catch {
    return 'name-not-found';
  }
  if (addresses.length === 0) return 'name-not-found';
  if (!addresses.every(({ address }) => isAllowedAddress(address, rule))) return 'address-refused';
  return { url, addresses };
}
