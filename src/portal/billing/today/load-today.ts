import type { Actor } from '../../../access/actor.ts';
import { countPendingFor } from '../../../access/approvals/count-pending-for.ts';
import { can } from '../../../access/can.rules.ts';
import type { Permission } from '../../../access/permissions.ts';
import { approvalKinds } from '../../../approval-kinds.ts';
import { countPayoutsToFollow, listPayoutDays } from '../../../payouts/payouts-to-follow.queries.ts';
import { readNights } from '../../../runs/nights.queries.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import { countSettlementsToReview } from '../../../settlements/count-settlements-to-review.ts';
import { businessDateOf, monthOf } from '../../../shared/calendar.rules.ts';

export type Today = Awaited<ReturnType<typeof loadToday>>;

/** What the first page shows: of each part, only what the person may read. */
export async function loadToday(
  deps: ServiceDeps,
  {
    actor,
    query: { month },
  }: { readonly actor: Actor; readonly query: { readonly month?: string | undefined } },
) {
  const now = deps.clock.now();
  const today = businessDateOf(now, deps.config.timeZone);
  const shown = month ?? monthOf(today);
  const may = <T>(permission: Permission, read: () => Promise<T>): Promise<T | undefined> =>
    can(actor, permission) ? read() : Promise.resolve(undefined);
  return {
    now,
    today,
    month: shown,
    nights: await may('runs:read', () => readNights(deps, actor)),
    approvals: await may('approvals:read', () => countPendingFor(deps, actor, approvalKinds)),
    settlements: await may('settlements:read', () => countSettlementsToReview(deps, actor)),
    payouts: await may('payouts:read', () => countPayoutsToFollow(deps, actor)),
    payoutDays: (await may('payouts:read', () => listPayoutDays(deps, actor, { month: shown }))) ?? [],
  };
}
