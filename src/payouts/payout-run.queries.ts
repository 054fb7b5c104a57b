import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import type { PayoutRun } from './payout-run.entity.ts';
import type { PayoutRow } from './payout.entity.ts';
import { livePayoutStates, type PayoutRunState, type PayoutState } from './payout.rules.ts';

/** A payout with what it is of. */
export interface PayoutLine extends PayoutRow {
  /** The company's code; null for a former holder. */
  readonly company: string | null;
  /** Number of the settlement, or identifier of the refund. */
  readonly reference: string;
  /** Of the settlement or the refund. */
  readonly billingPeriod: string | null;
  /** The returned payout that this one repeats: number of its run and line in it, when and why it came back, and its account. */
  readonly replacedNumber: string | null;
  readonly replacedLine: number | null;
  readonly replacedOn: string | null;
  readonly replacedReason: string | null;
  readonly replacedVersion: number | null;
}

export interface PayoutRunWithLines {
  readonly run: PayoutRun;
  readonly lines: readonly PayoutLine[];
}

const LISTED = 500;

/** A run with its payouts, by line. @throws Problem `payout-run-not-found`, `permission-denied` */
export async function getPayoutRun(deps: Deps, actor: Actor, number: string): Promise<PayoutRunWithLines> {
  authorize(actor, 'payouts:read');
  return readPayoutRun(deps, number);
}

/** The same for checks. @throws Problem `payout-run-not-found` */
export async function readPayoutRun(deps: Deps, number: string): Promise<PayoutRunWithLines> {
  const run = await sqlOf(emOf(deps))
    .selectFrom('payout_run')
    .selectAll()
    .where('number', '=', number)
    .executeTakeFirst();
  if (!run) throw runNotFound(number);
  return { run, lines: await listLines(deps, run.id) };
}

/** The same, locked until the transaction ends. @throws Problem `payout-run-not-found` */
export async function lockPayoutRun(tx: InTransaction<Deps>, number: string): Promise<PayoutRunWithLines> {
  const run = await sqlOf(tx.em)
    .selectFrom('payout_run')
    .selectAll()
    .where('number', '=', number)
    .forUpdate()
    .executeTakeFirst();
  if (!run) throw runNotFound(number);
  const payouts = sqlOf(tx.em).selectFrom('payout').select('id').where('runId', '=', run.id);
  await payouts.orderBy('lineNumber').forUpdate().execute();
  return { run, lines: await listLines(tx, run.id) };
}

export interface PayoutRunFilter {
  readonly state?: PayoutRunState | undefined;
  /** Only runs with a lower number: the next page. */
  readonly before?: string | undefined;
  readonly limit?: number | undefined;
}

/** Runs by the day of their transfers, the newest first; at most 500. @throws Problem `permission-denied` */
export async function listPayoutRuns(
  deps: Deps,
  actor: Actor,
  { state, before, limit = LISTED }: PayoutRunFilter = {},
): Promise<PayoutRun[]> {
  authorize(actor, 'payouts:read');
  return await sqlOf(emOf(deps))
    .selectFrom('payout_run')
    .selectAll()
    .$if(state !== undefined, (query) => query.where('state', '=', state!))
    .$if(before !== undefined, (query) => query.where('number', '<', before!))
    .orderBy('number', 'desc')
    .limit(limit)
    .execute();
}

/** How many runs there are in each state. @throws Problem `permission-denied` */
export async function countPayoutRuns(
  deps: Deps,
  actor: Actor,
): Promise<ReadonlyMap<PayoutRunState, number>> {
  authorize(actor, 'payouts:read');
  const rows = await sqlOf(emOf(deps))
    .selectFrom('payout_run')
    .select('state')
    .select(({ fn }) => fn.countAll<string | number>().as('count'))
    .groupBy('state')
    .execute();
  return new Map(rows.map(({ state, count }) => [state, Number(count)]));
}

/** A payout with the number of its run. */
export interface ListedPayout extends PayoutLine {
  readonly number: string;
}

interface PayoutFilter {
  readonly state?: PayoutState | undefined;
  readonly companyCode?: string | undefined;
}

/** Payouts, the newest first, at most 500. @throws Problem `permission-denied` */
export async function listPayouts(
  deps: Deps,
  actor: Actor,
  filter: PayoutFilter = {},
): Promise<ListedPayout[]> {
  authorize(actor, 'payouts:read');
  const { state, companyCode } = filter;
  return await lines(deps)
    .innerJoin('payout_run as r', 'r.id', 'p.runId')
    .select('r.number')
    .$if(state !== undefined, (query) => query.where('p.state', '=', state!))
    .$if(companyCode !== undefined, (query) => query.where('c.code', '=', companyCode!))
    .orderBy('p.id', 'desc')
    .limit(LISTED)
    .execute();
}

/** Returned payouts in whose place none is planned or sent: they wait for another account. @throws Problem `permission-denied` */
export async function listReturnedPayouts(deps: Deps, actor: Actor): Promise<ListedPayout[]> {
  authorize(actor, 'payouts:read');
  return await lines(deps)
    .innerJoin('payout_run as r', 'r.id', 'p.runId')
    .select('r.number')
    .where('p.state', '=', 'returned')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('payout as n')
            .select('n.id')
            .whereRef('n.replacesId', '=', 'p.id')
            .where('n.state', 'in', [...livePayoutStates, 'returned']),
        ),
      ),
    )
    .orderBy('p.id', 'desc')
    .limit(LISTED)
    .execute();
}

/** One payout by its identifier. */
export function getLine(deps: Deps, id: string): Promise<PayoutLine> {
  return lines(deps).where('p.id', '=', id).executeTakeFirstOrThrow();
}

function listLines(deps: Deps, runId: string): Promise<PayoutLine[]> {
  return lines(deps).where('p.runId', '=', runId).orderBy('p.lineNumber').execute();
}

function lines(deps: Deps) {
  return sqlOf(emOf(deps))
    .selectFrom('payout as p')
    .leftJoin('company as c', 'c.id', 'p.companyId')
    .leftJoin('settlement as s', 's.id', 'p.settlementId')
    .leftJoin('refund as f', 'f.id', 'p.refundId')
    .leftJoin('payout as o', 'o.id', 'p.replacesId')
    .leftJoin('payout_run as u', 'u.id', 'o.runId')
    .selectAll('p')
    .select(['c.code as company', 'u.number as replacedNumber', 'o.lineNumber as replacedLine'])
    .select(['o.resultOn as replacedOn', 'o.returnedReason as replacedReason'])
    .select('o.accountVersion as replacedVersion')
    .select(({ fn }) => [
      fn.coalesce('s.number', 'f.id').$castTo<string>().as('reference'),
      fn.coalesce('s.billingPeriod', 'f.billingPeriod').as('billingPeriod'),
    ]);
}

function runNotFound(number: string): Problem {
  return new Problem('payout-run-not-found', { detail: `There is no payout run ${number}.` });
}
