import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { publicId } from '../shared/public-id.rules.ts';
import type { FromSchema } from '../shared/schema-type.ts';
import type { RefundRow } from './book-refund.ts';
import { isRefundReason } from './refund-reason.rules.ts';
import type { refundSchema } from './refund.schema.ts';

/** A refund as its company sees it: never the line or the holder, and nothing that the carrier's people wrote. */
export type PresentedRefund = FromSchema<typeof refundSchema>;

export type PresentableRefund = Pick<
  RefundRow,
  | 'id'
  | 'chargeId'
  | 'amountMinor'
  | 'refundedBeforeMinor'
  | 'taxCode'
  | 'taxRateBps'
  | 'kind'
  | 'businessDate'
  | 'billingPeriod'
  | 'reason'
  | 'createdBy'
  | 'createdAt'
> & {
  readonly note?: string | null | undefined;
  readonly reference?: string | null | undefined;
};

/** Shows one refund. */
export async function presentRefund(deps: Deps, refund: PresentableRefund): Promise<PresentedRefund> {
  const [presented] = await presentRefunds(deps, [refund]);
  return presented!;
}

/** Shows several refunds with one look at their charges. */
export async function presentRefunds(
  deps: Deps,
  refunds: readonly PresentableRefund[],
): Promise<PresentedRefund[]> {
  const months = await findMonths(deps, [...new Set(refunds.map(({ chargeId }) => chargeId))]);
  return refunds.map((refund) => present(deps, refund, months.get(refund.chargeId)));
}

interface MonthOfCharge {
  readonly subscriptionId: string | null;
  readonly subscriptionMonth: string | null;
}

function present({ config }: Deps, refund: PresentableRefund, month?: MonthOfCharge): PresentedRefund {
  const { id, chargeId, amountMinor, refundedBeforeMinor, reason, createdBy } = refund;
  if (!isRefundReason(reason)) throw new Error(`refund ${id} has the unknown reason ${reason}`);
  const isOwn = createdBy.startsWith('company-');
  return {
    id: publicId('refund', id),
    charge: publicId('charge', chargeId),
    subscription: month?.subscriptionId ? publicId('subscription', month.subscriptionId) : null,
    subscription_month: month?.subscriptionMonth ?? null,
    amount: Number(amountMinor),
    refunded_amount: Number(refundedBeforeMinor + amountMinor),
    currency: config.currency,
    tax_code: refund.taxCode,
    tax_rate_bps: refund.taxRateBps,
    reason,
    note: isOwn ? (refund.note ?? null) : null,
    reference: isOwn ? (refund.reference ?? null) : null,
    refunded_by: isOwn ? 'company' : 'carrier',
    paid_by: refund.kind,
    business_date: refund.businessDate,
    billing_period: refund.billingPeriod,
    created_at: refund.createdAt.toISOString(),
  };
}

async function findMonths(
  deps: Deps,
  chargeIds: readonly string[],
): Promise<ReadonlyMap<string, MonthOfCharge>> {
  if (chargeIds.length === 0) return new Map();
  const rows = await sqlOf(emOf(deps))
    .selectFrom('charge')
    .select(['id', 'subscriptionId', 'subscriptionMonth'])
    .where('id', 'in', chargeIds)
    .execute();
  return new Map(rows.map(({ id, ...month }) => [id, month]));
}
