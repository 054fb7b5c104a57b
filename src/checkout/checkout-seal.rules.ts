import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Config } from '../../config/config.ts';

const SEAL_CHARACTERS = 22;

/**
 * Where a subscriber confirms what `publicId` (`ch_…`, `sb_…`, `cs_…`) names. Identifiers rise in time and can be
 * guessed, so the address carries a seal that only the service can make.
 */
export function checkoutUrl(config: Pick<Config, 'publicOrigin' | 'secret'>, publicId: string): string {
  return `${config.publicOrigin}/checkout/${publicId}/${sealOf(config, publicId)}`;
}

/** Whether the seal belongs to the identifier; compared in constant time. */
export function isCheckoutSeal(config: Pick<Config, 'secret'>, publicId: string, seal: string): boolean {
  const given = Buffer.from(seal);
  const expected = Buffer.from(sealOf(config, publicId));
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** 132 bits of an HMAC, bound to this use of the secret by its label. */
function sealOf({ secret }: Pick<Config, 'secret'>, publicId: string): string {
  return createHmac('sha256', secret)
    .update(`checkout:${publicId}`)
    .digest('base64url')
    .slice(0, SEAL_CHARACTERS);
}
