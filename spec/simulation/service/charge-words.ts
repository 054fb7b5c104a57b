import { describeCharge } from '../shadow/outcome.ts';

/** What of a charge its seller sees, as the service has it. */
interface ChargeRow {
  readonly state: 'pending' | 'authorized' | 'captured' | 'cancelled' | 'expired';
  readonly capturedMinor?: bigint | null | undefined;
  readonly businessDate?: string | null | undefined;
  readonly billingPeriod?: string | null | undefined;
  readonly closingGroup?: 5 | 10 | 15 | 20 | 25 | 31 | null | undefined;
  readonly taxRateBps?: number | null | undefined;
  readonly late?: boolean;
}

/** A charge of the service in the words of the simulation. */
export function chargeWords(row: ChargeRow): string {
  const { state, capturedMinor, businessDate, billingPeriod, closingGroup, taxRateBps, late } = row;
  if (state !== 'captured') return describeCharge({ state, captured: null });
  const captured = {
    amount: Number(capturedMinor),
    businessDate: businessDate!,
    period: billingPeriod!,
    group: closingGroup!,
    percent: taxRateBps! / 100,
    late: late ?? false,
  };
  return describeCharge({ state, captured });
}
