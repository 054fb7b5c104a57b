import type { Actor } from '../access/actor.ts';
import { approveChange } from '../access/approvals/decide-approval.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { outcomeOf, type SettlementOutcome } from './propose-settlements.ts';
import { assertAsSeen, sumSeen, type SeenSettlements } from './seen-settlements.rules.ts';
import { settlementApproval } from './settlement-approval.ts';
import { findReviewed, type SettlementChoice } from './settlement.queries.ts';

/** The proposals of a month that wait for a second person, as the approver has seen them. */
export type PendingSettlements = SeenSettlements;

/** What waits of a month now: what its approver looks at and names. @throws Problem `permission-denied` */
export async function countPendingSettlements(
  deps: Deps,
  actor: Actor,
  { period }: { readonly period: string },
): Promise<PendingSettlements> {
  authorize(actor, 'settlements:read');
  return sumPending(await findReviewed(deps, { period }, 'draft'));
}

function sumPending(drafts: Awaited<ReturnType<typeof findReviewed>>): PendingSettlements {
  return sumSeen(drafts.filter(({ approvalId }) => approvalId !== null));
}

export interface ApproveSettlements extends SettlementChoice {
  readonly note?: string | undefined;
  /** What the approver has seen to wait; a month needs it, numbers say it themselves. */
  readonly expect?: PendingSettlements | undefined;
}

/**
 * Approves what another person proposed, of a month or by numbers, each in a transaction of its own: one that is refused, such
 * as one that has changed since, holds up no other.
 * A month is approved as it was seen: `expect` says how many proposals of it wait and what their payouts come to.
 * @throws Problem `permission-denied`, `approval-needs-person`, `invalid-request`; `illegal-state` when another number waits than
 * was seen, or another sum: then nothing is approved
 */
export async function approveSettlements(
  deps: Deps,
  actor: Actor,
  { note, expect, ...choice }: ApproveSettlements,
): Promise<SettlementOutcome[]> {
  authorize(actor, 'settlements:approve');
  const outcomes: SettlementOutcome[] = [];
  const drafts = await findReviewed(deps, choice, 'draft');
  if (choice.numbers === undefined) assertPendingAsSeen(sumPending(drafts), expect, choice.period);
  for (const { number, approvalId } of drafts) {
    if (approvalId === null) {
      if (choice.numbers !== undefined) outcomes.push({ number, refused: 'It has not been proposed.' });
      continue;
    }
    const approve = async () => {
      await approveChange(deps, actor, [settlementApproval], { approvalId, note });
      return approvalId;
    };
    outcomes.push({ number, ...(await outcomeOf(approve)) });
  }
  return outcomes;
}

function assertPendingAsSeen(
  pending: PendingSettlements,
  seen: PendingSettlements | undefined,
  period: string | undefined,
): void {
  if (seen === undefined) {
    const detail = `To approve a month, say what you have seen of it: how many proposals wait and the sum of their payouts, as "settlement list --period ${period}" prints it.`;
    throw new Problem('invalid-request', { detail });
  }
  const told = `${pending.count}/${pending.payoutMinor}`;
  assertAsSeen(
    pending,
    seen,
    `Of ${period} ${told} waits for a second person now (proposals/their payouts), and you have seen ${seen.count}/${seen.payoutMinor}: look at them again. Nothing was approved.`,
  );
}
