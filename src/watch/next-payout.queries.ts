import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { listPayableSettlements, type PayableSettlement } from '../payouts/payable-settlements.queries.ts';

/**
 * The approved settlement of a company that is paid out next: it is not held, and no payout of it is planned or sent. Undefined
 * without one; then there is nothing to hold. @throws Problem `permission-denied`
 */
export async function findNextPayout(
  deps: Deps,
  actor: Actor,
  companyCode: string,
): Promise<PayableSettlement | undefined> {
  authorize(actor, 'watch:read');
  const payable = await listPayableSettlements(deps, { lock: false });
  return payable.find(({ company }) => company === companyCode);
}
