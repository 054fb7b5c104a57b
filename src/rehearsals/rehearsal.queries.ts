import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf, periodsClosingOn } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';

/** Rehearsals that a list shows. */
const LISTED = 50;
/** Companies on a page of an outcome. */
export const COMPANIES_PER_PAGE = 100;

const columns = [
  'id',
  'scope',
  'billingPeriod',
  'businessDate',
  'state',
  'startedBy',
  'createdAt',
  'expected',
  'done',
  'readAt',
  'finishedAt',
  'error',
] as const;

/** The newest rehearsals. @throws Problem `permission-denied` */
export async function listRehearsals(deps: Deps, actor: Actor) {
  authorize(actor, 'runs:read');
  return await sqlOf(emOf(deps))
    .selectFrom('rehearsal')
    .select(columns)
    .orderBy('id', 'desc')
    .limit(LISTED)
    .execute();
}

export type ListedRehearsal = Awaited<ReturnType<typeof listRehearsals>>[number];

/** Months to choose from. */
const MONTHS = 6;

/** What can be rehearsed: the newest months, and the closing group that closes tonight. @throws Problem `permission-denied` */
export async function listRehearsable(deps: Deps, actor: Actor) {
  authorize(actor, 'runs:read');
  const rows = await sqlOf(emOf(deps))
    .selectFrom('billing_period')
    .select('period')
    .distinct()
    .orderBy('period', 'desc')
    .limit(MONTHS)
    .execute();
  const periods = rows.map(({ period }) => period);
  const today = businessDateOf(deps.clock.now(), deps.config.timeZone);
  const tonight = periodsClosingOn(today).find(({ period }) => periods.includes(period));
  return { periods, tonight };
}

/** What a page of companies continues after: those with more outliers come first. */
export interface AfterCompany {
  readonly outlierCount: number;
  readonly companyId: number;
}

export interface GetRehearsal {
  readonly id: string;
  readonly after?: AfterCompany | undefined;
}

/**
 * A rehearsal with its outcome: closing groups, sums, and companies, what is out of the ordinary first, a page at a time.
 * @throws Problem `rehearsal-not-found`
 */
export async function getRehearsal(deps: Deps, actor: Actor, { id, after }: GetRehearsal) {
  authorize(actor, 'runs:read');
  const db = sqlOf(emOf(deps));
  const rehearsal = await db.selectFrom('rehearsal').select(columns).where('id', '=', id).executeTakeFirst();
  if (!rehearsal) throw new Problem('rehearsal-not-found');
  const groups = await db.selectFrom('rehearsal_group').selectAll().where('rehearsalId', '=', id).execute();
  const outlying = await db
    .selectFrom('rehearsal_company_group as g')
    .innerJoin('company as c', 'c.id', 'g.companyId')
    .select([
      'g.companyId',
      'c.code',
      'c.name',
      'c.nameEn',
      'g.closingGroup',
      'g.totalMinor',
      'g.beforeMinor',
    ])
    .where('g.rehearsalId', '=', id)
    .where('g.isOutlier', '=', true)
    .orderBy('g.companyId')
    .limit(COMPANIES_PER_PAGE)
    .execute();
  const settlements = await db
    .selectFrom('rehearsal_settlement as s')
    .innerJoin('company as c', 'c.id', 's.companyId')
    .selectAll('s')
    .select(['c.code', 'c.name', 'c.nameEn'])
    .where('s.rehearsalId', '=', id)
    .$if(after !== undefined, (query) =>
      query.where(({ eb, or, and }) =>
        or([
          eb('s.outlierCount', '<', after!.outlierCount),
          and([eb('s.outlierCount', '=', after!.outlierCount), eb('s.companyId', '>', after!.companyId)]),
        ]),
      ),
    )
    .orderBy('s.outlierCount', 'desc')
    .orderBy('s.companyId')
    .limit(COMPANIES_PER_PAGE + 1)
    .execute();
  const shown = settlements.slice(0, COMPANIES_PER_PAGE);
  const last = shown.at(-1);
  const next: AfterCompany | undefined =
    settlements.length > shown.length && last
      ? { outlierCount: last.outlierCount, companyId: last.companyId }
      : undefined;
  return { ...rehearsal, groups, outlying, settlements: shown, next, counts: await countCompanies(deps, id) };
}

export type RehearsalOutcome = Awaited<ReturnType<typeof getRehearsal>>;

async function countCompanies(deps: Deps, rehearsalId: string) {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('rehearsal_settlement')
    .select(({ fn }) => ['outcome', fn.countAll<string | number>().as('count')])
    .where('rehearsalId', '=', rehearsalId)
    .groupBy('outcome')
    .execute();
  const outlying = await sqlOf(emOf(deps))
    .selectFrom('rehearsal_settlement')
    .select(({ fn }) => fn.countAll<string | number>().as('count'))
    .where('rehearsalId', '=', rehearsalId)
    .where('outlierCount', '>', 0)
    .executeTakeFirstOrThrow();
  return {
    byOutcome: new Map(rows.map(({ outcome, count }) => [outcome, Number(count)])),
    outlying: Number(outlying.count),
  };
}
