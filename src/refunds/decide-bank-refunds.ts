import { sql } from 'kysely';
import { actorName, jobActor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { allocateUncollected } from '../collections/allocation.rules.ts';
import { readInvoiceItems, type ChargeItem } from '../collections/invoice-items.queries.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { postEntries } from '../ledger/post-entries.ts';
import type { JobWork } from '../runs/run-handle.ts';
import { addDays } from '../shared/calendar-date.rules.ts';
import { decideWaiting, type BankRefundDecision, type RefundInTurn } from './bank-refund-decision.rules.ts';

/** Refunds in one transaction, unless the run sets another number. */
const REFUNDS_PER_CHUNK = 200;

/**
 * Decides the refunds by bank that waited for the collection of what they give back: as much as was collected is payable, the
 * rest is cancelled against the debt. An amount that is not collected may still come: it is cancelled
 * `COLLECTION_WAIT_DAYS` after the invoice was due. Interrupted and run again, it does what is left; nothing is decided twice.
 */
export const decideBankRefunds: JobWork = async (deps, run) => {
  const limit = run.chunkSize ?? REFUNDS_PER_CHUNK;
  for (let after = ''; ;) {
    const refundIds = await listWithResult(deps, after, limit);
    const last = refundIds.at(-1);
    if (last === undefined) return {};
    run.announce(refundIds.length);
    await run.inChunk(async (tx) => {
      const done = await decide(tx, refundIds, { job: run.job, decidedOn: run.businessDate });
      return { done, skipped: refundIds.length - done };
    });
    after = last;
  }
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
  const charges = await readCharges(tx, [...ids], decidedOn);
  const decisions = charges.flatMap(({ chargePeriod, ...charge }) =>
    decideWaiting(charge)
      .filter(({ refundId }) => ids.has(refundId))
      .map((decision) => ({ ...decision, chargePeriod })),
  );
  for (const decision of decisions) await store(tx, decision, { job, decidedOn });
  const cancelled = decisions.filter(({ cancelledMinor }) => cancelledMinor > 0n);
  await postEntries(
    tx,
    cancelled.map(({ refundId, cancelledMinor, chargePeriod }) => ({
      businessDate: decidedOn,
      journalId: refundId,
      kind: 'refund-cancelled',
      debit: 'refund-payable',
      credit: 'uncollected-receivable',
      amountMinor: cancelledMinor,
      billingPeriod: chargePeriod,
    })),
  );
  return decisions.length;
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

/** The charges of refunds: what was collected of each, and all its refunds in their turn. */
async function readCharges(tx: InTransaction<Deps>, refundIds: readonly string[], today: string) {
  if (refundIds.length === 0) return [];
  const { rows: invoiced } = await sql<InvoicedCharge>`
    SELECT DISTINCT i.charge_id AS chargeId, i.company_id AS companyId, l.number, l.billing_period AS chargePeriod, c.state,
      c.uncollected_minor AS uncollected, p.due_on AS dueOn
    FROM refund r
    JOIN invoice_item i ON i.charge_id = r.charge_id AND i.refund_id = ''
    JOIN line_invoice l ON l.billing_period = i.billing_period AND l.closing_group = i.closing_group AND l.line_id = i.line_id
      AND l.holder_from = i.holder_from
    JOIN billing_period p ON p.period = l.billing_period AND p.closing_group = l.closing_group
    JOIN invoice_collection c ON c.invoice_number = l.number
    WHERE r.id IN (${sql.join(refundIds)}) AND c.state IN ('collected', 'partial', 'uncollected')
    FOR UPDATE`.execute(sqlOf(tx.em));
  const items = await readInvoiceItems(tx, [...new Set(invoiced.map(({ number }) => number))]);
  const refunds = await readRefunds(
    tx,
    invoiced.map(({ chargeId }) => chargeId),
  );
  return invoiced.map((charge) => ({
    chargePeriod: charge.chargePeriod,
    collectedMinor: collectedOf(charge, items.get(charge.number) ?? []),
    isFinal: charge.state === 'collected' || today >= addDays(charge.dueOn, tx.config.collectionWaitDays),
    refunds: refunds.get(charge.chargeId) ?? [],
  }));
}

interface InvoicedCharge {
  readonly chargeId: string;
  readonly companyId: number;
  readonly number: string;
  readonly chargePeriod: string;
  readonly state: 'collected' | 'partial' | 'uncollected';
  readonly uncollected: number | string;
  readonly dueOn: string;
}

/** What is left of a charge on its invoice, less its share of what is uncollected. */
function collectedOf({ chargeId, uncollected }: InvoicedCharge, items: readonly ChargeItem[]): bigint {
  const invoicedMinor = items.reduce(
    (sum, item) => (item.chargeId === chargeId ? sum + item.amountMinor : sum),
    0n,
  );
  const shares = allocateUncollected(BigInt(uncollected), items);
  const share = shares.find(({ charges }) => charges.has(chargeId))?.charges.get(chargeId) ?? 0n;
  return invoicedMinor - share;
}

async function readRefunds(
  tx: InTransaction<Deps>,
  chargeIds: readonly string[],
): Promise<ReadonlyMap<string, readonly RefundInTurn[]>> {
  const rows = await sqlOf(tx.em)
    .selectFrom('refund as r')
    .leftJoin('bank_refund as b', 'b.refundId', 'r.id')
    .select(['r.id as refundId', 'r.chargeId', 'r.kind', 'r.amountMinor', 'b.state', 'b.payableMinor'])
    .select(({ eb, and, ref }) =>
      and([
        eb('r.billingPeriod', '=', ref('r.chargePeriod')),
        eb('r.closingGroup', '=', ref('r.chargeGroup')),
      ]).as('isOwn'),
    )
    .where('r.chargeId', 'in', chargeIds)
    .orderBy('r.chargeId')
    .orderBy('r.refundedBeforeMinor')
    .execute();
  return Map.groupBy(
    rows.map(({ kind, isOwn, state, payableMinor, ...row }) => ({
      ...row,
      paidBy: kind === 'bank' ? kind : isOwn ? ('own-invoice' as const) : ('other-invoice' as const),
      payableMinor: state === 'waiting' || payableMinor === null ? undefined : payableMinor,
    })),
    ({ chargeId }) => chargeId,
  );
}
