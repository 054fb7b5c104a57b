import { findServiceCodes } from '../companies/service-codes.ts';
import type { Config } from '../../config/config.ts';
import type { Deps } from '../deps.ts';
import type { FromSchema } from '../shared/schema-type.ts';
import { publicId, type PublicKind } from '../shared/public-id.rules.ts';
import type { Charge } from './charge.entity.ts';
import type { chargeSchema } from './charge.schema.ts';
import { findRefusals } from '../checkout/refusal.queries.ts';
import { refusalOfSale, type LastRefusal } from '../checkout/refusal.rules.ts';
import { checkoutUrl } from '../checkout/checkout-seal.rules.ts';
import { effectiveEnding } from './effective-state.rules.ts';
import { findRefunded } from './refunded-charges.queries.ts';

/** A charge as its company sees it: never the line, the issued ID or the holder. */
export type PresentedCharge = FromSchema<typeof chargeSchema>;

/** Members of a charge that the presentation reads, so that rows serve as well as entities. */
export type PresentableCharge = Pick<
  Charge,
  | 'id'
  | 'serviceId'
  | 'kind'
  | 'state'
  | 'amountMinor'
  | 'capturedMinor'
  | 'taxCode'
  | 'taxRateBps'
  | 'description'
  | 'reference'
  | 'partnerCode'
  | 'automaticCapture'
  | 'consentId'
  | 'subscriptionId'
  | 'subscriptionMonth'
  | 'createdAt'
  | 'openUntil'
  | 'authorizedUntil'
  | 'authorizedAt'
  | 'capturedAt'
  | 'businessDate'
  | 'billingPeriod'
  | 'late'
  | 'endedAt'
  | 'endedBy'
>;

/** Shows one charge. */
export async function presentCharge(deps: Deps, charge: PresentableCharge): Promise<PresentedCharge> {
  const [presented] = await presentCharges(deps, [charge]);
  return presented!;
}

/**
 * Shows several charges with one look at their services, and one at their refunds: a new charge has none, and the intake of
 * uses does not ask.
 */
export async function presentCharges(
  deps: Deps,
  charges: readonly PresentableCharge[],
  isNew: (charge: PresentableCharge) => boolean = () => false,
): Promise<PresentedCharge[]> {
  const serviceIds = charges.map(({ serviceId }) => serviceId);
  const codes = await findServiceCodes(deps, serviceIds);
  const refundable = charges.filter((charge) => charge.state === 'captured' && !isNew(charge));
  const refunded = await findRefunded(
    deps,
    refundable.map(({ id }) => id),
  );
  const unsold = charges.filter(
    (charge) => charge.kind === 'one_time' && charge.authorizedAt == null && !isNew(charge),
  );
  const refusals = await findRefusals(
    deps,
    unsold.map(({ id }) => id),
  );
  const at = deps.clock.now();
  return charges.map((charge) =>
    presentChargeAsOf(deps.config, charge, {
      at,
      codes,
      refundedMinor: refunded.get(charge.id) ?? 0n,
      lastRefusal: refusals.get(charge.id),
    }),
  );
}

interface Known {
  /** The instant whose state is shown. */
  readonly at: Date;
  readonly codes: ReadonlyMap<number, string>;
  /** Of the charge, given back so far. */
  readonly refundedMinor: bigint;
  /** Of its buyer; an event shows none, so that it is the same whenever it is shown. */
  readonly lastRefusal?: LastRefusal | undefined;
}

/** Shows a charge as its row says it was at an instant. */
export function presentChargeAsOf(
  config: Config,
  charge: PresentableCharge,
  { at, codes, refundedMinor, lastRefusal }: Known,
): PresentedCharge {
  const id = publicId('charge', charge.id);
  const { state, openUntil, endedAt, endedBy } = effectiveEnding(charge, at);
  return {
    id,
    kind: charge.kind,
    state,
    service: codes.get(charge.serviceId) ?? '',
    amount: Number(charge.amountMinor),
    captured_amount: charge.capturedMinor == null ? null : Number(charge.capturedMinor),
    refunded_amount: Number(refundedMinor),
    currency: config.currency,
    tax_code: charge.taxCode,
    tax_rate_bps: charge.taxRateBps ?? null,
    description: charge.description,
    reference: charge.reference ?? null,
    ...(charge.partnerCode != null && { partner: charge.partnerCode }),
    capture: charge.automaticCapture ? 'automatic' : 'manual',
    consent: maybeId('consent', charge.consentId),
    subscription: maybeId('subscription', charge.subscriptionId),
    subscription_month: charge.subscriptionMonth ?? null,
    confirm_url: state === 'pending' ? checkoutUrl(config, id) : null,
    ...refusalOfSale(
      {
        state,
        endedAt,
        isDeclined: endedBy === 'subscriber',
        confirmedAt: charge.authorizedAt ?? charge.capturedAt,
      },
      lastRefusal,
    ),
    created_at: charge.createdAt.toISOString(),
    expires_at: openUntil?.toISOString() ?? null,
    authorized_at: charge.authorizedAt?.toISOString() ?? null,
    captured_at: charge.capturedAt?.toISOString() ?? null,
    business_date: charge.businessDate ?? null,
    billing_period: charge.billingPeriod ?? null,
    late: charge.late,
    ended_at: endedAt?.toISOString() ?? null,
    ended_by: endedBy,
  };
}

function maybeId(kind: PublicKind, id: string | null | undefined): string | null {
  return id == null ? null : publicId(kind, id);
}
