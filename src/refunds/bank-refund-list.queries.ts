import { sql } from 'kysely';
import type { Actor } from '../access/actor.ts';
import { listPending, type ApprovalRow } from '../access/approvals/approval.queries.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import { findCollectedLater } from './bank-refund-decision.rules.ts';
import { readRefundedCharges } from './refunded-charges.queries.ts';

/**
 * Where a refund by bank stands: it waits for a result of its invoice, or decided for the account of the former holder; it is `due`, in a
 * payout run (`ordered`), paid, or cancelled in whole against the debt.
 */
export const bankRefundStages = [
  'waiting-result',
  'waiting-account',
  'due',
  'ordered',
  'paid',
  'cancelled',
] as const;
export type BankRefundStage = (typeof bankRefundStages)[number];

/** A refund by bank. Amounts are minor units. */
export interface BankRefundRow {
  readonly refundId: string;
  readonly company: string;
  readonly lineId: string;
  readonly bookedOn: string;
  readonly stage: BankRefundStage;
  readonly amountMinor: bigint;
  /** What is or was paid of it, with what was reopened. */
  readonly payableMinor: bigint;
  readonly cancelledMinor: bigint;
  /** Of what is payable, what was paid before it was reopened. */
  readonly paidBeforeMinor: bigint;
  readonly decidedOn: string | null;
  readonly paidOn: string | null;
}

/** A refund by bank beside what was collected after it was cancelled. */
export interface BankRefundDetails extends BankRefundRow {
  readonly collectedLaterMinor: bigint;
  readonly pending: ApprovalRow | undefined;
}

interface StoredRow extends Omit<
  BankRefundRow,
  'amountMinor' | 'payableMinor' | 'cancelledMinor' | 'paidBeforeMinor'
> {
  readonly amount: string;
  readonly payable: string;
  readonly cancelled: string;
  readonly paidBefore: string;
}

const stage = sql`CASE b.state WHEN 'waiting' THEN 'waiting-result' WHEN 'payable' THEN
  CASE WHEN EXISTS (SELECT 1 FROM payout p WHERE p.refund_id = b.refund_id AND p.part = b.part
    AND p.state IN ('planned', 'sent', 'settled')) THEN 'ordered'
    WHEN EXISTS (SELECT 1 FROM refund_account a WHERE a.line_id = f.line_id AND a.holder_from = f.holder_from) THEN 'due'
    ELSE 'waiting-account' END
  ELSE b.state END`;

const columns = sql`b.refund_id AS refundId, c.code AS company, f.line_id AS lineId, f.business_date AS bookedOn, ${stage} AS stage,
  CAST(b.amount_minor AS CHAR) AS amount, CAST(b.payable_minor + b.late_minor AS CHAR) AS payable,
  CAST(b.cancelled_minor - b.late_minor AS CHAR) AS cancelled, CAST(b.paid_minor AS CHAR) AS paidBefore,
  b.decided_on AS decidedOn, b.paid_on AS paidOn`;

const tables = sql`bank_refund b JOIN refund f ON f.id = b.refund_id JOIN company c ON c.id = f.company_id`;

export interface BankRefundFilter {
  readonly stage?: BankRefundStage | undefined;
  /** Only earlier ones than this refund: the next page. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Refunds by bank, the newest first. @throws Problem `permission-denied` */
export async function listBankRefunds(
  deps: Deps,
  actor: Actor,
  { stage: wanted, before, limit }: BankRefundFilter,
): Promise<BankRefundRow[]> {
  authorize(actor, 'collections:read');
  const { rows } = await sql<StoredRow>`SELECT ${columns} FROM ${tables}
    WHERE ${wanted === undefined ? sql`TRUE` : sql`${stage} = ${wanted}`}
      AND ${before === undefined ? sql`TRUE` : sql`b.refund_id < ${before}`}
    ORDER BY b.refund_id DESC LIMIT ${limit}`.execute(sqlOf(emOf(deps)));
  return rows.map(asRow);
}

/** One of them, with what two people could reopen. @throws Problem `permission-denied`, `refund-not-found` */
export async function getBankRefund(deps: Deps, actor: Actor, refundId: string): Promise<BankRefundDetails> {
  authorize(actor, 'collections:read');
  return await inTransaction(deps, async (tx) => {
    const { rows } =
      await sql<StoredRow>`SELECT ${columns} FROM ${tables} WHERE b.refund_id = ${refundId}`.execute(
        sqlOf(tx.em),
      );
    const [found] = rows;
    if (found === undefined) throw new Problem('refund-not-found', { detail: 'This is no refund by bank.' });
    const today = businessDateOf(tx.clock.now(), tx.config.timeZone);
    const [charge] = await readRefundedCharges(tx, { refundIds: [refundId], today, lock: false });
    const collectedLaterMinor = (charge && findCollectedLater(charge).get(refundId)) ?? 0n;
    const pending = await listPending(tx, `refund:${refundId}`);
    return {
      ...asRow(found),
      collectedLaterMinor,
      pending: pending.find(({ kind }) => kind === 'refund.reopen'),
    };
  });
}

function asRow({ amount, payable, cancelled, paidBefore, ...row }: StoredRow): BankRefundRow {
  return {
    ...row,
    amountMinor: BigInt(amount),
    payableMinor: BigInt(payable),
    cancelledMinor: BigInt(cancelled),
    paidBeforeMinor: BigInt(paidBefore),
  };
}
