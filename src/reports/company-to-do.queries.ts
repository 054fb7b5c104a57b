import type { Actor } from '../access/actor.ts';
import { can } from '../access/can.rules.ts';
import { actingCompany } from '../access/owned-by.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { addDays, businessDateOf, endOfBusinessDate } from '../shared/calendar.rules.ts';

/** What waits for people of a company. What an actor may not read is undefined. */
export interface CompanyToDo {
  /** Authorized charges that expire within two days if nobody captures them. */
  readonly expiring: number | undefined;
  /** Statements that were issued within two weeks, newest first. */
  readonly statements:
    | readonly { readonly number: string; readonly period: string; readonly payoutOn: string }[]
    | undefined;
  /** Payouts that the bank sent back, and for which no other is under way. */
  readonly returned:
    | readonly { readonly number: string; readonly period: string; readonly reason: string | null }[]
    | undefined;
}

const EXPIRING_DAYS = 2;
const NEW_DAYS = 14;

/** What waits for people of the actor's own company, of what the actor may read. @throws Problem `permission-denied` */
export async function findCompanyToDo(deps: Deps, actor: Actor): Promise<CompanyToDo> {
  const companyId = actingCompany(actor, 'company-desk:read');
  const readsFigures = can(actor, 'settlement-figures:read');
  return {
    expiring: can(actor, 'charges:read') ? await countExpiring(deps, companyId) : undefined,
    statements: readsFigures ? await listNewStatements(deps, companyId) : undefined,
    returned: readsFigures ? await listReturned(deps, companyId) : undefined,
  };
}

async function countExpiring(deps: Deps, companyId: number): Promise<number> {
  const now = deps.clock.now();
  const { count } = await sqlOf(emOf(deps))
    .selectFrom('charge')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('companyId', '=', companyId)
    .where('state', '=', 'authorized')
    .where('openUntil', '>', now)
    .where('openUntil', '<=', new Date(now.getTime() + EXPIRING_DAYS * 86_400_000))
    .executeTakeFirstOrThrow();
  return Number(count);
}

async function listNewStatements(deps: Deps, companyId: number) {
  const { timeZone } = deps.config;
  const since = addDays(businessDateOf(deps.clock.now(), timeZone), -NEW_DAYS);
  return await sqlOf(emOf(deps))
    .selectFrom('settlement as s')
    .innerJoin('statement_file as f', 'f.settlementId', 's.id')
    .select(['s.number', 's.billingPeriod as period', 's.payoutOn'])
    .where('s.companyId', '=', companyId)
    .where('f.createdAt', '>=', endOfBusinessDate(since, timeZone))
    .orderBy('s.billingPeriod', 'desc')
    .execute();
}

async function listReturned(deps: Deps, companyId: number) {
  return await sqlOf(emOf(deps))
    .selectFrom('settlement as s')
    .innerJoin('payout as p', 'p.settlementId', 's.id')
    .select(['s.number', 's.billingPeriod as period', 'p.returnedReason as reason'])
    .where('s.companyId', '=', companyId)
    .where('p.state', '=', 'returned')
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom('payout as other')
            .select('other.id')
            .whereRef('other.settlementId', '=', 's.id')
            .where('other.state', 'in', ['planned', 'sent', 'settled']),
        ),
      ),
    )
    .orderBy('p.id', 'desc')
    .limit(5)
    .execute();
}
