import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { findUrlFault, hostOf, isAllowedAddress, type UrlRule } from './endpoint-url.rules.ts';

/** An address that a name resolves to. */
export interface ResolvedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** Resolves a name to all its addresses; by the name servers of the system unless a test has others. */
export type Resolve = (host: string) => Promise<readonly ResolvedAddress[]>;

/** A name server is asked twice and waited for so long each time. */
const QUERY = { timeout: 2_000, tries: 2 } as const;
/** Longest wait for a name, however many name servers there are. */
const RESOLVE_MS = 5_000;
const LOCALHOST: readonly ResolvedAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

/**
 * Asks the name servers themselves. The system's own function would keep one of the few threads for files and encryption busy until
 * a name server answers. It does not read the hosts file: of its names `localhost` alone is known.
 */
export const resolveBySystem: Resolve = (host) => resolveBy(new Resolver(QUERY), host);

/** Resolves a name by certain name servers. @throws when neither kind of address is found */
export async function resolveBy(
  resolver: Pick<Resolver, 'resolve4' | 'resolve6'>,
  host: string,
): Promise<readonly ResolvedAddress[]> {
  if (host === 'localhost') return LOCALHOST;
  const [v4, v6] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  if (v4.status === 'rejected' && v6.status === 'rejected')
    throw new Error('no address', { cause: v4.reason });
  return [
    ...found(v4).map((address) => ({ address, family: 4 }) as const),
    ...found(v6).map((address) => ({ address, family: 6 }) as const),
  ];
}

function found(answer: PromiseSettledResult<string[]>): readonly string[] {
  return answer.status === 'fulfilled' ? answer.value : [];
}

/** Where an endpoint is: its address, and the checked addresses of its host, to which connections are pinned. */
export interface Target {
  readonly url: URL;
  readonly addresses: readonly ResolvedAddress[];
}

/** Why nothing may be sent, or can be. */
export type TargetFault = 'url-refused' | 'name-not-found' | 'address-refused';

interface Resolving {
  readonly rule: UrlRule;
  readonly resolve: Resolve;
  readonly limitMs?: number | undefined;
}

/**
 * Resolves the host of an endpoint and checks every address that it has: one that is not of the public internet refuses all, so that
 * a name of others never leads inside. A name that takes longer than `limitMs` counts as not found.
 */
export async function resolveTarget(
  text: string,
  { rule, resolve, limitMs = RESOLVE_MS }: Resolving,
): Promise<Target | TargetFault> {
  if (findUrlFault(text, rule) !== undefined) return 'url-refused';
  const url = new URL(text);
  const host = hostOf(url);
  const literal = isIP(host);
  let addresses: readonly ResolvedAddress[];
  try {
    addresses =
      literal === 0
        ? await within(limitMs, resolve(host))
        : [{ address: host, family: literal === 6 ? 6 : 4 } as const];
  } catch {
    return 'name-not-found';
  }
  if (addresses.length === 0) return 'name-not-found';
  if (!addresses.every(({ address }) => isAllowedAddress(address, rule))) return 'address-refused';
  return { url, addresses };
}

async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`no answer within ${limitMs} ms`)), limitMs);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
