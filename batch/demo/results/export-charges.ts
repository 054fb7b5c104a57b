import type { Deps } from '../../../src/deps.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { emOf } from '../../../src/database/transaction.ts';
import { publicId } from '../../../src/shared/public-id.rules.ts';

export const chargeColumns = [
  'charge_id',
  'company',
  'service',
  'line_id',
  'holder_from',
  'kind',
  'amount',
  'tax_code',
  'tax_rate',
  'state',
  'captured_at',
  'business_date',
  'billing_period',
] as const;

const PAGE = 5_000;

/**
 * Every charge in the order of its identifier, with its tax rate in percent once it is captured. The amount is what was captured, or what was asked for where
 * nothing was. An authorization that is still open is `pending`, for nothing of it is billed.
 */
export async function* streamCharges(deps: Deps) {
  for (let after = ''; ;) {
    const page = await findPage(deps, after);
    for (const row of page) {
      yield {
        charge_id: publicId('charge', row.id),
        company: row.company,
        service: row.service,
        line_id: row.lineId,
        holder_from: row.holderFrom,
        kind: row.kind,
        amount: row.capturedMinor ?? row.amountMinor,
        tax_code: row.taxCode,
        tax_rate: row.taxRateBps === null ? null : writePercent(row.taxRateBps),
        state: row.state === 'authorized' ? 'pending' : row.state,
        captured_at: row.capturedAt?.toISOString() ?? null,
        business_date: row.businessDate,
        billing_period: row.billingPeriod,
      };
    }
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last.id;
  }
}

function findPage(deps: Deps, after: string) {
  return sqlOf(emOf(deps))
    .selectFrom('charge as h')
    .innerJoin('company as c', 'c.id', 'h.companyId')
    .innerJoin('service as s', 's.id', 'h.serviceId')
    .select(['h.id', 'c.code as company', 's.code as service', 'h.lineId', 'h.holderFrom', 'h.kind'])
    .select(['h.amountMinor'])
    .select([
      'h.capturedMinor',
      'h.taxCode',
      'h.taxRateBps',
      'h.state',
      'h.capturedAt',
      'h.businessDate',
      'h.billingPeriod',
    ])
    .where('h.id', '>', after)
    .orderBy('h.id')
    .limit(PAGE)
    .execute();
}

/** Basis points in percent: 1000 is `10`, 850 is `8.5`. */
function writePercent(bps: number): string {
  return String(bps / 100);
}
