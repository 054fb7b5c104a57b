import type { Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import { Charge } from '../charges/charge.entity.ts';
import { findRefunded } from '../charges/refunded-charges.queries.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { clawedBackOf } from '../collections/clawed-back.queries.ts';
import type { CapturedCharge } from '../refunds/plan-refund.ts';
import { previewRefundPeriod } from '../refunds/preview-refund-period.ts';
import { exceededLimit, refunderOf, type ExceededLimit } from '../refunds/refund-limits.rules.ts';
import { getRefundTerms } from '../refunds/refund-terms.queries.ts';
import { determineRefund, leftToRefund, refundableThrough, type ComeBack } from '../refunds/refund.rules.ts';
import { businessDateOf, monthOf } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import { countWith, figuresOf, settleInTurn, type MonthFigures } from './company-effect.rules.ts';
import { findMonthAhead } from './unsettled-months.queries.ts';

export interface PreviewedRefund {
  readonly chargeId: string;
  readonly amountMinor?: bigint | undefined;
}

/** What a refund would do to the settlement of the company. */
export interface CompanyEffect {
  readonly before: MonthFigures;
  readonly after: MonthFigures;
  /** Months before it that are not settled: what they carry into it may still change. */
  readonly unsettledMonths: readonly string[];
}

/** What a refund would do. */
export interface RefundEffect {
  readonly charge: CapturedCharge;
  readonly amountMinor: bigint;
  /** Sum of the refunds before it, without what was clawed back. */
  readonly refundedMinor: bigint;
  /** What could still be refunded after it. */
  readonly leftMinor: bigint;
  readonly paidBy: 'invoice' | 'bank';
  /** The month of the settlement that deducts it. */
  readonly billingPeriod: string;
  /** Why it would take a second person; undefined if it would not. */
  readonly needsApproval: ExceededLimit | 'window' | undefined;
  /** The company's settlement of the month without it and with it; undefined without a tariff in force. */
  readonly company: CompanyEffect | undefined;
  /** The subscriber's next invoice, in whole; for the carrier's people, as it has other companies' purchases. */
  readonly invoice: { readonly beforeMinor: bigint; readonly afterMinor: bigint } | undefined;
}

/**
 * What `refundCharge` would do now, and the night to the company's month with it, both by their own rules. Writes and locks
 * nothing, so it may have changed by the time of the refund.
 * @throws Problem those of `refundCharge`; what would take an approval is part of the effect; `preview-too-slow`
 */
export function previewRefund(deps: Deps, actor: Actor, input: PreviewedRefund): Promise<RefundEffect> {
  const owned = ownedBy(actor, 'refunds:read');
  return inTransaction(
    deps,
    async (tx) => {
      const charge = await tx.em.findOne(Charge, { $and: [owned.rows, { id: input.chargeId }] });
      if (!charge) throw new Problem('charge-not-found');
      const { id } = charge;
      const before: ComeBack = {
        refundedMinor: (await findRefunded(tx, [id])).get(id) ?? 0n,
        clawedBackMinor: (await clawedBackOf(tx, [id])).get(id) ?? 0n,
      };
      const { companyId, businessDate: soldOn } = charge;
      if (soldOn == null) throw new Problem('not-captured', { facts: { state: charge.state } });
      const terms = await getRefundTerms(tx, { companyId, businessDate: soldOn });
      const amountMinor = determineRefund({ charge, before, terms, amountMinor: input.amountMinor });
      if (amountMinor instanceof Problem) throw amountMinor;
      const captured = charge as CapturedCharge;
      const today = businessDateOf(tx.clock.now(), tx.config.timeZone);
      const { lineId, holderFrom, billingPeriod: chargePeriod } = captured;
      const asked = { lineId, holderFrom, businessDate: today, chargePeriod };
      const period = await previewRefundPeriod(tx, asked);
      const billingPeriod = period?.period ?? monthOf(today);
      const booked = { charge: captured, before, amountMinor, billingPeriod, today };
      const isLate = today > refundableThrough(captured, terms);
      return {
        charge: captured,
        amountMinor,
        refundedMinor: before.refundedMinor,
        leftMinor: leftToRefund(charge, before) - amountMinor,
        paidBy: period ? 'invoice' : 'bank',
        billingPeriod,
        needsApproval: isLate ? 'window' : await previewLimits(tx, actor, booked),
        company: await companyEffect(tx, { ...booked, isInvoiced: period !== undefined }),
        invoice: actor.kind === 'staff' && period ? await invoiceEffect(tx, booked) : undefined,
      };
    },
    { isolation: 'repeatable read' },
  );
}

interface Booked {
  readonly charge: CapturedCharge;
  readonly before: ComeBack;
  readonly amountMinor: bigint;
  readonly billingPeriod: string;
  readonly today: string;
}

async function previewLimits(
  tx: InTransaction<Deps>,
  actor: Actor,
  { charge, before, amountMinor, today }: Booked,
): Promise<ExceededLimit | undefined> {
  const [line, refunder] = [`line:${charge.lineId}`, refunderOf(actor)];
  const rows = await sqlOf(tx.em)
    .selectFrom('refunded_day')
    .select(['subject', 'refundedMinor'])
    .where('subject', 'in', [line, refunder])
    .where('businessDate', '=', today)
    .execute();
  const sumOf = (subject: string) =>
    amountMinor + (rows.find((row) => row.subject === subject)?.refundedMinor ?? 0n);
  const sums = {
    chargeMinor: before.refundedMinor + amountMinor,
    lineDayMinor: sumOf(line),
    refunderDayMinor: sumOf(refunder),
  };
  return exceededLimit(tx.config.refundLimits, sums, actor.kind !== 'staff');
}

async function companyEffect(
  tx: InTransaction<Deps>,
  { charge, before, amountMinor, billingPeriod, isInvoiced }: Booked & { readonly isInvoiced: boolean },
): Promise<CompanyEffect | undefined> {
  const { id: chargeId, companyId, lineId, capturedMinor } = charge;
  const asked = { companyId, period: billingPeriod, chargeId, lineId, amountMinor };
  const ahead = await findMonthAhead(tx, asked);
  const { terms, sums } = ahead.month;
  if (!terms) return undefined;
  const isOwn = isInvoiced && billingPeriod === charge.billingPeriod;
  // Earlier refunds of it are of the same month: that month has not ended yet.
  const endsItem = isOwn && before.refundedMinor + amountMinor === capturedMinor;
  const after = countWith(sums, { amountMinor, endsItem, endsLine: ahead.counted.othersOfLine === 0 });
  const { taxRates, currency } = tx.config;
  const settling = { companyId, taxRates, currency };
  const taken = settleInTurn(settling, ahead.earlier, ahead.before);
  const takenAfter = settleInTurn(settling, ahead.after.earlier, ahead.before);
  return {
    before: figuresOf(settling, { ...ahead.month, terms }, taken),
    after: figuresOf(settling, { ...ahead.after.month, terms, sums: after }, takenAfter),
    unsettledMonths: ahead.earlier.map(({ period }) => period),
  };
}

/** What the tenure's invoice of the period comes to: what it has spent, less refunds of earlier months. */
async function invoiceEffect(
  tx: InTransaction<Deps>,
  { charge: { lineId, holderFrom }, amountMinor, billingPeriod }: Booked,
): Promise<RefundEffect['invoice']> {
  const spent = await sqlOf(tx.em)
    .selectFrom('line_period')
    .select('spentMinor')
    .where('lineId', '=', lineId)
    .where('holderFrom', '=', holderFrom)
    .where('period', '=', billingPeriod)
    .executeTakeFirst();
  const earlier = await sqlOf(tx.em)
    .selectFrom('refund')
    .select(({ fn }) => fn.sum<number | string | null>('amountMinor').as('minor'))
    .where('lineId', '=', lineId)
    .where('holderFrom', '=', holderFrom)
    .where('billingPeriod', '=', billingPeriod)
    .where('kind', '=', 'invoice')
    .where('chargePeriod', '<>', billingPeriod)
    .executeTakeFirst();
  const beforeMinor = (spent?.spentMinor ?? 0n) - BigInt(earlier?.minor ?? 0);
  return { beforeMinor, afterMinor: beforeMinor - amountMinor };
}
