import { effectiveEnding } from '../charges/effective-state.rules.ts';
import { findServiceCodes } from '../companies/service-codes.ts';
import type { Deps } from '../deps.ts';
import { publicId } from '../shared/public-id.rules.ts';
import type { FromSchema } from '../shared/schema-type.ts';
import type { PaymentRequest } from './payment-request.entity.ts';
import type { paymentRequestSchema } from './payment-request.schema.ts';

export type PresentedPaymentRequest = FromSchema<typeof paymentRequestSchema>;

/** Shows payment requests as their company sees them: never whether anybody was found. */
export async function presentPaymentRequests(
  deps: Deps,
  requests: readonly PaymentRequest[],
): Promise<PresentedPaymentRequest[]> {
  const codes = await findServiceCodes(
    deps,
    requests.map(({ serviceId }) => serviceId),
  );
  const now = deps.clock.now();
  return requests.map((request) => {
    const { state, openUntil, endedAt } = effectiveEnding(request, now);
    return {
      id: publicId('payment-request', request.id),
      state,
      service: codes.get(request.serviceId) ?? '',
      amount: Number(request.amountMinor),
      currency: deps.config.currency,
      tax_code: request.taxCode,
      description: request.description,
      reference: request.reference ?? null,
      to_kind: request.toKind,
      to_ending: request.toEnding,
      charge: request.chargeId == null ? null : publicId('charge', request.chargeId),
      created_at: request.createdAt.toISOString(),
      expires_at: openUntil?.toISOString() ?? null,
      ended_at: endedAt?.toISOString() ?? null,
    };
  });
}

/** Shows one payment request. */
export async function presentPaymentRequest(
  deps: Deps,
  request: PaymentRequest,
): Promise<PresentedPaymentRequest> {
  const [presented] = await presentPaymentRequests(deps, [request]);
  return presented!;
}
