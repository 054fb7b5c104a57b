import type { Actor } from '../access/actor.ts';
import { proposeChange } from '../access/approvals/propose-change.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { settlementApproval } from './settlement-approval.ts';
import { findReviewed, type SettlementChoice } from './settlement.queries.ts';

/** What became of one settlement of an act on many. */
export interface SettlementOutcome {
  readonly number: string;
  readonly approvalId?: string;
  /** Why nothing changed. */
  readonly refused?: string;
}

/**
 * Proposes drafts for approval, of a month or by their numbers, each as a proposal of its own: one that is refused holds up no
 * other. Drafts of the month that are proposed already are left out.
 * @throws Problem `permission-denied`, `approval-needs-person`, `invalid-request`
 */
export async function proposeSettlements(
  deps: Deps,
  actor: Actor,
  { reason, ...choice }: SettlementChoice & { readonly reason: string },
): Promise<SettlementOutcome[]> {
  authorize(actor, 'settlements:propose');
  const outcomes: SettlementOutcome[] = [];
  for (const { number, revision, approvalId } of await findReviewed(deps, choice, 'draft')) {
    if (approvalId !== null && choice.numbers === undefined) continue;
    const proposal = { input: { number, revision }, reason };
    const propose = () => proposeChange(deps, actor, settlementApproval, proposal);
    outcomes.push({ number, ...(await outcomeOf(propose)) });
  }
  return outcomes;
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
