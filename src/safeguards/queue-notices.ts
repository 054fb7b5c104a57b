import type { Deps } from '../deps.ts';
import type { RunHandle } from '../runs/run-handle.ts';
import { queuePurchaseDigests } from './queue-purchase-digests.ts';
import { queueSpendingNotices } from './queue-spending-notices.ts';

/**
 * Night job: queues the mails that holders of lines want about what was bought, which the intake does not stop for. Spending is
 * looked at as it is now, before the periods of the night close; a day that was missed has its digest when its night is run.
 */
export async function queueNotices(_deps: Deps, run: RunHandle) {
  return {
    spendingNotices: await queueSpendingNotices(run),
    purchaseDigests: await queuePurchaseDigests(run),
  };
}
