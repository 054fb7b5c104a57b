import { sqlOf } from '../../src/database/sql.ts';
import { runStatement } from '../../src/database/statement-pipeline.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import type { Deps } from '../../src/deps.ts';
import { ensureBillingPeriods } from '../../src/billing-periods/ensure-billing-period.ts';
import { joinAsWriter } from '../../src/billing-periods/period-write-barrier.ts';
import { postEntries } from '../../src/ledger/post-entries.ts';

/** A refund as it is stored; what is not given is that of the charge. */
export interface NewRefund {
  readonly chargeId: string;
  readonly amountMinor: bigint;
  readonly businessDate: string;
  /** Of the invoice; the charge's own by default. */
  readonly period?: string;
  readonly kind?: 'invoice' | 'bank';
}

/** Writes refunds with their ledger entries, as a refund leaves them: each after the earlier ones of its charge. Returns their ids. */
export function recordRefunds(deps: Deps, refunds: readonly NewRefund[]): Promise<string[]> {
  return inTransaction(deps, async (tx) => {
    const ids: string[] = [];
    for (const { chargeId, amountMinor, businessDate, kind = 'invoice', ...over } of refunds) {
      const charge = await sqlOf(tx.em)
        .selectFrom('charge')
        .selectAll()
        .where('id', '=', chargeId)
        .executeTakeFirstOrThrow();
      const before = await sqlOf(tx.em)
        .selectFrom('refund')
        .select(({ fn }) => fn.sum('amountMinor').as('minor'))
        .where('chargeId', '=', chargeId)
        .executeTakeFirstOrThrow();
      const billingPeriod =
        kind === 'bank' ? businessDate.slice(0, 7) : (over.period ?? charge.billingPeriod!);
      if (kind === 'invoice') {
        const key = { period: billingPeriod, closingGroup: charge.closingGroup! };
        await ensureBillingPeriods(tx, [key]);
        await runStatement(tx.em, joinAsWriter([key]));
      }
      const id = tx.ids.next();
      await sqlOf(tx.em)
        .insertInto('refund')
        .values({
          id,
          chargeId,
          companyId: charge.companyId,
          serviceId: charge.serviceId,
          lineId: charge.lineId!,
          holderFrom: charge.holderFrom!,
          chargePeriod: charge.billingPeriod!,
          chargeGroup: charge.closingGroup!,
          amountMinor,
          refundedBeforeMinor: BigInt(before.minor ?? 0),
          taxCode: charge.taxCode,
          taxRateBps: charge.taxRateBps!,
          kind,
          businessDate,
          billingPeriod,
          closingGroup: kind === 'bank' ? null : charge.closingGroup,
          reason: 'other',
          note: null,
          reference: null,
          approvalId: null,
          createdBy: 'spec',
          createdAt: tx.clock.now(),
        })
        .execute();
      await postEntries(tx, [
        {
          businessDate,
          journalId: id,
          kind: kind === 'bank' ? 'bank-refund' : 'refund',
          debit: { company: charge.companyId },
          credit: kind === 'bank' ? 'refund-payable' : 'subscriber-receivable',
          amountMinor,
          billingPeriod,
        },
      ]);
      if (kind === 'bank')
        await sqlOf(tx.em)
          .insertInto('bank_refund')
          .values({ refundId: id, state: 'waiting', amountMinor, payableMinor: 0n, cancelledMinor: 0n })
          .execute();
      ids.push(id);
    }
    return ids;
  });
}
