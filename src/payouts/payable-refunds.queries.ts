import { sqlOf } from '../database/sql.ts';
import { emOf, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { RefundAccount } from '../refunds/refund-account.entity.ts';
import { livePayoutStates } from './payout.rules.ts';
import type { LastSent } from './payable-settlements.queries.ts';

/** A refund by bank that is decided and that no payout has paid or is about to pay. */
export interface PayableRefund {
  readonly id: string;
  readonly lineId: string;
  readonly holderFrom: string;
  /** Of its part. */
  readonly payableMinor: bigint;
  readonly part: number;
  readonly decidedOn: string;
}

/** The refunds that are payable to former holders; with `lock` they and their payouts are locked until the transaction ends. */
export async function listPayableRefunds(deps: Deps, { lock }: { lock: boolean }): Promise<PayableRefund[]> {
  const sql = sqlOf(emOf(deps));
  const open = await sql
    .selectFrom('bank_refund')
    .select('refundId')
    .where('state', '=', 'payable')
    .orderBy('refundId')
    .$if(lock, (query) => query.forUpdate())
    .execute();
  const ids = open.map(({ refundId }) => refundId);
  if (ids.length === 0) return [];
  const planned = await sql
    .selectFrom('payout')
    .select(['refundId', 'part'])
    .where('refundId', 'in', ids)
    .where('state', 'in', livePayoutStates)
    .$if(lock, (query) => query.forUpdate())
    .execute();
  const isPlanned = new Set(planned.map(({ refundId, part }) => `${refundId}/${part}`));
  const rows = await sql
    .selectFrom('bank_refund as b')
    .innerJoin('refund as f', 'f.id', 'b.refundId')
    .select(['f.id', 'f.lineId', 'f.holderFrom', 'b.part', 'b.paidMinor'])
    .select(['b.payableMinor', 'b.decidedOn', 'b.lateMinor', 'b.lateOn'])
    .where('b.refundId', 'in', ids)
    .orderBy('f.id')
    .execute();
  return rows
    .filter(({ id, part }) => !isPlanned.has(`${id}/${part}`))
    .map(({ decidedOn, payableMinor, lateMinor, lateOn, paidMinor, ...row }) => ({
      ...row,
      payableMinor: payableMinor + lateMinor - paidMinor,
      decidedOn: lateOn ?? decidedOn!,
    }));
}

/** Locks the tenures of refunds in the order of their keys until the transaction ends: their accounts are not changed meanwhile. */
export async function lockTenures(tx: InTransaction<Deps>, refundIds: readonly string[]): Promise<void> {
  if (refundIds.length === 0) return;
  const sql = sqlOf(tx.em);
  const tenures = await sql
    .selectFrom('refund')
    .select(['lineId', 'holderFrom'])
    .distinct()
    .where('id', 'in', refundIds)
    .orderBy('lineId')
    .orderBy('holderFrom')
    .execute();
  for (const { lineId, holderFrom } of tenures) {
    await sql
      .selectFrom('line_holder')
      .select('lineId')
      .where('lineId', '=', lineId)
      .where('validFrom', '=', holderFrom)
      .forUpdate()
      .execute();
  }
}

/** The current account of a former holder; undefined until one is entered. */
export async function findRefundAccount(
  deps: Deps,
  { lineId, holderFrom }: Pick<PayableRefund, 'lineId' | 'holderFrom'>,
): Promise<RefundAccount | undefined> {
  return await sqlOf(emOf(deps))
    .selectFrom('refund_account')
    .selectAll()
    .where('lineId', '=', lineId)
    .where('holderFrom', '=', holderFrom)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** What was sent to a former holder last, of any refund. */
export async function findLastSentTo(
  deps: Deps,
  { lineId, holderFrom }: Pick<PayableRefund, 'lineId' | 'holderFrom'>,
): Promise<LastSent | undefined> {
  return await sqlOf(emOf(deps))
    .selectFrom('payout as p')
    .innerJoin('refund as f', 'f.id', 'p.refundId')
    .select(['p.id', 'p.accountVersion', 'p.state', 'p.returnedReason'])
    .where('f.lineId', '=', lineId)
    .where('f.holderFrom', '=', holderFrom)
    .where('p.state', 'in', ['sent', 'settled', 'returned'])
    .orderBy('p.id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** The returned payout of a part of a refund that waits to be sent again. */
export async function findReturnedRefund(
  deps: Deps,
  { id: refundId, part }: Pick<PayableRefund, 'id' | 'part'>,
): Promise<LastSent | undefined> {
  return await sqlOf(emOf(deps))
    .selectFrom('payout')
    .select(['id', 'accountVersion', 'state', 'returnedReason'])
    .where('refundId', '=', refundId)
    .where('part', '=', part)
    .where('state', '=', 'returned')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}
