import type { Insertable, Selectable } from 'kysely';
import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { joinAsWriter } from '../billing-periods/period-write-barrier.ts';
import { chargeRefundedEvent } from '../charges/charge-event.rules.ts';
import { insertRows } from '../database/rows.ts';
import type { Tables } from '../database/sql.ts';
import { runPipeline } from '../database/statement-pipeline.ts';
import { nothingToWrite } from '../database/statement.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { prepareEvents } from '../events/append-events.ts';
import { preparePosting } from '../ledger/post-entries.ts';
import { giveBackSpending } from '../limits/line-spending.ts';
import { monthOf } from '../shared/calendar.rules.ts';
import { announceRefund } from './announce-refund.ts';
import { lowerLoss } from './lower-loss.ts';
import type { RefundPlan } from './plan-refund.ts';
import { refundEntry } from './refund-entries.rules.ts';
import type { RefundInput } from './refund-input.rules.ts';

export type RefundRow = Selectable<Tables['refund']>;

/** Who gives back, why, and by which approval if it took one. */
export interface RefundAct extends Omit<RefundInput, 'chargeId' | 'amountMinor'> {
  readonly actor: Actor;
  readonly approvalId: string | null;
}

/**
 * Books a refund that is decided and allowed: its row, what the tenure has spent again if it is of the charge's own invoice,
 * the ledger, what the carrier bears of it, the event, the audit row and the mail, all in the transaction that has locked what it depends on.
 */
export async function bookRefund(
  tx: InTransaction<Deps>,
  plan: RefundPlan,
  act: RefundAct,
): Promise<RefundRow> {
  const { charge, period, before } = plan;
  const refund = rowOf(tx, plan, act);
  const isOwn = period?.period === charge.billingPeriod && period.closingGroup === charge.closingGroup;
  const { id, lineId, holderFrom, amountMinor } = refund;
  const isCompany = act.actor.kind === 'company-key' || act.actor.kind === 'company-user';
  const event = chargeRefundedEvent(charge, {
    refundId: id,
    refundMinor: amountMinor,
    refundedMinor: before.refundedMinor + amountMinor,
    reason: refund.reason,
    // The carrier's own reference is not for companies.
    refundReference: isCompany ? refund.reference : null,
    refundedBy: isCompany ? 'company' : 'carrier',
    paidBy: refund.kind,
  });
  await runPipeline(tx.em, [
    joinAsWriter(period ? [period] : []),
    insertRows('refund', [refund as Insertable<Tables['refund']>]),
    refund.kind === 'bank'
      ? insertRows('bank_refund', [{ refundId: id, state: 'waiting', amountMinor } as never])
      : nothingToWrite,
    isOwn
      ? giveBackSpending({ lineId, holderFrom, period: charge.billingPeriod, amountMinor })
      : nothingToWrite,
    await preparePosting(tx, [refundEntry(refund)]),
    prepareEvents(tx, [event]),
  ]);
  if (!isOwn)
    await lowerLoss(tx, { chargeId: charge.id, companyId: refund.companyId, bookedOn: refund.businessDate });
  await recordAudit(tx, {
    actor: actorName(act.actor),
    action: 'refund.create',
    subject: `charge:${charge.id}`,
    facts: {
      refund: id,
      amountMinor: String(amountMinor),
      reason: refund.reason,
      paidBy: refund.kind,
      ...(act.approvalId !== null && { approval: act.approvalId }),
    },
  });
  await announceRefund(tx, { charge, refund });
  return refund;
}

function rowOf(tx: InTransaction<Deps>, plan: RefundPlan, act: RefundAct): RefundRow {
  const { charge, before, amountMinor, businessDate, period } = plan;
  const { companyId, serviceId, lineId, holderFrom, taxCode, taxRateBps } = charge;
  return {
    id: tx.ids.next(),
    chargeId: charge.id,
    companyId,
    serviceId,
    lineId,
    holderFrom,
    chargePeriod: charge.billingPeriod,
    chargeGroup: charge.closingGroup,
    amountMinor,
    refundedBeforeMinor: before.refundedMinor,
    taxCode,
    taxRateBps,
    kind: period ? 'invoice' : 'bank',
    businessDate,
    billingPeriod: period?.period ?? monthOf(businessDate),
    closingGroup: period?.closingGroup ?? null,
    reason: act.reason,
    note: act.note ?? null,
    reference: act.reference ?? null,
    approvalId: act.approvalId,
    createdBy: actorName(act.actor),
    createdAt: tx.clock.now(),
  };
}
