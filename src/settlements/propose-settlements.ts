import type { Actor } from '../access/actor.ts';
import { proposeChange } from '../access/approvals/propose-change.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { assertAsSeen, sumSeen, type SeenSettlements } from './seen-settlements.rules.ts';
import { settlementApproval } from './settlement-approval.ts';
import { findReviewed, type SettlementChoice } from './settlement.queries.ts';

/** What became of one settlement of an act on many. */
export interface SettlementOutcome {
  readonly number: string;
  readonly approvalId?: string;
  /** Why nothing changed. */
  readonly refused?: string;
}

export interface ProposeSettlements extends SettlementChoice {
  /** Why, for the person who has to approve them. */
  readonly reason: string;
  /** Of a month: the drafts that the proposer has seen, those that are proposed already left out. */
  readonly expect?: SeenSettlements | undefined;
}

/** The drafts of a month that nobody has proposed: what a proposer looks at and names. @throws Problem `permission-denied` */
export async function countDraftSettlements(
  deps: Deps,
  actor: Actor,
  { period }: { readonly period: string },
): Promise<SeenSettlements> {
  authorize(actor, 'settlements:read');
  const drafts = await findReviewed(deps, { period }, 'draft');
  return sumSeen(drafts.filter(({ approvalId }) => approvalId === null));
}

/**
 * Proposes drafts for approval, of a month or by their numbers, each as a proposal of its own: one that is refused holds up no
 * other. Drafts of the month that are proposed already are left out.
 * @throws Problem `permission-denied`, `approval-needs-person`, `invalid-request`; `illegal-state` when others are drafted than
 * `expect` says: then nothing is proposed
 */
export async function proposeSettlements(
  deps: Deps,
  actor: Actor,
  { reason, expect, ...choice }: ProposeSettlements,
): Promise<SettlementOutcome[]> {
  authorize(actor, 'settlements:propose');
  const outcomes: SettlementOutcome[] = [];
  const drafts = await findReviewed(deps, choice, 'draft');
  const due = drafts.filter(({ approvalId }) => approvalId === null || choice.numbers !== undefined);
  if (expect !== undefined) assertDraftsAsSeen(sumSeen(due), expect);
  for (const { number, revision } of due) {
    const proposal = { input: { number, revision }, reason };
    const propose = () => proposeChange(deps, actor, settlementApproval, proposal);
    outcomes.push({ number, ...(await outcomeOf(propose)) });
  }
  return outcomes;
}

function assertDraftsAsSeen(drafts: SeenSettlements, seen: SeenSettlements): void {
  const told = `${drafts.count}/${drafts.payoutMinor}`;
  assertAsSeen(
    drafts,
    seen,
    `${told} is drafted now (settlements/their payouts), and you have seen ${seen.count}/${seen.payoutMinor}: look at them again. Nothing was proposed.`,
  );
}

/** Refusals that concern the one settlement; others end the whole act. */
const OF_ONE = new Set([
  'approval-pending',
  'approval-void',
  'approval-decided',
  'approval-expired',
  'approval-own',
  'illegal-state',
]);

/** The proposal, or why this one is refused. */
export async function outcomeOf(
  act: () => Promise<string>,
): Promise<{ approvalId: string } | { refused: string }> {
  try {
    return { approvalId: await act() };
  } catch (error) {
    if (!(error instanceof Problem) || !OF_ONE.has(error.code)) throw error;
    return { refused: error.message };
  }
}
