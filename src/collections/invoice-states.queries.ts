import { sql } from 'kysely';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { ClosingGroup } from '../shared/calendar.rules.ts';
import type { CollectionState } from './collection-state.rules.ts';

/** A numbered invoice and how far it is collected, also one without a result. Amounts are minor units. */
export interface InvoiceState {
  readonly number: string;
  readonly billingPeriod: string;
  readonly closingGroup: ClosingGroup;
  readonly lineId: string;
  readonly totalMinor: bigint;
  readonly state: CollectionState;
  readonly collectedMinor: bigint;
  readonly uncollectedMinor: bigint;
  readonly changedOn: string | null;
}

export interface InvoiceStateFilter {
  readonly period?: string | undefined;
  readonly group?: ClosingGroup | undefined;
  readonly state?: CollectionState | undefined;
  /** Only invoices with a higher number: the next page. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Numbered invoices in the order of their numbers, which begin with the period. @throws Problem `permission-denied` */
export async function listInvoiceStates(
  deps: Deps,
  actor: Actor,
  { period, group, state, after = '', limit }: InvoiceStateFilter,
): Promise<readonly InvoiceState[]> {
  authorize(actor, 'collections:read');
  const ofPeriod = period === undefined ? sql`TRUE` : sql`l.billing_period = ${period}`;
  const ofGroup = group === undefined ? sql`TRUE` : sql`l.closing_group = ${group}`;
  const { rows } = await sql<
    Omit<InvoiceState, 'totalMinor' | 'collectedMinor' | 'uncollectedMinor'> & Figures
  >`SELECT l.number, l.billing_period AS billingPeriod, l.closing_group AS closingGroup, l.line_id AS lineId,
      CAST(l.total_minor AS CHAR) AS total, COALESCE(n.state, 'billed') AS state, n.changed_on AS changedOn,
      CAST(COALESCE(n.collected_minor, 0) AS CHAR) AS collected, CAST(COALESCE(n.uncollected_minor, 0) AS CHAR) AS uncollected
    FROM line_invoice l ${state === undefined || state === 'billed' ? sql`LEFT JOIN` : sql`JOIN`} invoice_collection n
      ON n.invoice_number = l.number
    WHERE l.number > ${after} AND ${ofPeriod} AND ${ofGroup}
      AND ${state === undefined ? sql`TRUE` : sql`COALESCE(n.state, 'billed') = ${state}`}
    ORDER BY l.number LIMIT ${limit}`.execute(sqlOf(emOf(deps)));
  return rows.map(({ total, collected, uncollected, ...row }) => ({
    ...row,
    totalMinor: BigInt(total),
    collectedMinor: BigInt(collected),
    uncollectedMinor: BigInt(uncollected),
  }));
}

interface Figures {
  readonly total: string;
  readonly collected: string;
  readonly uncollected: string;
}
