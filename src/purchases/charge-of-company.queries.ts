import type { Actor } from '../access/actor.ts';
import { actingCompany } from '../access/owned-by.ts';
import { effectiveEnding } from '../charges/effective-state.rules.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';

/**
 * Everything that a company learns of one of its charges: what was sold, that it was confirmed and how the person proved to be the
 * person, what was given back, and the settlement that it stands on. Never the line, the issued ID, or whose they are.
 * @throws Problem `permission-denied`, `charge-not-found`
 */
export async function getChargeOfCompany(deps: Deps, actor: Actor, chargeId: string) {
  const companyId = actingCompany(actor, 'charges:read');
  const sql = sqlOf(emOf(deps));
  const row = await sql
    .selectFrom('charge as c')
    .innerJoin('service as s', 's.id', 'c.serviceId')
    .select(['c.id', 'c.kind', 'c.state', 'c.amountMinor', 'c.capturedMinor', 'c.taxCode', 'c.taxRateBps'])
    .select(['c.description', 'c.reference', 'c.automaticCapture', 'c.consentId', 'c.subscriptionId'])
    .select(['c.subscriptionMonth', 'c.createdAt', 'c.openUntil', 'c.authorizedAt', 'c.authorizedUntil'])
    .select(['c.capturedAt', 'c.businessDate', 'c.billingPeriod', 'c.late', 'c.endedAt', 'c.endedBy'])
    .select(['s.name as service', 's.nameEn as serviceEn', 's.code as serviceCode'])
    .where('c.companyId', '=', companyId)
    .where('c.id', '=', chargeId)
    .executeTakeFirst();
  if (!row) throw new Problem('charge-not-found');
  const confirmation = await sql
    .selectFrom('confirmation')
    .select(['subjectKind', 'confirmedAt', 'provenBy', 'lineProvenAt'])
    .where('subjectId', '=', row.subscriptionId ?? row.consentId ?? chargeId)
    .executeTakeFirst();
  const refunds = await sql
    .selectFrom('refund')
    .select(['id', 'amountMinor', 'kind', 'businessDate', 'billingPeriod', 'reason', 'note', 'reference'])
    .select(['createdBy', 'createdAt'])
    .where('chargeId', '=', chargeId)
    .orderBy('id')
    .execute();
  const clawbacks = await sql
    .selectFrom('clawback')
    .select(['kind', 'amountMinor', 'bookedOn', 'billingPeriod'])
    .where('chargeId', '=', chargeId)
    .orderBy('bookedOn')
    .execute();
  return {
    ...row,
    ...effectiveEnding(row, deps.clock.now()),
    confirmation,
    refunds,
    clawbacks,
    settlement:
      row.billingPeriod === null ? undefined : await findSettlement(deps, companyId, row.billingPeriod),
  };
}

export type ChargeOfCompany = Awaited<ReturnType<typeof getChargeOfCompany>>;

/** The approved settlement of the month; what is drafted may still change. */
async function findSettlement(deps: Deps, companyId: number, period: string) {
  return await sqlOf(emOf(deps))
    .selectFrom('settlement')
    .select(['number', 'billingPeriod'])
    .where('companyId', '=', companyId)
    .where('billingPeriod', '=', period)
    .where('state', 'in', ['approved', 'paid'])
    .executeTakeFirst();
}
