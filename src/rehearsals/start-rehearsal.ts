import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf, periodsClosingOn } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';

export interface StartRehearsal {
  /** The groups that close tonight, or a month with all of its groups. */
  readonly scope: 'night' | 'month';
  /** Of the scope `month`: `YYYY-MM`. */
  readonly period?: string | undefined;
}

/**
 * Has a close and its settlements rehearsed, by the job of that name. Returns the identifier of the rehearsal; nothing else is
 * written.
 * @throws Problem `rehearsal-under-way` while another one waits or runs; `nothing-to-rehearse` when no group closes tonight, or
 * the month has no billing period yet
 */
export async function startRehearsal(
  deps: Deps,
  actor: Actor,
  { scope, period: named }: StartRehearsal,
): Promise<{ readonly id: string }> {
  authorize(actor, 'rehearsals:start');
  const businessDate = businessDateOf(deps.clock.now(), deps.config.timeZone);
  return await inTransaction(deps, async (tx) => {
    const period = scope === 'month' ? named : periodsClosingOn(businessDate)[0]?.period;
    if (period === undefined || !(await isKnown(tx, period))) throw new Problem('nothing-to-rehearse');
    const id = tx.ids.next();
    const startedBy = actorName(actor);
    await sqlOf(tx.em)
      .insertInto('rehearsal')
      .values({
        id,
        scope,
        billingPeriod: period,
        businessDate,
        state: 'waiting',
        startedBy,
        createdAt: tx.clock.now(),
        leaseOwner: null,
        leaseUntil: null,
        readAt: null,
        finishedAt: null,
        error: null,
      } as never)
      .execute();
    const facts = { scope, period };
    await recordAudit(tx, { actor: startedBy, action: 'rehearsal.start', subject: `rehearsal:${id}`, facts });
    return { id };
  });
}

async function isKnown(tx: InTransaction<Deps>, period: string): Promise<boolean> {
  const row = await sqlOf(tx.em)
    .selectFrom('billing_period')
    .select('period')
    .where('period', '=', period)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
