import { sql } from 'kysely';
import type { Deps } from '../deps.ts';
import { emOf } from '../database/transaction.ts';
import { sqlOf } from '../database/sql.ts';
import { monthOf } from '../shared/calendar.rules.ts';
import { listDueThrough } from './subscription.rules.ts';

/** Position in a scan of due subscriptions, which are ordered by due date. */
export interface DueCursor {
  readonly nextDueOn: string;
  readonly id: string;
}

/**
 * One of several disjoint sets of lines. All subscriptions of a line are in the same set: together they may exceed the
 * limit of the line, and their order decides which of them is refused.
 */
export interface LinePartition {
  readonly nth: number;
  readonly of: number;
}

interface DuePage {
  readonly businessDate: string;
  /** All lines when undefined. */
  readonly partition: LinePartition | undefined;
  readonly state: 'active' | 'leaving';
  readonly after: DueCursor | undefined;
  readonly limit: number;
}

/** The next subscriptions that are due by a business date, the longest due first: one range of the index. */
export async function listDue(deps: Deps, page: DuePage): Promise<DueCursor[]> {
  const { businessDate, partition, state, after, limit } = page;
  const rows = await dueBy(deps, businessDate)
    .select(['nextDueOn', 'id'])
    .where('state', '=', state)
    .$if(partition !== undefined, (query) => query.where(nthOfLine(partition!.of), '=', partition!.nth))
    .$if(after !== undefined, (query) =>
      query
        .where('nextDueOn', '>=', after!.nextDueOn)
        .where(({ eb, or }) => or([eb('nextDueOn', '>', after!.nextDueOn), eb('id', '>', after!.id)])),
    )
    .orderBy('nextDueOn')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ nextDueOn, id }) => ({ nextDueOn: nextDueOn!, id }));
}

/** About how many months are due by a business date, for each of `partitions` sets of lines. */
export async function countDueMonths(
  deps: Deps,
  businessDate: string,
  partitions: number,
): Promise<number[]> {
  const groups = await dueBy(deps, businessDate)
    .select(['nextDueOn', 'chargeDay', 'leftOn'])
    .select([nthOfLine(partitions).as('nth'), sql<string>`count(*)`.as('members')])
    .where('state', 'in', ['active', 'leaving'])
    .groupBy(['nextDueOn', 'chargeDay', 'leftOn', 'nth'])
    .execute();
  const months = Array.from({ length: partitions }, () => 0);
  for (const { nth, members, nextDueOn, ...terms } of groups)
    months[Number(nth)]! += Number(members) * monthsDue({ ...terms, nextDueOn: nextDueOn! }, businessDate);
  return months;
}

function monthsDue(
  { nextDueOn, chargeDay, leftOn }: { nextDueOn: string; chargeDay: number; leftOn: string | null },
  businessDate: string,
): number {
  const joinedOn = `${monthOf(nextDueOn)}-01`;
  const free = { firstMonthFree: false, lastMonthFree: false };
  const dues = listDueThrough({ joinedOn, leftOn: leftOn ?? undefined, chargeDay, ...free }, businessDate);
  // At least one: a subscription that only has to end is renewed once, too.
  return Math.max(1, dues.length);
}

const nthOfLine = (of: number) => sql<number | string>`CRC32(line_id) % ${of}`;

function dueBy(deps: Deps, businessDate: string) {
  return sqlOf(emOf(deps)).selectFrom('subscription').where('nextDueOn', '<=', businessDate);
}
