import type { Deps } from '../deps.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import { appendEvents } from '../events/append-events.ts';

/**
 * Expires one chunk of checkouts, of one kind or of all, with the consents, subscriptions and payment requests that waited for them.
 * Returns how many.
 */
export async function expireCheckouts(
  tx: InTransaction<Deps>,
  limit: number,
  kind?: 'request',
): Promise<number> {
  const now = tx.clock.now();
  const open = sqlOf(tx.em)
    .selectFrom('checkout')
    .select(['subjectId', 'kind'])
    .where('state', '=', 'open')
    .where('expiresAt', '<=', now);
  const due = await (kind === undefined ? open : open.where('kind', '=', kind))
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
  if (due.length === 0) return 0;
  const idsOf = (of: string) => ['', ...due.filter((row) => row.kind === of).map((row) => row.subjectId)];
  await expireConsents(tx, idsOf('consent'));
  await expireSubscriptions(tx, idsOf('subscription'));
  await expireRequests(tx, idsOf('request'));
  await sqlOf(tx.em)
    .updateTable('checkout')
    .set({ state: 'expired', decidedAt: now })
    .where(
      'subjectId',
      'in',
      due.map((row) => row.subjectId),
    )
    .execute();
  return due.length;
}

async function expireConsents(tx: InTransaction<Deps>, ids: readonly string[]): Promise<void> {
  const now = tx.clock.now();
  const sql = sqlOf(tx.em);
  const pending = await sql
    .selectFrom('consent')
    .select(['id', 'companyId', 'serviceId', 'perChargeMaxMinor', 'openUntil'])
    .where('state', '=', 'pending')
    .where('id', 'in', ids)
    .forUpdate()
    .execute();
  await sql
    .updateTable('consent')
    .set(({ fn, val }) => ({
      state: 'expired',
      endedAt: fn.coalesce('openUntil', val(now)),
      openUntil: null,
    }))
    .where('state', '=', 'pending')
    .where('id', 'in', ids)
    .execute();
  await appendEvents(
    tx,
    pending.map(({ id, companyId, openUntil, ...snapshot }) => ({
      type: 'consent.expired',
      subject: id,
      companyId,
      snapshot,
      occurredAt: openUntil ?? now,
    })),
  );
}

async function expireSubscriptions(tx: InTransaction<Deps>, ids: readonly string[]): Promise<void> {
  const sql = sqlOf(tx.em);
  const pending = await sql
    .selectFrom('subscription')
    .select(['id', 'companyId', 'serviceId', 'itemCode', 'amountMinor', 'taxCode', 'reference', 'openUntil'])
    .where('state', '=', 'pending')
    .where('id', 'in', ids)
    .forUpdate()
    .execute();
  await sql
    .updateTable('subscription')
    .set({ state: 'expired', openUntil: null })
    .where('state', '=', 'pending')
    .where('id', 'in', ids)
    .execute();
  await appendEvents(
    tx,
    pending.map(({ id, companyId, openUntil, ...snapshot }) => ({
      type: 'subscription.expired',
      subject: id,
      companyId,
      snapshot,
      occurredAt: openUntil ?? tx.clock.now(),
    })),
  );
}

async function expireRequests(tx: InTransaction<Deps>, ids: readonly string[]): Promise<void> {
  const sql = sqlOf(tx.em);
  const now = tx.clock.now();
  const pending = await sql
    .selectFrom('payment_request')
    .select(['id', 'companyId', 'serviceId', 'amountMinor', 'taxCode', 'reference', 'openUntil'])
    .where('state', '=', 'pending')
    .where('id', 'in', ids)
    .forUpdate()
    .execute();
  await sql
    .updateTable('payment_request')
    .set(({ fn, val }) => ({
      state: 'expired',
      endedAt: fn.coalesce('openUntil', val(now)),
      openUntil: null,
    }))
    .where('state', '=', 'pending')
    .where('id', 'in', ids)
    .execute();
  await appendEvents(
    tx,
    pending.map(({ id, companyId, openUntil, ...snapshot }) => ({
      type: 'payment-request.expired',
      subject: id,
      companyId,
      snapshot: { ...snapshot, charge: null },
      occurredAt: openUntil ?? now,
    })),
  );
}
