import { differ, type Row } from './recompute-support.ts';

/** Each refund is of a captured charge, of its company and line, and all of a charge come to no more than it. Returns what differs. */
export function checkRefunds(captured: readonly Row[], refunds: readonly Row[]): string[] {
  const charges = new Map(captured.map((row) => [row['charge_id'], row]));
  return [
    ...refunds.flatMap((row) => {
      const charge = charges.get(row['charge_id']);
      const isByBank = row['kind'] === 'bank';
      return differ(`refund ${row['refund_id']}`, [
        ['company', row['company'], charge?.['company']],
        ['line_id', row['line_id'], charge?.['line_id']],
        ['amount above zero', Number(row['amount']) > 0, true],
        ['after the charge', row['booked_on']! >= charge!['business_date']!, true],
        ...(isByBank
          ? [['billing_period', row['billing_period'], row['booked_on']!.slice(0, 7)] as const]
          : []),
      ]);
    }),
    ...[...sumRefunds(refunds)].flatMap(([chargeId, sum]) =>
      sum <= BigInt(charges.get(chargeId)?.['amount'] ?? 0)
        ? []
        : [`${chargeId} is refunded beyond its amount`],
    ),
  ];
}

/** The refunds that are items of invoices, as rows like those of charges: of the holder who paid, with negative amounts. */
export function refundItems(captured: readonly Row[], refunds: readonly Row[]): Row[] {
  const charges = new Map(captured.map((row) => [row['charge_id'], row]));
  return refunds
    .filter((row) => row['kind'] === 'invoice')
    .map((row) => ({
      ...row,
      holder_from: charges.get(row['charge_id'])?.['holder_from'] ?? '',
      business_date: row['booked_on']!,
      amount: `-${row['amount']}`,
    }));
}

/**
 * The charges that the fee counts: one that was given back whole within its own period counts as never billed (domain.md
 * section 1).
 */
export function countedCharges(captured: readonly Row[], refunds: readonly Row[]): Row[] {
  const periods = new Map(captured.map((row) => [row['charge_id'], row['billing_period']]));
  const own = refunds.filter(
    (row) => row['kind'] === 'invoice' && row['billing_period'] === periods.get(row['charge_id']),
  );
  const sums = sumRefunds(own);
  return captured.filter((row) => sums.get(row['charge_id']!) !== BigInt(row['amount']!));
}

function sumRefunds(refunds: readonly Row[]): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const row of refunds) {
    const chargeId = row['charge_id']!;
    sums.set(chargeId, (sums.get(chargeId) ?? 0n) + BigInt(row['amount']!));
  }
  return sums;
}
