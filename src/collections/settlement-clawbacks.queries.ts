import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

/** What a settlement has taken over of one original period, both from 0: a line of its statement. */
export interface ClawbackLine {
  readonly billingPeriod: string;
  readonly clawbackMinor: bigint;
  readonly recoveryMinor: bigint;
  /** How many charges are behind it. */
  readonly chargeCount: number;
}

const sumOf = (kind: 'clawback' | 'recovery') =>
  sql<string | number>`SUM(IF(kind = ${kind}, amount_minor, 0))`;

/** The lines of a settlement's clawbacks and recoveries, one for each original period. */
export async function listClawbackLines(deps: Deps, settlementId: string): Promise<readonly ClawbackLine[]> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('clawback')
    .select('billingPeriod')
    .select([sumOf('clawback').as('clawback'), sumOf('recovery').as('recovery')])
    .select(({ fn }) => fn.count<string | number>('chargeId').distinct().as('chargeCount'))
    .where('settlementId', '=', settlementId)
    .groupBy('billingPeriod')
    .orderBy('billingPeriod')
    .execute();
  return rows.map(({ billingPeriod, clawback, recovery, chargeCount }) => ({
    billingPeriod,
    clawbackMinor: BigInt(clawback),
    recoveryMinor: BigInt(recovery),
    chargeCount: Number(chargeCount),
  }));
}

/** One step of one charge in a settlement. */
export interface ClawbackCharge {
  readonly billingPeriod: string;
  readonly chargeId: string;
  /** The place of the step among those of its charge, from 1. */
  readonly position: number;
  readonly reference: string | null;
  readonly description: string;
  readonly service: string;
  readonly kind: 'clawback' | 'recovery';
  readonly amountMinor: bigint;
  readonly bookedOn: string;
}

/** One page of the list, after a row of it. */
export interface ClawbackPage {
  readonly settlementId: string;
  readonly after?: Pick<ClawbackCharge, 'billingPeriod' | 'chargeId' | 'position'> | undefined;
  readonly limit: number;
}

/** A page of the list behind a settlement's clawbacks, by original period and charge. It names no line and no holder. */
export async function listClawbackCharges(
  deps: Deps,
  { settlementId, after, limit }: ClawbackPage,
): Promise<readonly ClawbackCharge[]> {
  return await sqlOf(emOf(deps))
    .selectFrom('clawback as k')
    .innerJoin('charge as c', 'c.id', 'k.chargeId')
    .innerJoin('service as s', 's.id', 'c.serviceId')
    .select(['k.billingPeriod', 'k.chargeId', 'k.position', 'k.kind', 'k.amountMinor', 'k.bookedOn'])
    .select(['c.reference', 'c.description', 's.code as service'])
    .where('k.settlementId', '=', settlementId)
    .$if(after !== undefined, (query) =>
      query.where(({ eb, or, and }) => {
        const { billingPeriod, chargeId, position } = after!;
        const inPeriod = eb('k.billingPeriod', '=', billingPeriod);
        return or([
          eb('k.billingPeriod', '>', billingPeriod),
          and([inPeriod, eb('k.chargeId', '>', chargeId)]),
          and([inPeriod, eb('k.chargeId', '=', chargeId), eb('k.position', '>', position)]),
        ]);
      }),
    )
    .orderBy('k.billingPeriod')
    .orderBy('k.chargeId')
    .orderBy('k.position')
    .limit(limit)
    .execute();
}

const PAGE_ROWS = 1_000;

/** All of the list, page by page: a settlement may have taken over a million of them. */
export async function* streamClawbackCharges(
  deps: Deps,
  settlementId: string,
  pageRows = PAGE_ROWS,
): AsyncGenerator<ClawbackCharge> {
  for (let after: ClawbackCharge | undefined; ;) {
    const page = await listClawbackCharges(deps, { settlementId, after, limit: pageRows });
    yield* page;
    after = page.at(-1);
    if (page.length < pageRows) return;
  }
}
