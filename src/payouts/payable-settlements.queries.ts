import type { BankAccount } from '../bank-accounts/bank-account.entity.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { PayoutRow } from './payout.entity.ts';
import { livePayoutStates } from './payout.rules.ts';

/** An approved settlement that is not held and that no payout has paid or is about to pay. */
export interface PayableSettlement {
  readonly id: string;
  readonly companyId: number;
  readonly company: string;
  readonly number: string;
  readonly billingPeriod: string;
  readonly payoutMinor: bigint;
  readonly payoutOn: string;
  /** Why its payout is held; null for one that is not. */
  readonly heldReason: string | null;
}

/**
 * The settlements that are payable, by their day and company; with `lock` they and their payouts are locked until the transaction
 * ends, so that two processes do not plan one of them twice.
 */
export async function listPayableSettlements(
  deps: Deps,
  { lock }: { lock: boolean },
): Promise<PayableSettlement[]> {
  const sql = sqlOf(emOf(deps));
  const candidates = await sql
    .selectFrom('settlement as s')
    .select('s.id')
    .where('s.state', '=', 'approved')
    .where('s.heldReason', 'is', null)
    .where('s.payoutMinor', '>', 0n)
    .orderBy('s.id')
    .execute();
  const ids = candidates.map(({ id }) => id);
  if (ids.length === 0) return [];
  if (lock)
    await sql
      .selectFrom('settlement')
      .select('id')
      .where('id', 'in', ids)
      .orderBy('id')
      .forUpdate()
      .execute();
  const planned = await sql
    .selectFrom('payout')
    .select('settlementId')
    .where('settlementId', 'in', ids)
    .where('state', 'in', livePayoutStates)
    .$if(lock, (query) => query.forUpdate())
    .execute();
  const isPlanned = new Set(planned.map(({ settlementId }) => settlementId));
  const open = ids.filter((id) => !isPlanned.has(id));
  if (open.length === 0) return [];
  return await sql
    .selectFrom('settlement as s')
    .innerJoin('company as c', 'c.id', 's.companyId')
    .select([
      's.id',
      's.companyId',
      'c.code as company',
      's.number',
      's.billingPeriod',
      's.payoutMinor',
      's.payoutOn',
      's.heldReason',
    ])
    .where('s.id', 'in', open)
    .where('s.state', '=', 'approved')
    .where('s.heldReason', 'is', null)
    .where('s.payoutMinor', '>', 0n)
    .orderBy('s.payoutOn')
    .orderBy('c.code')
    .orderBy('s.billingPeriod')
    .execute();
}

/**
 * Locks companies in the order of their keys until the transaction ends: their accounts and settlements are not changed meanwhile.
 * A settlement is locked behind its company.
 */
export async function lockPayees(tx: InTransaction<Deps>, companyIds: readonly number[]): Promise<void> {
  if (companyIds.length === 0) return;
  await sqlOf(tx.em)
    .selectFrom('company')
    .select('id')
    .where('id', 'in', [...new Set(companyIds)])
    .orderBy('id')
    .forUpdate()
    .execute();
}

/** The current account of each company, by its id; none for a company without one. */
export async function findCurrentAccounts(
  deps: Deps,
  companyIds: readonly number[],
): Promise<Map<number, BankAccount>> {
  if (companyIds.length === 0) return new Map();
  const rows = await sqlOf(emOf(deps))
    .selectFrom('bank_account')
    .selectAll()
    .where('companyId', 'in', [...new Set(companyIds)])
    .orderBy('version')
    .execute();
  return new Map(rows.map((row) => [row.companyId, row]));
}

/** What was sent to a company last, by its id: whether the bank knows its account, and what came back. */
export type LastSent = Pick<PayoutRow, 'id' | 'accountVersion' | 'state' | 'returnedReason'>;

export async function findLastSent(
  deps: Deps,
  companyIds: readonly number[],
): Promise<Map<number, LastSent>> {
  if (companyIds.length === 0) return new Map();
  const rows = await sqlOf(emOf(deps))
    .selectFrom('payout')
    .select(['id', 'companyId', 'accountVersion', 'state', 'returnedReason'])
    .where('companyId', 'in', [...new Set(companyIds)])
    .where('state', 'in', ['sent', 'settled', 'returned'])
    .orderBy('id')
    .execute();
  return new Map(rows.map(({ companyId, ...row }) => [companyId!, row]));
}

/** The returned payout of each settlement that waits to be sent again, the last one. */
export async function findReturned(
  deps: Deps,
  settlementIds: readonly string[],
): Promise<Map<string, LastSent>> {
  if (settlementIds.length === 0) return new Map();
  const rows = await sqlOf(emOf(deps))
    .selectFrom('payout')
    .select(['id', 'settlementId', 'accountVersion', 'state', 'returnedReason'])
    .where('settlementId', 'in', [...settlementIds])
    .where('state', '=', 'returned')
    .orderBy('id')
    .execute();
  return new Map(rows.map(({ settlementId, ...row }) => [settlementId!, row]));
}
