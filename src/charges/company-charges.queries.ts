import { sql, type RawBuilder } from 'kysely';
import { encodeTime } from 'ulid';
import type { Actor } from '../access/actor.ts';
import { actingCompany } from '../access/owned-by.ts';
import { isTooSlow } from '../database/database-error.rules.ts';
import { rawInstant } from '../database/raw-instant.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { addDays, endOfBusinessDate } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import type { Charge } from './charge.entity.ts';
import type { ChargeState } from './charge.rules.ts';
import { MAX_CHARGE_DAYS, type ChargesOfCompany } from './company-charges.rules.ts';

/** A charge as its company lists it; never the line or the issued ID. */
export interface ListedCharge {
  readonly id: string;
  readonly kind: Charge['kind'];
  /** As it is now. */
  readonly state: ChargeState;
  readonly description: string;
  readonly reference: string | null;
  readonly service: string;
  readonly serviceEn: string;
  readonly serviceCode: string;
  readonly amountMinor: bigint;
  readonly capturedMinor: bigint | null;
  readonly refundedMinor: bigint;
  readonly createdAt: Date;
  readonly capturedAt: Date | null;
  readonly businessDate: string | null;
  readonly billingPeriod: string | null;
  readonly endedAt: Date | null;
  readonly endedBy: string | null;
}

export interface ChargePage {
  readonly limit: number;
  /** The last identifier of the page before. */
  readonly after?: string | undefined;
}

/** A reading for a page that takes longer is ended by the server; one of a day for a file. */
const PAGE_SECONDS = 3;
const FILE_SECONDS = 60;
const CHUNK = 1_000;

/**
 * Charges of the actor's own company, newest first, by a range of the company's keys; undefined where a few of very many match and
 * they are not found in the time of a request.
 * @throws Problem `permission-denied`, `invalid-request` for too many days
 */
export async function findChargesOfCompany(
  deps: Deps,
  actor: Actor,
  wanted: ChargesOfCompany,
  { limit, after }: ChargePage,
): Promise<ListedCharge[] | undefined> {
  const companyId = actingCompany(actor, 'charges:read');
  const where = sql`${conditionsOf(deps, companyId, wanted)} ${afterKey(after)}`;
  const read = { hint: ofCompany, where, limit, seconds: PAGE_SECONDS };
  return await unlessTooSlow(readListed(deps, read));
}

/** Charges of the actor's own company by their own number or a reference, newest first, of any time. @throws Problem `permission-denied` */
export async function findChargesByName(
  deps: Deps,
  actor: Actor,
  name: { readonly chargeId?: string | undefined; readonly reference: string },
  { limit, after }: ChargePage,
): Promise<ListedCharge[]> {
  const companyId = actingCompany(actor, 'charges:read');
  const own = sql`c.company_id = ${companyId}`;
  const seconds = PAGE_SECONDS;
  if (name.chargeId !== undefined) {
    const where = sql`${own} AND c.id = ${name.chargeId}`;
    return await readListed(deps, { hint: sql`FORCE INDEX (PRIMARY)`, where, limit, seconds });
  }
  const where = sql`${own} AND c.reference = ${name.reference} ${afterKey(after)}`;
  return await readListed(deps, { hint: sql`FORCE INDEX (charge_of_reference)`, where, limit, seconds });
}

const ofCompany = sql`FORCE INDEX (charge_of_company)`;
const afterKey = (after: string | undefined) => (after === undefined ? sql`` : sql`AND c.id < ${after}`);

/** What was read in time, or undefined. */
async function unlessTooSlow<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (isTooSlow(error)) return undefined;
    throw error;
  }
}

export interface ChargeSums {
  readonly count: number;
  readonly capturedCount: number;
  readonly capturedMinor: bigint;
  readonly refundedMinor: bigint;
}

/** What all charges of a list come to; undefined where they are too many to add up in a request. @throws Problem `permission-denied` */
export async function sumChargesOfCompany(
  deps: Deps,
  actor: Actor,
  wanted: ChargesOfCompany,
): Promise<ChargeSums | undefined> {
  const companyId = actingCompany(actor, 'charges:read');
  const where = conditionsOf(deps, companyId, wanted);
  const refunds = sql`(SELECT charge_id, SUM(amount_minor) AS minor FROM refund FORCE INDEX (refund_of_company)
    WHERE company_id = ${companyId} AND id >= ${firstKey(deps, wanted.from)} GROUP BY charge_id)`;
  const statement = sql<Record<'count' | 'capturedCount' | 'captured' | 'refunded', number | string>>`
    SET STATEMENT max_statement_time = ${sql.lit(PAGE_SECONDS)} FOR
    SELECT COUNT(*) AS count, COUNT(c.captured_minor) AS capturedCount,
      COALESCE(SUM(c.captured_minor), 0) AS captured, COALESCE(SUM(r.minor), 0) AS refunded
    FROM charge c ${ofCompany} LEFT JOIN ${refunds} r ON r.charge_id = c.id WHERE ${where}`;
  const read = await unlessTooSlow(statement.execute(sqlOf(emOf(deps))));
  const row = read?.rows[0];
  return (
    row && {
      count: Number(row.count),
      capturedCount: Number(row.capturedCount),
      capturedMinor: BigInt(row.captured),
      refundedMinor: BigInt(row.refunded),
    }
  );
}

