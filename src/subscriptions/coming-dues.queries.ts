import { sql } from 'kysely';
import type { Actor } from '../access/actor.ts';
import { actingCompany } from '../access/owned-by.ts';
import { isTooSlow } from '../database/database-error.rules.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

/** Subscriptions of a company for which a night next has something to do on a date: a charge, or a month that is free or had. */
export interface ComingDue {
  readonly dueOn: string;
  readonly count: number;
  /** Of their months, if all of them are charged. */
  readonly amountMinor: bigint;
}

const MAX_SECONDS = 2;
const MAX_DATES = 31;

/**
 * The next dates of the subscriptions of the actor's own company, the first 31; undefined when they are too many to add up in a
 * request. @throws Problem `permission-denied`
 */
export async function listComingDues(deps: Deps, actor: Actor): Promise<ComingDue[] | undefined> {
  const companyId = actingCompany(actor, 'subscriptions:read');
  try {
    const { rows } = await sql<{ dueOn: string; count: number | string; minor: number | string }>`
      SET STATEMENT max_statement_time = ${sql.lit(MAX_SECONDS)} FOR
      SELECT next_due_on AS dueOn, COUNT(*) AS count, SUM(amount_minor) AS minor
      FROM subscription FORCE INDEX (subscription_of_state)
      WHERE company_id = ${companyId} AND state IN ('active', 'leaving') AND next_due_on IS NOT NULL
      GROUP BY next_due_on ORDER BY next_due_on LIMIT ${sql.lit(MAX_DATES)}`.execute(sqlOf(emOf(deps)));
    return rows.map(({ dueOn, count, minor }) => ({
      dueOn,
      count: Number(count),
      amountMinor: BigInt(minor),
    }));
  } catch (error) {
    if (isTooSlow(error)) return undefined;
    throw error;
  }
}
