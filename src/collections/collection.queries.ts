import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import type { CollectionState } from './collection-state.rules.ts';

/** Which invoices to list: those with a result, in the order of their numbers. */
export interface CollectionFilter {
  readonly state?: CollectionState | undefined;
  readonly period?: string | undefined;
  /** Only invoices with a higher number: the next page. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Invoices and how far they are collected. @throws Problem `permission-denied` */
export async function listCollections(deps: Deps, actor: Actor, filter: CollectionFilter) {
  authorize(actor, 'collections:read');
  const { state, period, after, limit } = filter;
  return await sqlOf(emOf(deps))
    .selectFrom('invoice_collection')
    .selectAll()
    .$if(state !== undefined, (query) => query.where('state', '=', state!))
    .$if(period !== undefined, (query) => query.where('billingPeriod', '=', period!))
    .$if(after !== undefined, (query) => query.where('invoiceNumber', '>', after!))
    .orderBy('invoiceNumber')
    .limit(limit)
    .execute();
}

/** An invoice without a result is `billed`. */
const BILLED = { state: 'billed', collectedMinor: 0n, uncollectedMinor: 0n, changedOn: null } as const;

/**
 * One numbered invoice: how far it is collected, every result and answer as it came, and what it costs companies.
 * @throws Problem `invoice-not-found`
 */
export async function getCollection(deps: Deps, actor: Actor, invoiceNumber: string) {
  authorize(actor, 'collections:read');
  const db = sqlOf(emOf(deps));
  const invoice = await db
    .selectFrom('line_invoice')
    .select(['number', 'billingPeriod', 'closingGroup', 'lineId', 'totalMinor'])
    .where('number', '=', invoiceNumber)
    .executeTakeFirst();
  if (!invoice) throw new Problem('invoice-not-found');
  const standing = await db
    .selectFrom('invoice_collection')
    .select(['state', 'collectedMinor', 'uncollectedMinor', 'changedOn'])
    .where('invoiceNumber', '=', invoiceNumber)
    .executeTakeFirst();
  const results = await db
    .selectFrom('collection_result as r')
    .innerJoin('collection_import as f', 'f.id', 'r.importId')
    .select([
      'r.resultDate',
      'r.sequence',
      'r.result',
      'r.collectedMinor',
      'r.resultCode',
      'r.bookedOn',
      'f.fileName',
    ])
    .where('r.invoiceNumber', '=', invoiceNumber)
    .orderBy('r.resultDate')
    .orderBy('r.sequence')
    .execute();
  const answers = await db
    .selectFrom('invoice_answer')
    .select(['answerDate', 'sequence', 'answer', 'reason', 'bookedOn'])
    .where('invoiceNumber', '=', invoiceNumber)
    .orderBy('answerDate')
    .orderBy('sequence')
    .execute();
  const companies = await db
    .selectFrom('company_collection as s')
    .innerJoin('company as c', 'c.id', 's.companyId')
    .select(['c.code as company', 's.legalModel', 's.uncollectedMinor', 's.lostMinor', 's.recoveredMinor'])
    .where('s.invoiceNumber', '=', invoiceNumber)
    .orderBy('c.code')
    .execute();
  return { ...invoice, ...(standing ?? BILLED), results, answers, companies };
}
