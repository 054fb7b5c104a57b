import type { Actor } from '../access/actor.ts';
import { listPending, type ApprovalRow } from '../access/approvals/approval.queries.ts';
import type { Deps } from '../deps.ts';
import { listAccountMakers, type AccountMakers } from './account-makers.queries.ts';
import { getPayoutRun, type PayoutRunWithLines } from './payout-run.queries.ts';

/** A run as people look at it before they propose, approve or send it. */
export interface PayoutRunReview extends PayoutRunWithLines {
  /** Who is behind each account to which nothing has been paid yet. */
  readonly makers: readonly AccountMakers[];
  /** The proposal that waits for a second person. */
  readonly pending: ApprovalRow | undefined;
}

/** A run with its transfers, who entered the accounts that are new to it, and its proposal. @throws Problem `payout-run-not-found`, `permission-denied` */
export async function reviewPayoutRun(deps: Deps, actor: Actor, number: string): Promise<PayoutRunReview> {
  const { run, lines } = await getPayoutRun(deps, actor, number);
  const [pending] = await listPending(deps, `payout-run:${number}`);
  return { run, lines, makers: await listAccountMakers(deps, lines), pending };
}