/** All charges of a list, newest first, for a file of any size: day by day, and a thousand are in memory at a time. */
export async function* streamChargesOfCompany(
  deps: Deps,
  actor: Actor,
  wanted: ChargesOfCompany,
): AsyncGenerator<ListedCharge> {
  const companyId = actingCompany(actor, 'charges:read');
  conditionsOf(deps, companyId, wanted);
  for (let day = wanted.through; day >= wanted.from; day = addDays(day, -1)) {
    const ofDay = conditionsOf(deps, companyId, { ...wanted, from: day, through: day });
    for (let after: string | undefined; ;) {
      const where = sql`${ofDay} ${afterKey(after)}`;
      const rows = await readListed(deps, { hint: ofCompany, where, limit: CHUNK, seconds: FILE_SECONDS });
      yield* rows;
      if (rows.length < CHUNK) break;
      after = rows.at(-1)!.id;
    }
  }
}

const firstKey = ({ config }: Deps, date: string) =>
  encodeTime(endOfBusinessDate(addDays(date, -1), config.timeZone).getTime(), 10);

function conditionsOf(deps: Deps, companyId: number, wanted: ChargesOfCompany): RawBuilder<unknown> {
  const { from, through, state, kind, serviceCode, item, atLeastMinor, atMostMinor } = wanted;
  if (addDays(from, MAX_CHARGE_DAYS) <= through) {
    const detail = `A list has ${MAX_CHARGE_DAYS} days at most.`;
    throw new Problem('invalid-request', { detail });
  }
  const amount = sql`COALESCE(c.captured_minor, c.amount_minor)`;
  const conditions = [
    sql`c.company_id = ${companyId}`,
    sql`c.id >= ${firstKey(deps, from)}`,
    sql`c.id < ${firstKey(deps, addDays(through, 1))}`,
    ...(state === undefined ? [] : [sql`${stateNow(deps)} = ${state}`]),
    ...(kind === undefined ? [] : [sql`c.kind = ${kind}`]),
    ...(serviceCode === undefined
      ? []
      : [
          sql`c.service_id = (SELECT id FROM service WHERE company_id = ${companyId} AND code = ${serviceCode})`,
        ]),
    ...(item === undefined ? [] : [sql`LOCATE(${item}, c.description) > 0`]),
    ...(atLeastMinor === undefined ? [] : [sql`${amount} >= ${atLeastMinor}`]),
    ...(atMostMinor === undefined ? [] : [sql`${amount} <= ${atMostMinor}`]),
  ];
  return sql`${sql.join(conditions, sql` AND `)}`;
}

/** `effectiveState` in SQL, for rows that are found by their key. */
const stateNow = ({ clock }: Deps) =>
  sql`IF(c.state IN ('pending', 'authorized') AND c.open_until <= ${clock.now()}, 'expired', c.state)`;

interface Reading {
  readonly hint: RawBuilder<unknown>;
  readonly where: RawBuilder<unknown>;
  readonly limit: number;
  readonly seconds: number;
}

async function readListed(deps: Deps, { hint, where, limit, seconds }: Reading): Promise<ListedCharge[]> {
  const { rows } = await sql<RawListed>`SET STATEMENT max_statement_time = ${sql.lit(seconds)} FOR
    SELECT p.*, s.name AS service, s.name_en AS serviceEn, s.code AS serviceCode,
      (SELECT COALESCE(SUM(r.amount_minor), 0) FROM refund r WHERE r.charge_id = p.id) AS refundedMinor
    FROM (SELECT c.id, c.service_id AS serviceId, c.kind, ${stateNow(deps)} AS state, c.description, c.reference,
        c.amount_minor AS amountMinor, c.captured_minor AS capturedMinor, c.created_at AS createdAt,
        c.captured_at AS capturedAt, c.business_date AS businessDate, c.billing_period AS billingPeriod,
        c.ended_at AS endedAt, c.ended_by AS endedBy
      FROM charge c ${hint} WHERE ${where} ORDER BY c.id DESC LIMIT ${sql.lit(limit)}) p
    STRAIGHT_JOIN service s ON s.id = p.serviceId ORDER BY p.id DESC`.execute(sqlOf(emOf(deps)));
  return rows.map(({ serviceId: _service, ...row }) => ({
    ...row,
    amountMinor: BigInt(row.amountMinor),
    capturedMinor: row.capturedMinor === null ? null : BigInt(row.capturedMinor),
    refundedMinor: BigInt(row.refundedMinor),
    createdAt: maybeInstant(row.createdAt)!,
    capturedAt: maybeInstant(row.capturedAt),
    endedAt: maybeInstant(row.endedAt),
  }));
}

type RawMinor = number | string;

interface RawListed extends Omit<
  ListedCharge,
  'amountMinor' | 'capturedMinor' | 'refundedMinor' | 'createdAt' | 'capturedAt' | 'endedAt'
> {
  readonly serviceId: number;
  readonly amountMinor: RawMinor;
  readonly capturedMinor: RawMinor | null;
  readonly refundedMinor: RawMinor;
  readonly createdAt: Date | string;
  readonly capturedAt: Date | string | null;
  readonly endedAt: Date | string | null;
}

const maybeInstant = (value: Date | string | null) => (value === null ? null : rawInstant(value));
