import type { Deps } from '../deps.ts';
import type { Statement } from '../database/statement.ts';
import type { InTransaction } from '../database/transaction.ts';
import { joinAsWriter } from '../billing-periods/period-write-barrier.ts';
import { preparePosting } from '../ledger/post-entries.ts';
import { bookSpending } from '../limits/line-spending.ts';
import type { CaptureFacts } from './capture.rules.ts';
import { captureEntries } from './charge-entries.rules.ts';

/** A captured charge as far as spending and the ledger know it. */
interface BookedCharge extends Pick<
  CaptureFacts,
  'businessDate' | 'billingPeriod' | 'closingGroup' | 'capturedMinor'
> {
  readonly id: string;
  readonly companyId: number;
  readonly lineId: string;
  readonly holderFrom: string;
  /** Amount of the authorization that the capture releases, none by default. */
  readonly heldMinor?: bigint | undefined;
}

/** These members and no others: a charge has three dozen, and there may be thousands of them. */
function bookedOf(charge: BookedCharge) {
  const { id, companyId, lineId, holderFrom, businessDate, billingPeriod, closingGroup } = charge;
  const { capturedMinor: amountMinor, heldMinor = 0n } = charge;
  const key = { lineId, holderFrom, period: billingPeriod, closingGroup };
  return { ...key, id, companyId, businessDate, billingPeriod, amountMinor, heldMinor };
}

/**
 * The statements of a capture beside the charge itself, the same for whatever was sold: its period takes it, its tenure
 * has spent it, the ledger owes it. They run in the transaction that has locked the period (`lockBillingPeriods`).
 */
export async function bookCaptures(
  tx: InTransaction<Deps>,
  charges: readonly BookedCharge[],
): Promise<Statement<void>[]> {
  if (charges.length === 0) return [];
  const captured = charges.map(bookedOf);
  return [
    joinAsWriter(captured),
    bookSpending(captured),
    await preparePosting(tx, captured.flatMap(captureEntries)),
  ];
}
