import { sql } from 'kysely';
import { allocateUncollected } from '../collections/allocation.rules.ts';
import type { StandingInvoice } from '../collections/determine-shares.ts';
import { readInvoiceItems, type ChargeItem } from '../collections/invoice-items.queries.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { addDays } from '../shared/calendar-date.rules.ts';
import type { CollectedCharge, RefundInTurn } from './bank-refund-decision.rules.ts';

/** A charge with refunds, and how far its invoice is collected. */
export interface RefundedCharge extends CollectedCharge {
  readonly invoice: Omit<StandingInvoice, 'cutFor'>;
}

interface ReadRefundedCharges {
  readonly refundIds: readonly string[];
  readonly today: string;
  /** Locks how far the invoices are collected, in the order of their numbers, as an import does. */
  readonly lock: boolean;
}

/**
 * The charges of refunds: what was collected of each, and all its refunds in their turn. Not those whose invoice has no result,
 * or is tried again.
 */
export async function readRefundedCharges(
  tx: InTransaction<Deps>,
  { refundIds, today, lock }: ReadRefundedCharges,
): Promise<RefundedCharge[]> {
  const invoiced = await readInvoiced(tx, refundIds);
  const standings = await readStandings(
    tx,
    invoiced.map(({ number }) => number),
    lock,
  );
  const items = await readInvoiceItems(tx, [...standings.keys()]);
  const refunds = await readRefunds(
    tx,
    invoiced.filter(({ number }) => standings.has(number)).map(({ chargeId }) => chargeId),
  );
  return invoiced.flatMap(({ chargeId, number, dueOn }) => {
    const standing = standings.get(number);
    if (!standing) return [];
    const { state, ...invoice } = standing;
    return [
      {
        invoice,
        collectedMinor: collectedOf(chargeId, invoice.uncollectedMinor, items.get(number) ?? []),
        isFinal: state === 'collected' || today >= addDays(dueOn, tx.config.collectionWaitDays),
        refunds: refunds.get(chargeId) ?? [],
      },
    ];
  });
}

interface InvoicedCharge {
  readonly chargeId: string;
  readonly number: string;
  readonly dueOn: string;
}

/** The invoices of the charges of refunds; they never change. */
async function readInvoiced(
  tx: InTransaction<Deps>,
  refundIds: readonly string[],
): Promise<readonly InvoicedCharge[]> {
  if (refundIds.length === 0) return [];
  const { rows } = await sql<InvoicedCharge>`
    SELECT DISTINCT i.charge_id AS chargeId, l.number, p.due_on AS dueOn FROM refund r
    JOIN invoice_item i ON i.charge_id = r.charge_id AND i.refund_id = ''
    JOIN line_invoice l ON l.billing_period = i.billing_period AND l.closing_group = i.closing_group AND l.line_id = i.line_id
      AND l.holder_from = i.holder_from
    JOIN billing_period p ON p.period = l.billing_period AND p.closing_group = l.closing_group
    WHERE r.id IN (${sql.join(refundIds)}) AND l.number IS NOT NULL`.execute(sqlOf(tx.em));
  return rows;
}

/** How far invoices with a result are collected, by number. An import may have changed it since the refunds were listed. */
async function readStandings(tx: InTransaction<Deps>, numbers: readonly string[], lock: boolean) {
  if (numbers.length === 0) return new Map<string, never>();
  const rows = await sqlOf(tx.em)
    .selectFrom('invoice_collection')
    .select(['invoiceNumber', 'billingPeriod', 'state', 'totalMinor', 'collectedMinor', 'uncollectedMinor'])
    .where('invoiceNumber', 'in', [...new Set(numbers)])
    .where('state', 'in', ['collected', 'partial', 'uncollected'])
    .orderBy('invoiceNumber')
    .$if(lock, (query) => query.forUpdate())
    .execute();
  return new Map(rows.map(({ invoiceNumber: number, ...row }) => [number, { number, ...row }]));
}

/** What is left of a charge on its invoice, less its share of what is uncollected. */
function collectedOf(chargeId: string, uncollectedMinor: bigint, items: readonly ChargeItem[]): bigint {
  const invoicedMinor = items.reduce(
    (sum, item) => (item.chargeId === chargeId ? sum + item.amountMinor : sum),
    0n,
  );
  const shares = allocateUncollected(uncollectedMinor, items);
  const share = shares.find(({ charges }) => charges.has(chargeId))?.charges.get(chargeId) ?? 0n;
  return invoicedMinor - share;
}

async function readRefunds(
  tx: InTransaction<Deps>,
  chargeIds: readonly string[],
): Promise<ReadonlyMap<string, readonly RefundInTurn[]>> {
  if (chargeIds.length === 0) return new Map();
  const rows = await sqlOf(tx.em)
    .selectFrom('refund as r')
    .leftJoin('bank_refund as b', 'b.refundId', 'r.id')
    .select([
      'r.id as refundId',
      'r.chargeId',
      'r.kind',
      'r.amountMinor',
      'b.state',
      'b.payableMinor',
      'b.lateMinor',
    ])
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
    rows.map(({ kind, isOwn, state, payableMinor, lateMinor, ...row }) => ({
      ...row,
      paidBy: kind === 'bank' ? kind : isOwn ? ('own-invoice' as const) : ('other-invoice' as const),
      payableMinor:
        state === 'waiting' || payableMinor === null ? undefined : payableMinor + (lateMinor ?? 0n),
    })),
    ({ chargeId }) => chargeId,
  );
}
