import type { Actor } from '../access/actor.ts';
import { listPending, type ApprovalRow } from '../access/approvals/approval.queries.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { addMonths } from '../shared/calendar-date.rules.ts';
import type { TariffDefinition } from '../tariffs/tariff.rules.ts';
import { getSettlement, selectReviewed, type ReviewedSettlement } from './settlement.queries.ts';

/** What was billed or refunded of a service at a tax rate, over all closing groups. */
export interface ServiceLine {
  /** Charges; refunds on invoices; or refunds by bank. */
  readonly kind: 'charge' | 'refund' | 'bank';
  /** Of refunds: the billing period of their charges. */
  readonly originalPeriod: string;
  readonly taxCode: 'standard' | 'reduced';
  readonly taxRateBps: number;
  readonly totalMinor: bigint;
  readonly serviceId: number;
  readonly service: string;
  readonly name: string;
  readonly nameEn: string;
  readonly lineCount: number;
  readonly itemCount: number;
}

/** A settlement with what a reviewer compares it with. */
export interface SettlementDetails {
  readonly settlement: ReviewedSettlement;
  readonly name: string;
  readonly nameEn: string;
  readonly tariff: { readonly name: string; readonly nameEn: string; readonly definition: TariffDefinition };
  /** Of the same company, of the month before. */
  readonly before: ReviewedSettlement | undefined;
  readonly lines: readonly ServiceLine[];
  readonly pending: ApprovalRow | undefined;
  /** An earlier month of the company that has to be approved first. */
  readonly blockedBy: string | undefined;
}

/** A settlement by its number, for who reviews it. @throws Problem `permission-denied`, `settlement-not-found` */
export async function getSettlementDetails(
  deps: Deps,
  actor: Actor,
  number: string,
): Promise<SettlementDetails> {
  const settlement = await getSettlement(deps, actor, number);
  const { companyId, billingPeriod, tariffCode, tariffFrom } = settlement;
  const sql = sqlOf(emOf(deps));
  const party = await sql
    .selectFrom('company')
    .select(['name', 'nameEn'])
    .where('id', '=', companyId)
    .executeTakeFirstOrThrow();
  const tariff = await sql
    .selectFrom('tariff')
    .select(['name', 'nameEn', 'definition'])
    .where('code', '=', tariffCode)
    .where('validFrom', '=', tariffFrom)
    .executeTakeFirstOrThrow();
  const before = await selectReviewed(deps)
    .where('s.companyId', '=', companyId)
    .where('s.billingPeriod', '=', addMonths(billingPeriod, -1))
    .executeTakeFirst();
  const blocking = await sql
    .selectFrom('settlement')
    .select('billingPeriod')
    .where('companyId', '=', companyId)
    .where('billingPeriod', '<', billingPeriod)
    .where('state', 'in', ['draft', 'rejected'])
    .orderBy('billingPeriod')
    .limit(1)
    .executeTakeFirst();
  const [pending] = await listPending(deps, `settlement:${number}`);
  const lines = await listServiceLines(deps, settlement.id);
  return { settlement, ...party, tariff, before, lines, pending, blockedBy: blocking?.billingPeriod };
}

/** Charges first, then refunds by the period of their charges; a line has one closing group, so its groups' counts add up. */
export async function listServiceLines(deps: Deps, settlementId: string): Promise<ServiceLine[]> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('settlement_part as l')
    .innerJoin('service as v', 'v.id', 'l.serviceId')
    .select(['v.id as serviceId', 'v.code as service', 'v.name', 'v.nameEn'])
    .select(['l.taxCode', 'l.taxRateBps', 'l.kind', 'l.originalPeriod'])
    .select(({ fn }) => [
      fn.sum('l.lineCount').as('lines'),
      fn.sum('l.itemCount').as('items'),
      fn.sum('l.totalMinor').as('total'),
    ])
    .where('l.settlementId', '=', settlementId)
    .groupBy([
      'v.id',
      'v.code',
      'v.name',
      'v.nameEn',
      'l.taxCode',
      'l.taxRateBps',
      'l.kind',
      'l.originalPeriod',
    ])
    .orderBy('l.kind')
    .orderBy('v.code')
    .orderBy('l.taxRateBps', 'desc')
    .orderBy('l.originalPeriod')
    .execute();
  return rows.map(({ lines, items, total, ...row }) => ({
    ...row,
    lineCount: Number(lines),
    itemCount: Number(items),
    totalMinor: BigInt(total),
  }));
}
