import { findServiceCodes } from '../companies/service-codes.ts';
import type { Config } from '../../config/config.ts';
import type { Deps } from '../deps.ts';
import type { FromSchema } from '../shared/schema-type.ts';
import { publicId } from '../shared/public-id.rules.ts';
import { findRefusals } from '../checkout/refusal.queries.ts';
import { refusalOfSale, type LastRefusal } from '../checkout/refusal.rules.ts';
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
  const ungranted = consents.filter(({ agreedAt }) => agreedAt == null);
  const refusals = await findRefusals(
    deps,
    ungranted.map(({ id }) => id),
  );
  const at = deps.clock.now();
  return consents.map((consent) =>
    presentConsentAsOf(deps.config, consent, { at, codes, lastRefusal: refusals.get(consent.id) }),
  );
}

/** Shows one consent. */
export async function presentConsent(
  deps: Deps,
  consent: Consent,
): Promise<FromSchema<typeof consentSchema>> {
  const [presented] = await presentConsents(deps, [consent]);
  return presented!;
}

interface Known {
  /** The instant whose state is shown. */
  readonly at: Date;
  readonly codes: ReadonlyMap<number, string>;
  /** Of its buyer; an event shows none, so that it is the same whenever it is shown. */
  readonly lastRefusal?: LastRefusal | undefined;
}

/** Shows a consent as its row says it was at an instant. */
export function presentConsentAsOf(config: Config, consent: Consent, { at, codes, lastRefusal }: Known) {
  const id = publicId('consent', consent.id);
  const { state, openUntil, endedAt } = effectiveEnding(consent, at);
  return {
    id,
    state,
    service: codes.get(consent.serviceId) ?? '',
    description: consent.description,
    per_charge_max: consent.perChargeMaxMinor == null ? null : Number(consent.perChargeMaxMinor),
    reference: consent.reference ?? null,
    currency: config.currency,
    confirm_url: state === 'pending' ? checkoutUrl(config, id) : null,
    ...refusalOfSale(
      { state, endedAt, isDeclined: state === 'declined', confirmedAt: consent.agreedAt },
      lastRefusal,
    ),
    created_at: consent.createdAt.toISOString(),
    expires_at: openUntil?.toISOString() ?? null,
    agreed_at: consent.agreedAt?.toISOString() ?? null,
    ended_at: endedAt?.toISOString() ?? null,
  };
}
