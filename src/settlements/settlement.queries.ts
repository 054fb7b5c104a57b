import type { Deps } from '../deps.ts';
import { emOf } from '../database/transaction.ts';
import { sqlOf } from '../database/sql.ts';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { Problem } from '../shared/problem.ts';
import { calculateFee, type FeeBranch } from './fee.rules.ts';
import type { Settlement } from './settlement.entity.ts';

/** One settlement as lists and exports show it. */
export interface SettlementRow {
  readonly company: string;
  readonly billingPeriod: string;
  readonly billedMinor: bigint;
  readonly lineCount: number;
  readonly itemCount: number;
  /** Billed less refunds per line, two decimals, floored: `800.00`. */
  readonly average: string;
  readonly tariff: string;
  readonly feeBranch: FeeBranch;
  readonly feeExTaxMinor: bigint;
  readonly feeTaxMinor: bigint;
  readonly refundedMinor: bigint;
  readonly carriedInMinor: bigint;
  readonly carriedOutMinor: bigint;
  readonly payoutMinor: bigint;
  readonly payoutOn: string;
  readonly number: string;
  readonly state: 'draft' | 'rejected' | 'approved' | 'paid';
}

/** All settlements of a billing period, by company code. */
export async function listSettlements(deps: Deps, { period }: { period: string }): Promise<SettlementRow[]> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('settlement as s')
    .innerJoin('company as c', 'c.id', 's.companyId')
    .innerJoin('tariff as t', (join) =>
      join.onRef('t.code', '=', 's.tariffCode').onRef('t.validFrom', '=', 's.tariffFrom'),
    )
    .select(['c.code as company', 's.billingPeriod', 's.billedMinor', 's.lineCount'])
    .select(['s.itemCount', 's.tariffCode as tariff', 't.definition', 's.feeBranch', 's.feeExTaxMinor'])
    .select(['s.feeTaxMinor', 's.refundedMinor', 's.carriedInMinor', 's.carriedOutMinor', 's.payoutMinor'])
    .select(['s.payoutOn', 's.number', 's.state'])
    .where('s.billingPeriod', '=', period)
    .orderBy('c.code')
    .execute();
  return rows.map(({ definition, ...row }) => {
    const { billedMinor, refundedMinor, lineCount, itemCount } = row;
    const totalMinor = billedMinor - refundedMinor;
    return { ...row, average: calculateFee(definition, { totalMinor, lineCount, itemCount }).averageFloor2 };
  });
}

/** Settlements of a month, or some by their numbers. */
export interface SettlementChoice {
  readonly period?: string | undefined;
  readonly numbers?: readonly string[] | undefined;
}

export interface SettlementFilter {
  readonly period?: string | undefined;
  readonly companyCode?: string | undefined;
  readonly state?: Settlement['state'] | undefined;
}

/** One settlement as people review it. */
export type ReviewedSettlement = Omit<Settlement, 'setUpOf'> & { readonly company: string };

/** Settlements in every state, the newest month first, by company code; at most 500. @throws Problem `permission-denied` */
export async function findSettlements(
  deps: Deps,
  actor: Actor,
  { period, companyCode, state }: SettlementFilter,
): Promise<ReviewedSettlement[]> {
  authorize(actor, 'settlements:read');
  const rows = await selectReviewed(deps)
    .$if(period !== undefined, (query) => query.where('s.billingPeriod', '=', period!))
    .$if(companyCode !== undefined, (query) => query.where('c.code', '=', companyCode!))
    .$if(state !== undefined, (query) => query.where('s.state', '=', state!))
    .orderBy('s.billingPeriod', 'desc')
    .orderBy('c.code')
    .limit(500)
    .execute();
  return rows;
}

/** One settlement by its number. @throws Problem `permission-denied`, `settlement-not-found` */
export async function getSettlement(deps: Deps, actor: Actor, number: string): Promise<ReviewedSettlement> {
  authorize(actor, 'settlements:read');
  const row = await selectReviewed(deps).where('s.number', '=', number).executeTakeFirst();
  if (!row) throw new Problem('settlement-not-found', { detail: `There is no settlement ${number}.` });
  return row;
}

/** Settlements with the code of their company, for people who were allowed to read them. */
export function selectReviewed(deps: Deps) {
  return sqlOf(emOf(deps))
    .selectFrom('settlement as s')
    .innerJoin('company as c', 'c.id', 's.companyId')
    .selectAll('s')
    .select('c.code as company');
}

/**
 * The settlements of a choice in a state, in the order of months and numbers, each with its pending proposal.
 * @throws Problem `invalid-request` without a month or a number, `settlement-not-found` for a number without one
 */
export async function findReviewed(
  deps: Deps,
  { period, numbers }: SettlementChoice,
  state: Settlement['state'],
) {
  if (period === undefined && !numbers?.length) {
    throw new Problem('invalid-request', { detail: 'Name a month, or settlements by their numbers.' });
  }
  const rows = await sqlOf(emOf(deps))
    .selectFrom('settlement as s')
    .leftJoin('approval as a', (join) =>
      join
        .on('a.kind', '=', 'settlement.approve')
        .on('a.state', '=', 'pending')
        .on('a.expiresAt', '>', deps.clock.now())
        .on('a.subject', '=', ({ fn, ref, val }) =>
          fn<string>('CONCAT', [val('settlement:'), ref('s.number')]),
        ),
    )
    .select(['s.number', 's.revision', 's.state', 's.payoutMinor', 'a.id as approvalId'])
    .$if(period !== undefined, (query) => query.where('s.billingPeriod', '=', period!))
    .$if(numbers !== undefined, (query) => query.where('s.number', 'in', numbers!))
    .orderBy('s.billingPeriod')
    .orderBy('s.number')
    .execute();
  const lost = numbers?.find((number) => !rows.some((row) => row.number === number));
  if (lost !== undefined)
    throw new Problem('settlement-not-found', { detail: `There is no settlement ${lost}.` });
  const other = rows.find((row) => row.state !== state);
  if (numbers !== undefined && other) {
    throw new Problem('illegal-state', { detail: `${other.number} is ${other.state}, not ${state}.` });
  }
  return rows.filter((row) => row.state === state);
}
