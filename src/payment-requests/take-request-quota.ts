import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { endOfBusinessDate } from '../shared/business-date.rules.ts';
import { Problem } from '../shared/problem.ts';

interface Quota {
  readonly companyId: number;
  readonly businessDate: string;
}

/**
 * Counts a request among those of the company's day and locks the count until the end of the transaction: of two requests at once
 * the second sees the first.
 * @throws Problem `payment-request-limit`
 */
export async function takeDayQuota(
  tx: InTransaction<Deps>,
  { companyId, businessDate }: Quota,
): Promise<void> {
  const sql = sqlOf(tx.em);
  await sql
    .insertInto('payment_request_day')
    .values({ companyId, businessDate, sent: 1 })
    .onDuplicateKeyUpdate(({ eb }) => ({ sent: eb('sent', '+', 1) }))
    .execute();
  const { sent } = await sql
    .selectFrom('payment_request_day')
    .select('sent')
    .where('companyId', '=', companyId)
    .where('businessDate', '=', businessDate)
    .executeTakeFirstOrThrow();
  if (sent <= tx.config.paymentRequests.perDay) return;
  const endsAt = endOfBusinessDate(businessDate, tx.config.timeZone);
  const waitMs = endsAt.getTime() - tx.clock.now().getTime();
  throw new Problem('payment-request-limit', {
    detail: 'The company has sent as many payment requests as it can on one day.',
    facts: { scope: 'company', retry_after_seconds: Math.ceil(waitMs / 1_000) },
  });
}

interface Addressed {
  readonly companyId: number;
  readonly toHash: string;
}

/**
 * Refuses another request to an addressee who has as many open ones of this company as anybody may have. Counted by what was typed,
 * so it says nothing of who is there. Takes the lock of `takeDayQuota`.
 * @throws Problem `payment-request-limit`
 */
export async function assertAddresseeQuota(
  tx: InTransaction<Deps>,
  { companyId, toHash }: Addressed,
): Promise<void> {
  const now = tx.clock.now();
  const { openPerAddressee } = tx.config.paymentRequests;
  const open = await sqlOf(tx.em)
    .selectFrom('payment_request')
    .select('openUntil')
    .where('companyId', '=', companyId)
    .where('toHash', '=', toHash)
    .where('state', '=', 'pending')
    .where('openUntil', '>', now)
    .orderBy('id', 'desc')
    .limit(openPerAddressee)
    .execute();
  if (open.length < openPerAddressee) return;
  const next = Math.min(...open.map(({ openUntil }) => openUntil?.getTime() ?? 0));
  throw new Problem('payment-request-limit', {
    detail: 'As many requests to this addressee are open as can be at once. Withdraw one, or wait.',
    facts: { scope: 'addressee', retry_after_seconds: Math.ceil((next - now.getTime()) / 1_000) },
  });
}
