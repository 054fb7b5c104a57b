import type { Actor } from '../access/actor.ts';
import { approveChange } from '../access/approvals/decide-approval.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { outcomeOf, type SettlementOutcome } from './propose-settlements.ts';
import { settlementApproval } from './settlement-approval.ts';
import { findReviewed, type SettlementChoice } from './settlement.queries.ts';

/**
 * Approves what another person proposed, of a month or by numbers, each in a transaction of its own: one that is refused, such
 * as one that has changed since, holds up no other.
 * @throws Problem `permission-denied`, `approval-needs-person`, `invalid-request`
 */
export async function approveSettlements(
  deps: Deps,
  actor: Actor,
  { note, ...choice }: SettlementChoice & { readonly note?: string | undefined },
): Promise<SettlementOutcome[]> {
  authorize(actor, 'settlements:approve');
  const outcomes: SettlementOutcome[] = [];
  for (const { number, approvalId } of await findReviewed(deps, choice, 'draft')) {
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
