import { sql } from 'kysely';
import { actorName, type Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { SeenSettlements } from './seen-settlements.rules.ts';

/** A month of which proposals wait: all that wait, and how many of them the actor did not propose. */
export interface MonthToApprove extends SeenSettlements {
  readonly period: string;
  readonly ofOthers: number;
}

/** Months whose settlements wait for a second person, the oldest first. @throws Problem `permission-denied` */
export async function listMonthsToApprove(deps: Deps, actor: Actor): Promise<MonthToApprove[]> {
  authorize(actor, 'settlements:read');
  const { rows } = await sql<Record<keyof MonthToApprove, string | number>>`
    SELECT s.billing_period AS period, COUNT(*) AS count, SUM(s.payout_minor) AS payoutMinor,
      SUM(a.maker <> ${actorName(actor)}) AS ofOthers
    FROM approval a
    JOIN settlement s ON s.number = CONVERT(SUBSTRING(a.subject, ${'settlement:'.length + 1}) USING ascii)
    WHERE a.kind = 'settlement.approve' AND a.state = 'pending' AND a.expires_at > ${deps.clock.now()}
      AND s.state = 'draft'
    GROUP BY s.billing_period ORDER BY s.billing_period`.execute(sqlOf(emOf(deps)));
  return rows.map(({ period, count, payoutMinor, ofOthers }) => ({
    period: String(period),
    count: Number(count),
    payoutMinor: BigInt(payoutMinor),
    ofOthers: Number(ofOthers),
  }));
}
