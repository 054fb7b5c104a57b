import { invalidInput } from '../shared/check-input.ts';
import { readSiteOrigin } from '../shared/origin.rules.ts';

/** More sites than this are a mistake. */
const MAX_ORIGINS = 10;

/** Where buyers of a service are sent back to: its first site and the others. */
export interface SiteOrigins {
  readonly siteOrigin: string;
  readonly moreOrigins: readonly string[] | null;
}

/** All origins of a service, the first one first. */
export function originsOf({
  siteOrigin,
  moreOrigins,
}: {
  siteOrigin: string;
  moreOrigins?: readonly string[] | null | undefined;
}): string[] {
  return [siteOrigin, ...(moreOrigins ?? [])];
}

/**
 * Reads the origins of a company's sites, such as `https://shop.example`: https, or http on this machine for trials; each
 * once. @throws Problem `invalid-request`
 */
export function readSiteOrigins(typed: readonly string[], field = 'siteOrigins'): SiteOrigins {
  const origins = typed.map(readSiteOrigin);
  if (origins.some((origin, index) => origin === undefined || typed[index]!.length > 255)) {
    const message =
      'must be an origin such as https://shop.example and nothing else: no path, slash at the end, user or *; http only for this machine';
    throw invalidInput([{ pointer: `/${field}`, message }]);
  }
  const [siteOrigin, ...more] = [...new Set(origins as string[])];
  if (siteOrigin === undefined || more.length >= MAX_ORIGINS) {
    throw invalidInput([{ pointer: `/${field}`, message: `must have 1 to ${MAX_ORIGINS} origins` }]);
  }
  return { siteOrigin, moreOrigins: more.length > 0 ? more : null };
}
