import type { Deps } from '../deps.ts';
import type { ServiceLine } from '../settlements/settlement-details.queries.ts';
import type { FromSchema } from '../shared/schema-type.ts';
import { listClawbacks, listTransfers, type OwnSettlement } from './own-settlements.queries.ts';
import type {
  settlementDetailsSchema,
  settlementLinesSchema,
  settlementSchema,
} from './settlement.schema.ts';

/** The figures of a settlement as its company sees them: what its statement has, and nothing that the carrier's people wrote. */
export function presentSettlement(
  { config }: Pick<Deps, 'config'>,
  row: OwnSettlement,
): FromSchema<typeof settlementSchema> {
  if (row.state !== 'approved' && row.state !== 'paid') throw new Error(`${row.number} is not approved`);
  return {
    number: row.number,
    billing_period: row.billingPeriod,
    state: row.state,
    settled_on: row.settledOn,
    approved_at: row.approvedAt?.toISOString() ?? null,
    currency: config.currency,
    billed: Number(row.billedMinor),
    refunded: Number(row.refundedMinor),
    lines: row.lineCount,
    items: row.itemCount,
    fee_branch: row.feeBranch,
    fee: Number(row.feeExTaxMinor),
    fee_tax: Number(row.feeTaxMinor),
    fee_tax_rate_bps: row.feeTaxRateBps,
    set_up_fee: Number(row.setUpExTaxMinor),
    set_up_fee_tax: Number(row.setUpTaxMinor),
    ...(row.commissionMinor !== 0n && { partner_commission: Number(row.commissionMinor) }),
    clawback_total: Number(row.clawbackMinor),
    recovery_total: Number(row.recoveryMinor),
    transfer_fee: Number(row.transferFeeMinor),
    carried_in: Number(row.carriedInMinor),
    carried_out: Number(row.carriedOutMinor),
    payout: Number(row.payoutMinor),
    payout_on: row.payoutOn,
    payout_held: row.heldReason !== null,
  };
}

/** A settlement with its transfers and clawbacks. */
export async function presentSettlementDetails(
  deps: Deps,
  row: OwnSettlement,
): Promise<FromSchema<typeof settlementDetailsSchema>> {
  const transfers = await listTransfers(deps, row.id);
  const clawbacks = await listClawbacks(deps, row.id);
  return {
    ...presentSettlement(deps, row),
    transfers: transfers.map(({ state, amountMinor, payOn, resultOn }) => ({
      state: state as 'sent' | 'settled' | 'returned',
      amount: Number(amountMinor),
      pay_on: payOn,
      result_on: resultOn,
    })),
    clawbacks: clawbacks.map(({ kind, billingPeriod, amountMinor }) => ({
      kind,
      billing_period: billingPeriod,
      amount: Number(amountMinor),
    })),
  };
}

/** What a settlement is made of, by service and tax rate. */
export function presentSettlementLines(
  settlement: string,
  lines: readonly ServiceLine[],
): FromSchema<typeof settlementLinesSchema> {
  return {
    settlement,
    items: lines.map((line) => ({
      kind: line.kind,
      service: line.service,
      original_period: line.originalPeriod === '' ? null : line.originalPeriod,
      tax_code: line.taxCode,
      tax_rate_bps: line.taxRateBps,
      lines: line.lineCount,
      items: line.itemCount,
      total: Number(line.totalMinor),
    })),
  };
}
