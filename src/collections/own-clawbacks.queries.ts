import type { Actor } from '../access/actor.ts';
import { actingCompany } from '../access/owned-by.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf, monthOf } from '../shared/calendar.rules.ts';
import { sumPendingClawbacks, type ClawbackSums } from './pending-clawbacks.queries.ts';

const MAX_MONTHS = 60;

/** What is clawed back from the actor's own company and recovered for it: what waits for its next settlement, and by settlement. */
export interface OwnClawbacks {
  readonly waiting: ClawbackSums;
  readonly settled: readonly {
    readonly number: string;
    readonly billingPeriod: string;
    readonly clawbackMinor: bigint;
    readonly recoveryMinor: bigint;
  }[];
}

/** Clawbacks and recoveries of the actor's own company, the newest settlement first. @throws Problem `permission-denied` */
export async function findOwnClawbacks(deps: Deps, actor: Actor): Promise<OwnClawbacks> {
  const companyId = actingCompany(actor, 'settlement-figures:read');
  const month = monthOf(businessDateOf(deps.clock.now(), deps.config.timeZone));
  const waiting = (await sumPendingClawbacks(deps, month, [companyId])).get(companyId);
  const settled = await sqlOf(emOf(deps))
    .selectFrom('settlement')
    .select(['number', 'billingPeriod', 'clawbackMinor', 'recoveryMinor'])
    .where('companyId', '=', companyId)
    .where('state', 'in', ['approved', 'paid'])
    .where(({ eb, or }) => or([eb('clawbackMinor', '>', 0n), eb('recoveryMinor', '>', 0n)]))
    .orderBy('billingPeriod', 'desc')
    .limit(MAX_MONTHS)
    .execute();
  return { waiting: waiting ?? { clawbackMinor: 0n, recoveryMinor: 0n }, settled };
}
