import type { Deps } from '../deps.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import { chargeMonths } from './charge-months.ts';
import { lockRenewals, type LockedRenewal } from './lock-renewals.ts';
import type { MonthOutcome } from './month-outcome.ts';
import { determineRenewal, type Renewal } from './renewal.rules.ts';

/** What one visit of a subscription did: settled its oldest due month, if any, and perhaps ended it. */
export interface Visit {
  readonly subscriptionId: string;
  readonly month: string | undefined;
  readonly outcome: MonthOutcome | undefined;
  readonly ended: boolean;
  /** Settled a month, and has more to settle. */
  readonly isUnfinished: boolean;
}

interface Planned extends LockedRenewal {
  readonly renewal: Renewal;
}

/**
 * Settles the oldest due month of each subscription through a business date, and ends those that have none left.
 * One month a visit keeps the transaction small however many nights were missed. Subscriptions that are no
 * longer going on are left out of the answer.
 */
export async function renewChunk(
  tx: InTransaction<Deps>,
  { ids, businessDate }: { ids: readonly string[]; businessDate: string },
): Promise<Visit[]> {
  const planned = (await lockRenewals(tx, ids)).map((locked) => plan(locked, businessDate));
  const wishes = planned
    .flatMap(({ renewal, ...locked }) => renewal.dues.slice(0, 1).map((due) => ({ ...locked, due })))
    .sort((a, b) => (a.due.dueOn < b.due.dueOn ? -1 : 1));
  const outcomes = await chargeMonths(tx, wishes);
  const settled = new Map(
    wishes.map(({ subscription, due }, i) => [subscription.id, { due, outcome: outcomes[i]! }]),
  );
  const moves = planned.map(({ subscription, renewal }) => {
    const { due, outcome } = settled.get(subscription.id) ?? {};
    const waiting = outcome?.kind === 'waiting';
    const renewedThrough = due && !waiting ? due.month : subscription.renewedThrough;
    const leftOn = waiting || renewal.dues.length > 1 ? undefined : renewal.endsOn;
    const end = leftOn === undefined ? undefined : ({ state: 'ended', leftOn } as const);
    const ended = end !== undefined;
    const isUnfinished = !waiting && renewal.dues.length > 1;
    const visit = { subscriptionId: subscription.id, month: due?.month, outcome, ended, isUnfinished };
    return { subscription, renewedThrough, end, visit };
  });
  await moveOn(tx, moves);
  return moves.map(({ visit }) => visit);
}

function plan(locked: LockedRenewal, businessDate: string): Planned {
  const { subscription, standing, freeMonths } = locked;
  const { joinedOn, chargeDay } = subscription;
  const firstMonthFree = (subscription.firstMonthFree && freeMonths.first) || freeMonths.firstOfLeft;
  const lastMonthFree = subscription.lastMonthFree && freeMonths.last;
  const leftOn = subscription.leftOn ?? undefined;
  const renewedThrough = subscription.renewedThrough ?? undefined;
  const terms = { joinedOn, leftOn, chargeDay, firstMonthFree, lastMonthFree, renewedThrough };
  return { ...locked, renewal: determineRenewal({ terms, standing, businessDate }) };
}

interface Move {
  readonly subscription: LockedRenewal['subscription'];
  readonly renewedThrough: string | null;
  readonly end: { readonly state: 'ended'; readonly leftOn: string } | undefined;
}

/** Writes where the subscriptions stand now, one statement for all that move alike. */
async function moveOn(tx: InTransaction<Deps>, moves: readonly Move[]): Promise<void> {
  const moved = moves.filter((move) => move.end || move.renewedThrough !== move.subscription.renewedThrough);
  const alike = Map.groupBy(moved, ({ renewedThrough, end }) => `${renewedThrough}|${end?.leftOn}`);
  for (const group of alike.values()) {
    const { renewedThrough, end } = group[0]!;
    await sqlOf(tx.em)
      .updateTable('subscription')
      .set({ renewedThrough, ...end })
      .where(
        'id',
        'in',
        group.map(({ subscription }) => subscription.id),
      )
      .execute();
  }
}
