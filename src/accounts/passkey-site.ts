import type { Config } from '../../config/config.ts';
import type { PasskeySite } from '../identity/passkeys.ts';
import type { AccountAudience } from './account.rules.ts';
import { originOf } from './invitation-link.ts';

/** Passkeys belong to the host under which the people of an audience reach their pages. */
export function passkeySiteOf(config: Config, audience: AccountAudience): PasskeySite {
  return { origin: originOf(config, audience), name: config.carrier.nameEn };
}
