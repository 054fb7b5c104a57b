import { sql } from 'kysely';
import { accountReference } from '../access/account-reference.rules.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, type Database } from '../database/transaction.ts';

interface AnswerTimes {
  readonly answeredCount: number;
  readonly medianSeconds: number;
  readonly ninetiethSeconds: number;
}

/** Times to the first answer of the cases opened between two instants, by who answered; null: of all. */
export async function listAnswerTimes(
  deps: Database,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<ReadonlyMap<string | null, AnswerTimes>> {
  const { rows } = await sql<{ actor: string | null } & Record<keyof AnswerTimes, number | string>>`
    WITH answered AS (
      SELECT answered_by, TIMESTAMPDIFF(SECOND, opened_at, answered_at) AS seconds
      FROM support_case FORCE INDEX (support_case_by_time)
      WHERE opened_at >= ${from} AND opened_at < ${to} AND answered_at IS NOT NULL
    )
    SELECT DISTINCT answered_by AS actor, COUNT(*) OVER (PARTITION BY answered_by) AS answeredCount,
      PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY seconds) OVER (PARTITION BY answered_by) AS medianSeconds,
      PERCENTILE_DISC(0.9) WITHIN GROUP (ORDER BY seconds) OVER (PARTITION BY answered_by) AS ninetiethSeconds
    FROM answered
    UNION ALL
    SELECT DISTINCT NULL, COUNT(*) OVER (), PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY seconds) OVER (PARTITION BY 1),
      PERCENTILE_DISC(0.9) WITHIN GROUP (ORDER BY seconds) OVER (PARTITION BY 1)
    FROM answered`.execute(sqlOf(emOf(deps)));
  return new Map(
    rows.map(({ actor, answeredCount, medianSeconds, ninetiethSeconds }) => [
      actor,
      {
        answeredCount: Number(answeredCount),
        medianSeconds: Number(medianSeconds),
        ninetiethSeconds: Number(ninetiethSeconds),
      },
    ]),
  );
}

/** How many open cases each person has. Closed ones are not read. */
export async function listOpenByPerson(deps: Database): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ actor: string; count: number | string }>`
    SELECT assigned_to AS actor, COUNT(*) AS count FROM support_case FORCE INDEX (support_case_of_queue)
    WHERE queue IN ('working', 'waiting') AND assigned_to IS NOT NULL GROUP BY assigned_to`.execute(
    sqlOf(emOf(deps)),
  );
  return new Map(rows.map(({ actor, count }) => [actor, Number(count)]));
}

interface PersonRefunds {
  readonly refundCount: number;
  readonly refundedMinor: bigint;
}

/** What each person of the carrier gave back on some business dates, both included; null: all of them. By the key of who did it. */
export async function listRefundsByPerson(
  deps: Database,
  { from, through }: { readonly from: string; readonly through: string },
): Promise<ReadonlyMap<string | null, PersonRefunds>> {
  const accounts = await sqlOf(emOf(deps))
    .selectFrom('account')
    .select('id')
    .where('audience', '=', 'staff')
    .execute();
  if (accounts.length === 0) return new Map();
  const names = accounts.map(({ id }) => `staff:${accountReference(id)}`);
  const { rows } = await sql<{ actor: string; refundCount: number | string; refunded: string }>`
    SELECT created_by AS actor, COUNT(*) AS refundCount, CAST(SUM(amount_minor) AS CHAR) AS refunded
    FROM refund FORCE INDEX (refund_by_actor)
    WHERE created_by IN (${sql.join(names)}) AND business_date BETWEEN ${from} AND ${through}
    GROUP BY created_by`.execute(sqlOf(emOf(deps)));
  const people = rows.map(({ actor, refundCount, refunded }): [string, PersonRefunds] => [
    actor,
    { refundCount: Number(refundCount), refundedMinor: BigInt(refunded) },
  ]);
  const all = people.reduce(
    (sum, [, one]) => ({
      refundCount: sum.refundCount + one.refundCount,
      refundedMinor: sum.refundedMinor + one.refundedMinor,
    }),
    { refundCount: 0, refundedMinor: 0n },
  );
  return new Map<string | null, PersonRefunds>([...people, [null, all]]);
}
