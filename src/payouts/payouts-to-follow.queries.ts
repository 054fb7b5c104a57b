import { sql } from 'kysely';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { addDays, addMonths, businessDateOf } from '../shared/calendar.rules.ts';
import type { Currency } from '../shared/money.ts';
import { nextTransferDay } from '../shared/transfer-days.rules.ts';

/** Bank days after a transfer until its result is missed. */
const RESULT_DAYS = 2;

/** Payouts that a person has to do something about. */
export interface PayoutsToFollow {
  /** Came back, and were not sent again. */
  readonly returned: number;
  /** Were transferred two bank days ago or earlier, and the bank has said nothing of them. */
  readonly overdue: number;
  /** Runs that are prepared or approved, and not sent. */
  readonly openRuns: number;
}

/** What of the payouts waits for somebody. @throws Problem `permission-denied` */
export async function countPayoutsToFollow(deps: Deps, actor: Actor): Promise<PayoutsToFollow> {
  authorize(actor, 'payouts:read');
  const db = sqlOf(emOf(deps));
  const today = businessDateOf(deps.clock.now(), deps.config.timeZone);
  const counted = sql<number>`COUNT(*)`.as('count');
  const returned = db
    .selectFrom('payout as p')
    .select(counted)
    .where('p.state', '=', 'returned')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('payout as q')
            .select('q.id')
            .whereRef('q.replacesId', '=', 'p.id')
            .where('q.state', '<>', 'dropped'),
        ),
      ),
    );
  const late = db
    .selectFrom('payout as p')
    .select('p.payOn')
    .where('p.state', '=', 'sent')
    .where('p.payOn', '<', today);
  const runs = db.selectFrom('payout_run').select(counted).where('state', 'in', ['draft', 'approved']);
  const days = (await late.execute()).map(({ payOn }) => payOn);
  return {
    returned: await count(returned),
    overdue: days.filter((day) => resultIsMissedOn(day, deps.config.currency) <= today).length,
    openRuns: await count(runs),
  };
}

interface Counting {
  executeTakeFirstOrThrow(): Promise<{ readonly count: unknown }>;
}

const count = async (query: Counting): Promise<number> =>
  Number((await query.executeTakeFirstOrThrow()).count);

/** The day on which the result of a transfer is missed. */
function resultIsMissedOn(payOn: string, currency: Currency): string {
  let day = payOn;
  for (let passed = 0; passed < RESULT_DAYS; passed += 1) day = nextTransferDay(addDays(day, 1), currency);
  return day;
}

/** A day on which companies are paid. */
export interface PayoutDay {
  readonly date: string;
  /** Payouts that are due, or in runs for that day. */
  readonly count: number;
}

/** The days of a month on which payouts are due or ordered. `month` is `2026-05`. @throws Problem `permission-denied` */
export async function listPayoutDays(
  deps: Deps,
  actor: Actor,
  { month }: { readonly month: string },
): Promise<PayoutDay[]> {
  authorize(actor, 'payouts:read');
  const [from, to] = [`${month}-01`, `${addMonths(month, 1)}-01`];
  const due = await sqlOf(emOf(deps))
    .selectFrom('settlement')
    .select('payoutOn')
    .where('state', 'in', ['draft', 'approved'])
    .where('payoutOn', '>=', from)
    .where('payoutOn', '<', to)
    .where('payoutMinor', '>', 0n)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('payout').select('payout.id').whereRef('payout.settlementId', '=', 'settlement.id'),
        ),
      ),
    )
    .execute();
  const ordered = await sqlOf(emOf(deps))
    .selectFrom('payout')
    .select('payOn')
    .where('state', '<>', 'dropped')
    .where('payOn', '>=', from)
    .where('payOn', '<', to)
    .execute();
  const days = [...due.map(({ payoutOn }) => payoutOn), ...ordered.map(({ payOn }) => payOn)];
  return [...Map.groupBy(days, (day) => day)]
    .map(([date, same]) => ({ date, count: same.length }))
    .toSorted((one, other) => (one.date < other.date ? -1 : 1));
}
