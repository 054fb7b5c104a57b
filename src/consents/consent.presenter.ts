import { findServiceCodes } from '../companies/service-codes.ts';
import type { Config } from '../../config/config.ts';
import type { Deps } from '../deps.ts';
import type { FromSchema } from '../shared/schema-type.ts';
import { publicId } from '../shared/public-id.rules.ts';
import { checkoutUrl } from '../checkout/checkout-seal.rules.ts';
import type { Consent } from './consent.entity.ts';
import type { consentSchema } from './consent.schema.ts';
import { effectiveEnding } from '../charges/effective-state.rules.ts';

/** Shows consents as their company sees them: never who agreed on which line. */
export async function presentConsents(
  deps: Deps,
  consents: readonly Consent[],
): Promise<FromSchema<typeof consentSchema>[]> {
  const serviceIds = consents.map(({ serviceId }) => serviceId);
  const codes = await findServiceCodes(deps, serviceIds);
  const at = deps.clock.now();
  return consents.map((consent) => presentConsentAsOf(deps.config, consent, { at, codes }));
}

/** Shows one consent. */
export async function presentConsent(
  deps: Deps,
  consent: Consent,
): Promise<FromSchema<typeof consentSchema>> {
  const codes = await findServiceCodes(deps, [consent.serviceId]);
  return presentConsentAsOf(deps.config, consent, { at: deps.clock.now(), codes });
}

/** Shows a consent as its row says it was at an instant. */
export function presentConsentAsOf(
  config: Config,
  consent: Consent,
  { at, codes }: { readonly at: Date; readonly codes: ReadonlyMap<number, string> },
) {
  const id = publicId('consent', consent.id);
  const { state, endedAt } = effectiveEnding(consent, at);
  return {
    id,
    state,
    service: codes.get(consent.serviceId) ?? '',
    description: consent.description,
    per_charge_max: consent.perChargeMaxMinor == null ? null : Number(consent.perChargeMaxMinor),
    currency: config.currency,
    confirm_url: state === 'pending' ? checkoutUrl(config, id) : null,
    created_at: consent.createdAt.toISOString(),
    agreed_at: consent.agreedAt?.toISOString() ?? null,
    ended_at: endedAt?.toISOString() ?? null,
  };
}
