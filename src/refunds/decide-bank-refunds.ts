import { sql } from 'kysely';
import { actorName, jobActor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { bookShares } from '../collections/book-shares.ts';
import { findCutoffs } from '../collections/collection-cutoff.queries.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { postEntries } from '../ledger/post-entries.ts';
import type { JobWork } from '../runs/run-handle.ts';
import { decideWaiting, type BankRefundDecision } from './bank-refund-decision.rules.ts';
import { parkCollectedLater } from './park-collected-later.ts';
import { readRefundedCharges, type RefundedCharge } from './refunded-charges.queries.ts';

/** Refunds in one transaction, unless the run sets another number. */
const REFUNDS_PER_CHUNK = 200;

/**
 * Decides the refunds by bank that waited for the collection of what they give back: as much as was collected is payable, the
 * rest is cancelled against the debt. An amount that is not collected may still come: it is cancelled
 * `COLLECTION_WAIT_DAYS` after the invoice was due. Interrupted and run again, it does what is left; nothing is decided twice.
 * What is collected after that is parked.
 */
export const decideBankRefunds: JobWork = async (deps, run) => {
  const limit = run.chunkSize ?? REFUNDS_PER_CHUNK;
  for (let after = ''; ;) {
    const refundIds = await listWithResult(deps, after, limit);
    const last = refundIds.at(-1);
    if (last === undefined) break;
    run.announce(refundIds.length);
    await run.inChunk(async (tx) => {
      const done = await decide(tx, refundIds, { job: run.job, decidedOn: run.businessDate });
      return { done, skipped: refundIds.length - done };
    });
    after = last;
  }
  await parkCollectedLater(deps, run, limit);
  return {};
};

/** Waiting refunds whose charge is on an invoice with a result, in the order of their ids: a charge's own in their turn. */
async function listWithResult(deps: Deps, after: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ refundId: string }>`
    SELECT b.refund_id AS refundId FROM bank_refund b
    JOIN refund r ON r.id = b.refund_id
    JOIN invoice_item i ON i.charge_id = r.charge_id AND i.refund_id = ''
    JOIN line_invoice l ON l.billing_period = i.billing_period AND l.closing_group = i.closing_group AND l.line_id = i.line_id
      AND l.holder_from = i.holder_from
    JOIN invoice_collection c ON c.invoice_number = l.number
    WHERE b.state = 'waiting' AND b.refund_id > ${after} AND c.state IN ('collected', 'partial', 'uncollected')
    ORDER BY b.refund_id LIMIT ${limit}`.execute(sqlOf(emOf(deps)));
  return rows.map(({ refundId }) => refundId);
}

interface Deciding {
  readonly job: string;
  readonly decidedOn: string;
}

/** Decides refunds that still wait; returns how many. */
async function decide(
  tx: InTransaction<Deps>,
  refundIds: readonly string[],
  { job, decidedOn }: Deciding,
): Promise<number> {
  const db = sqlOf(tx.em);
  const waiting = await db
    .selectFrom('bank_refund')
    .select('refundId')
    .where('refundId', 'in', refundIds)
    .where('state', '=', 'waiting')
    .orderBy('refundId')
    .forUpdate()
    .execute();
  const ids = new Set(waiting.map(({ refundId }) => refundId));
  const charges = await readRefundedCharges(tx, { refundIds: [...ids], today: decidedOn, lock: true });
  const decisions = charges.flatMap(({ invoice, ...charge }) =>
    decideWaiting(charge)
      .filter(({ refundId }) => ids.has(refundId))
      .map((decision) => ({ ...decision, invoice })),
  );
  for (const decision of decisions) await store(tx, decision, { job, decidedOn });
  const cancelled = decisions.filter(({ cancelledMinor }) => cancelledMinor > 0n);
  await postEntries(
    tx,
    cancelled.map(({ refundId, cancelledMinor, invoice }) => ({
      businessDate: decidedOn,
      journalId: refundId,
      kind: 'refund-cancelled',
      debit: 'refund-payable',
      credit: 'uncollected-receivable',
      amountMinor: cancelledMinor,
      billingPeriod: invoice.billingPeriod,
    })),
  );
  await bookLess(
    tx,
    cancelled.map(({ invoice }) => invoice),
    decidedOn,
  );
  return decisions.length;
}

/**
 * What is cancelled is no longer a debt, so the carrier bears less of an assigned claim; a company with recourse was never
 * clawed back more than what was left of the charge.
 */
async function bookLess(
  tx: InTransaction<Deps>,
  cancelled: readonly RefundedCharge['invoice'][],
  bookedOn: string,
): Promise<void> {
  const byNumber = new Map(cancelled.map((invoice) => [invoice.number, invoice]));
  const cutoffs = await findCutoffs(tx, [...new Set(cancelled.map(({ billingPeriod }) => billingPeriod))]);
  const invoices = [...byNumber.values()].map((invoice) => ({
    ...invoice,
    cutFor: cutoffs.get(invoice.billingPeriod) ?? new Set<number>(),
  }));
  await bookShares(tx, { invoices, bookedOn });
}

async function store(
  tx: InTransaction<Deps>,
  { refundId, payableMinor, cancelledMinor }: BankRefundDecision,
  { job, decidedOn }: Deciding,
): Promise<void> {
  const state = payableMinor > 0n ? 'payable' : 'cancelled';
  await sqlOf(tx.em)
    .updateTable('bank_refund')
    .set({ state, payableMinor, cancelledMinor, decidedOn })
    .where('refundId', '=', refundId)
    .execute();
  await recordAudit(tx, {
    actor: actorName(jobActor(job)),
    action: 'refund.decide',
    subject: `refund:${refundId}`,
    facts: { payableMinor: String(payableMinor), cancelledMinor: String(cancelledMinor) },
  });
}
