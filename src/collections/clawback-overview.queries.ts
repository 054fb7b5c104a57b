import { sql } from 'kysely';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { DownloadedFile } from '../shared/downloaded-file.ts';
import { streamCsv } from '../shared/csv-stream.ts';
import { Problem } from '../shared/problem.ts';
import { publicId } from '../shared/public-id.rules.ts';
import {
  listClawbackCharges,
  listClawbackLines,
  streamClawbackCharges,
  type ClawbackCharge,
  type ClawbackLine,
} from './settlement-clawbacks.queries.ts';

/** What a company has clawed back and recovered: in one settlement, or waiting for its next one. */
export interface ClawbackSum {
  readonly company: string;
  readonly clawbackMinor: bigint;
  readonly recoveryMinor: bigint;
}

export interface SettledClawback extends ClawbackSum {
  readonly number: string;
  readonly billingPeriod: string;
  readonly state: 'draft' | 'rejected' | 'approved' | 'paid';
}

/** What waits for a settlement, by company code. @throws Problem `permission-denied` */
export async function listWaitingClawbacks(deps: Deps, actor: Actor): Promise<ClawbackSum[]> {
  authorize(actor, 'collections:read');
  const { rows } = await sql<{ company: string; clawback: string; recovery: string }>`
    SELECT c.code AS company, CAST(SUM(IF(k.kind = 'clawback', k.amount_minor, 0)) AS CHAR) AS clawback,
      CAST(SUM(IF(k.kind = 'recovery', k.amount_minor, 0)) AS CHAR) AS recovery
    FROM clawback k JOIN company c ON c.id = k.company_id WHERE k.settlement_id IS NULL
    GROUP BY c.code ORDER BY c.code`.execute(sqlOf(emOf(deps)));
  return rows.map(({ company, clawback, recovery }) => ({
    company,
    clawbackMinor: BigInt(clawback),
    recoveryMinor: BigInt(recovery),
  }));
}

export interface SettledClawbackFilter {
  readonly company?: string | undefined;
  /** Only settlements with a lower number: the next page. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Settlements that have taken clawbacks or recoveries over, the newest first. @throws Problem `permission-denied` */
export async function listSettledClawbacks(
  deps: Deps,
  actor: Actor,
  { company, before, limit }: SettledClawbackFilter,
): Promise<SettledClawback[]> {
  authorize(actor, 'collections:read');
  return await sqlOf(emOf(deps))
    .selectFrom('settlement as s')
    .innerJoin('company as c', 'c.id', 's.companyId')
    .select(['c.code as company', 's.number', 's.billingPeriod', 's.state'])
    .select(['s.clawbackMinor', 's.recoveryMinor'])
    .where('s.state', '!=', 'rejected')
    .where(({ eb, or }) => or([eb('s.clawbackMinor', '>', 0n), eb('s.recoveryMinor', '>', 0n)]))
    .$if(company !== undefined, (query) => query.where('c.code', '=', company!))
    .$if(before !== undefined, (query) => query.where('s.number', '<', before!))
    .orderBy('s.number', 'desc')
    .limit(limit)
    .execute();
}

/** The charges behind a settlement's clawbacks, a page of them, with the sums of each original period. */
export interface SettlementClawbacks {
  readonly number: string;
  readonly lines: readonly ClawbackLine[];
  readonly charges: readonly ClawbackCharge[];
}

export type ClawbackAfter = Pick<ClawbackCharge, 'billingPeriod' | 'chargeId' | 'position'>;

/** @throws Problem `permission-denied`, `settlement-not-found` */
export async function getSettlementClawbacks(
  deps: Deps,
  actor: Actor,
  { number, after, limit }: { number: string; after?: ClawbackAfter | undefined; limit: number },
): Promise<SettlementClawbacks> {
  authorize(actor, 'collections:read');
  const settlementId = await findSettlement(deps, number);
  const lines = await listClawbackLines(deps, settlementId);
  return { number, lines, charges: await listClawbackCharges(deps, { settlementId, after, limit }) };
}

/** All of them as CSV, page by page. @throws Problem `permission-denied`, `settlement-not-found` */
export async function exportSettlementClawbacks(
  deps: Deps,
  actor: Actor,
  { number }: { readonly number: string },
): Promise<DownloadedFile> {
  authorize(actor, 'collections:read');
  const settlementId = await findSettlement(deps, number);
  const head = [
    'billing_period',
    'charge',
    'reference',
    'service',
    'description',
    'kind',
    'amount',
    'booked_on',
  ];
  const body = streamCsv({
    head,
    rows: cellsOf(streamClawbackCharges(deps, settlementId)),
    last: (count) => ['end', count],
  });
  return { filename: `clawbacks-${number}.csv`, type: 'text/csv; charset=utf-8', body };
}

async function* cellsOf(charges: AsyncIterable<ClawbackCharge>) {
  for await (const {
    billingPeriod,
    chargeId,
    reference,
    service,
    description,
    kind,
    amountMinor,
    bookedOn,
  } of charges)
    yield [
      billingPeriod,
      publicId('charge', chargeId),
      reference ?? '',
      service,
      description,
      kind,
      amountMinor,
      bookedOn,
    ];
}

async function findSettlement(deps: Deps, number: string): Promise<string> {
  const settlement = await sqlOf(emOf(deps))
    .selectFrom('settlement')
    .select('id')
    .where('number', '=', number)
    .executeTakeFirst();
  if (settlement === undefined) throw new Problem('settlement-not-found');
  return settlement.id;
}
