import type { Actor } from '../access/actor.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { authorizeSubscriber } from '../safeguards/safeguard-scope.ts';
import { valueOn } from '../safeguards/safeguard.rules.ts';
import { listTenureRows } from '../safeguards/tenure-safeguards.queries.ts';
import { businessDateOf } from '../shared/business-date.rules.ts';
import { Problem } from '../shared/problem.ts';
import { determineLimits, type MonthlyLimit } from './limit.rules.ts';

/** The monthly limit of an actor's line that is in force today, and what sets it: what a purchase is measured by. */
export async function getLineLimit(deps: Deps, actor: Actor): Promise<MonthlyLimit> {
  const { lineId, holderFrom } = authorizeSubscriber(actor, 'limits:read');
  const row = await sqlOf(emOf(deps))
    .selectFrom('line as l')
    .innerJoin('line_holder as h', 'h.lineId', 'l.lineId')
    .select(['l.monthlyLimitMinor', 'h.birthDate'])
    .where('l.lineId', '=', lineId)
    .where('h.validFrom', '=', holderFrom)
    .executeTakeFirst();
  if (!row) throw new Problem('line-not-found');
  const businessDate = businessDateOf(deps.clock.now(), deps.config.timeZone);
  const subject = { kind: 'monthly-limit', subscriberId: null, companyId: null, serviceId: null } as const;
  const own = valueOn(await listTenureRows(deps, { lineId, holderFrom }), subject, businessDate).limitMinor;
  const support = row.monthlyLimitMinor;
  return determineLimits({
    carrierDefaultMinor: deps.config.lineMonthlyLimitMinor,
    businessDate,
    birthDate: row.birthDate,
    lineLimitMinor: support === null || (own !== null && own < support) ? own : support,
  }).tenure;
}
