import type { Actor } from '../access/actor.ts';
import { proposeChange } from '../access/approvals/propose-change.ts';
import { authorize } from '../access/authorize.ts';
import { bankAccountApproval } from '../bank-accounts/bank-account-approval.ts';
import type { EnteredAccount } from '../bank-accounts/bank-account.rules.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { refundAccountApproval } from '../refunds/refund-account-approval.ts';
import { Problem } from '../shared/problem.ts';
import { listReturnedPayouts, type ListedPayout } from './payout-run.queries.ts';

/** Another account for what came back, and why. */
export type CorrectedAccount = EnteredAccount & {
  readonly payoutId: string;
  readonly reason: string;
};

/** A returned payout that waits for another account. @throws Problem `permission-denied`, `not-found` */
export async function getReturnedPayout(deps: Deps, actor: Actor, payoutId: string): Promise<ListedPayout> {
  const waiting = await listReturnedPayouts(deps, actor);
  const payout = waiting.find(({ id }) => id === payoutId);
  if (payout === undefined) throw new Problem('not-found');
  return payout;
}

/**
 * Proposes another account of the payee whose transfer came back: of the company, or of the former holder. Once a second person has
 * approved it, the next run sends the payout again. Returns the identifier of the proposal.
 * @throws Problem `permission-denied`, `not-found`, and those of `proposeChange`
 */
export async function proposeCorrectedAccount(
  deps: Deps,
  actor: Actor,
  { payoutId, reason, ...terms }: CorrectedAccount,
): Promise<string> {
  authorize(actor, 'bank-accounts:propose');
  const { company, refundId } = await getReturnedPayout(deps, actor, payoutId);
  if (company !== null) {
    const input = { companyCode: company, ...terms };
    return await proposeChange(deps, actor, bankAccountApproval, { input, reason });
  }
  const { lineId, holderFrom } = await sqlOf(emOf(deps))
    .selectFrom('refund')
    .select(['lineId', 'holderFrom'])
    .where('id', '=', refundId ?? '')
    .executeTakeFirstOrThrow();
  return await proposeChange(deps, actor, refundAccountApproval, {
    input: { lineId, holderFrom, ...terms },
    reason,
  });
}
