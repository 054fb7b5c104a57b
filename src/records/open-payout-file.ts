import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { composePayoutFile } from '../payouts/payout-file.ts';
import { readPayoutRun } from '../payouts/payout-run.queries.ts';
import type { DownloadedFile } from '../shared/downloaded-file.ts';
import { Problem } from '../shared/problem.ts';

/**
 * A payout file as it was sent, byte for byte, made again from its rows and compared with the checksum of what was sent.
 * @throws Problem `permission-denied`, `payout-run-not-found`, `illegal-state` for a run that was not sent, `invariant-broken`
 */
export async function openPayoutFile(
  deps: Deps,
  actor: Actor,
  { number }: { readonly number: string },
): Promise<DownloadedFile> {
  authorize(actor, 'payouts:read');
  const found = await readPayoutRun(deps, number);
  if (found.run.state !== 'sent')
    throw new Problem('illegal-state', { detail: `Payout run ${number} was not sent: it has no file.` });
  const { bytes, checksum } = composePayoutFile(found);
  if (checksum !== found.run.checksum) {
    const detail = `The payouts of run ${number} do not give the file that was sent.`;
    throw new Problem('invariant-broken', { detail });
  }
  return { filename: `${number}.txt`, type: 'text/plain; charset=Shift_JIS', body: bytes };
}
