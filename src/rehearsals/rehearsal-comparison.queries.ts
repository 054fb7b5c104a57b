import { sql } from 'kysely';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { compareRehearsed, type ChangedFigure } from './rehearsed-figures.rules.ts';
import { COMPANIES_PER_PAGE } from './rehearsal.queries.ts';

export interface CompareRehearsal {
  readonly id: string;
  /** Company identifier that the page continues after. */
  readonly after?: number | undefined;
}

/** A company of which something became other than it was rehearsed. */
export interface ChangedCompany {
  readonly companyId: number;
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  /** Of its real settlement. */
  readonly number: string | null;
  /** `missing`: rehearsed and not settled; `unexpected`: settled and not rehearsed. */
  readonly kind: 'changed' | 'missing' | 'unexpected';
  readonly figures: readonly ChangedFigure[];
}

/**
 * A kept rehearsal beside what became of it: each closing group beside its proof of close, and the companies whose settlement is
 * another one, with every figure that changed.
 * @throws Problem `rehearsal-not-found`
 */
export async function compareRehearsal(deps: Deps, actor: Actor, { id, after = 0 }: CompareRehearsal) {
  authorize(actor, 'runs:read');
  const rehearsal = await sqlOf(emOf(deps))
    .selectFrom('rehearsal')
    .select(['id', 'scope', 'billingPeriod', 'businessDate', 'state', 'readAt'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!rehearsal) throw new Problem('rehearsal-not-found');
  const groups = await compareGroups(deps, rehearsal);
  const rows = await listPairs(deps, rehearsal, after);
  const page = rows.slice(0, COMPANIES_PER_PAGE);
  return {
    ...rehearsal,
    groups,
    companies: page.flatMap(comparePair),
    sameCount: page.filter((row) => comparePair(row).length === 0).length,
    isSettled: page.some(({ number }) => number !== null),
    next: rows.length > page.length ? page.at(-1)!.companyId : undefined,
  };
}

export type RehearsalComparison = Awaited<ReturnType<typeof compareRehearsal>>;

interface Compared {
  readonly id: string;
  readonly billingPeriod: string;
}

/** Each group as it was rehearsed, and as it was closed; without the latter while it is open. */
async function compareGroups(deps: Deps, { id, billingPeriod }: Compared) {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('rehearsal_group as g')
    .innerJoin('billing_period as p', 'p.closingGroup', 'g.closingGroup')
    .selectAll('g')
    .select(['p.state', sql<number | null>`p.invoice_count`.as('realInvoices')])
    .select([
      sql<number | null>`p.item_count`.as('realItems'),
      sql<number | string | null>`p.total_minor`.as('realTotal'),
    ])
    .where('g.rehearsalId', '=', id)
    .where('p.period', '=', billingPeriod)
    .execute();
  return rows.map(({ realInvoices, realItems, realTotal, state, ...group }) => ({
    ...group,
    real:
      state === 'closed' && realTotal !== null
        ? { invoiceCount: Number(realInvoices), itemCount: Number(realItems), totalMinor: BigInt(realTotal) }
        : undefined,
  }));
}

/** Companies that were rehearsed or are settled, by their numbers, one more than a page. */
async function listPairs(deps: Deps, { id, billingPeriod }: Compared, after: number) {
  const settlement = sqlOf(emOf(deps))
    .selectFrom('settlement as s')
    .selectAll('s')
    .where('s.billingPeriod', '=', billingPeriod)
    .where('s.companyId', '>', after)
    .orderBy('s.companyId')
    .limit(COMPANIES_PER_PAGE + 1);
  const rehearsed = sqlOf(emOf(deps))
    .selectFrom('rehearsal_settlement as r')
    .selectAll('r')
    .where('r.rehearsalId', '=', id)
    .where('r.companyId', '>', after)
    .orderBy('r.companyId')
    .limit(COMPANIES_PER_PAGE + 1);
  const real = new Map((await settlement.execute()).map((row) => [row.companyId, row]));
  const kept = new Map((await rehearsed.execute()).map((row) => [row.companyId, row]));
  const ids = [...new Set([...real.keys(), ...kept.keys()])]
    .sort((a, b) => a - b)
    .slice(0, COMPANIES_PER_PAGE + 1);
  const names = await findNames(deps, ids);
  return ids.map((companyId) => ({
    companyId,
    ...names.get(companyId)!,
    number: real.get(companyId)?.number ?? null,
    real: real.get(companyId),
    rehearsed: kept.get(companyId),
  }));
}

type Pair = Awaited<ReturnType<typeof listPairs>>[number];

async function findNames(deps: Deps, companyIds: readonly number[]) {
  if (companyIds.length === 0) return new Map<number, { code: string; name: string; nameEn: string }>();
  const rows = await sqlOf(emOf(deps))
    .selectFrom('company')
    .select(['id', 'code', 'name', 'nameEn'])
    .where('id', 'in', companyIds)
    .execute();
  return new Map(rows.map(({ id, ...names }) => [id, names]));
}

function comparePair({ real, rehearsed, ...company }: Pair): ChangedCompany[] {
  if (!real) {
    // What was expected to wait or to be refused has no settlement, as it should.
    return rehearsed?.outcome === 'drafted' ? [{ ...company, kind: 'missing', figures: [] }] : [];
  }
  if (!rehearsed?.figures) return [{ ...company, kind: 'unexpected', figures: [] }];
  const figures = compareRehearsed(rehearsed.figures, real);
  return figures.length === 0 ? [] : [{ ...company, kind: 'changed', figures }];
}
