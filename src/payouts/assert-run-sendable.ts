import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import { findWindowFault } from '../shared/order-window.rules.ts';
import { findRefundAccount, lockTenures } from './payable-refunds.queries.ts';
import { findCurrentAccounts, lockPayees } from './payable-settlements.queries.ts';
import { payoutCode } from './payout.rules.ts';
import type { PayoutLine, PayoutRunWithLines } from './payout-run.queries.ts';

/** What a payout stands on, as it is now. */
export interface Ground {
  readonly payout: string;
  readonly state: string | undefined;
  readonly amountMinor: bigint | undefined;
  readonly accountVersion: number | undefined;
  readonly heldReason: string | null;
}

/**
 * Locks what the payouts of a run stand on, and reads it: the settlements behind their companies, the refunds behind their
 * tenures, and the current accounts of both. An account that is changed at the same time is changed before this, and seen, or after
 * the transaction.
 */
export async function lockGround(
  tx: InTransaction<Deps>,
  { run, lines }: PayoutRunWithLines,
): Promise<Ground[]> {
  const companyIds = lines.flatMap(({ companyId }) => companyId ?? []);
  await lockPayees(tx, companyIds);
  await lockTenures(
    tx,
    lines.flatMap(({ refundId }) => refundId ?? []),
  );
  const ids = lines.flatMap(({ settlementId }) => settlementId ?? []);
  const settlements =
    ids.length === 0
      ? []
      : await sqlOf(tx.em)
          .selectFrom('settlement')
          .select(['id', 'state', 'payoutMinor', 'heldReason'])
          .where('id', 'in', ids)
          .orderBy('id')
          .forUpdate()
          .execute();
  const ofId = new Map(settlements.map((settlement) => [settlement.id, settlement]));
  const accounts = await findCurrentAccounts(tx, companyIds);
  const grounds: Ground[] = [];
  for (const { settlementId, refundId, companyId, lineNumber } of lines) {
    const payout = payoutCode({ number: run.number, lineNumber });
    if (refundId !== null) {
      grounds.push({ payout, ...(await lockRefundGround(tx, refundId)) });
      continue;
    }
    const settlement = ofId.get(settlementId ?? '');
    grounds.push({
      payout,
      state: settlement?.state,
      amountMinor: settlement?.payoutMinor,
      accountVersion: accounts.get(companyId ?? 0)?.version,
      heldReason: settlement?.heldReason ?? null,
    });
  }
  return grounds;
}

/** A refund by bank is approved with its payout: `payable` is what `approved` is of a settlement. */
async function lockRefundGround(tx: InTransaction<Deps>, refundId: string): Promise<Omit<Ground, 'payout'>> {
  const refund = await sqlOf(tx.em)
    .selectFrom('bank_refund as b')
    .innerJoin('refund as f', 'f.id', 'b.refundId')
    .select(['b.state', 'b.payableMinor', 'b.lateMinor', 'b.paidMinor', 'f.lineId', 'f.holderFrom'])
    .where('b.refundId', '=', refundId)
    .forUpdate()
    .executeTakeFirst();
  const account = refund && (await findRefundAccount(tx, refund));
  return {
    state: refund?.state === 'payable' ? 'approved' : refund?.state,
    amountMinor: refund && refund.payableMinor + refund.lateMinor - refund.paidMinor,
    accountVersion: account?.version,
    heldReason: null,
  };
}

/**
 * Refuses a run of which anything has changed since it was prepared, or whose day cannot be ordered today.
 * @throws Problem `payout-run-stale`, `payout-window-passed`
 */
export async function assertRunSendable(tx: InTransaction<Deps>, locked: PayoutRunWithLines): Promise<void> {
  const { run, lines } = locked;
  const ground = await lockGround(tx, locked);
  const fault = lines.flatMap((line, index) => findLineFault(line, ground[index]) ?? [])[0];
  if (fault !== undefined) {
    const detail = `${fault} Discard payout run ${run.number} and prepare it again.`;
    throw new Problem('payout-run-stale', { detail });
  }
  const today = businessDateOf(tx.clock.now(), tx.config.timeZone);
  const late = findWindowFault(run.payOn, today, tx.config.currency);
  if (late !== undefined) {
    const detail = `The transfers of ${late}. Discard payout run ${run.number} and prepare it again.`;
    throw new Problem('payout-window-passed', { detail });
  }
}

function findLineFault(line: PayoutLine, ground: Ground | undefined): string | undefined {
  if (ground?.state !== 'approved') return `${line.reference} is not approved any more.`;
  if (ground.heldReason !== null) return `${line.reference} is held: ${ground.heldReason}.`;
  if (ground.amountMinor !== line.amountMinor) return `${line.reference} has another payout now.`;
  if (ground.accountVersion !== line.accountVersion)
    return `${line.company ?? line.reference} has another bank account now.`;
  return undefined;
}
