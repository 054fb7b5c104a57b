import { actorName, type Actor } from '../access/actor.ts';
import { assertProvenPerson } from '../access/approvals/approval.rules.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { authorize } from '../access/authorize.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { composePayoutFile } from '../payouts/payout-file.ts';
import { readPayoutRun } from '../payouts/payout-run.queries.ts';
import type { DownloadedFile } from '../shared/downloaded-file.ts';
import { Problem } from '../shared/problem.ts';

/**
 * A payout file as it was sent, byte for byte, made again from its rows and compared with the checksum of what was sent. It names
 * accounts in full, so every look at it is in the audit trail.
 * @throws Problem `permission-denied`, `approval-needs-person`, `payout-run-not-found`, `illegal-state` for a run that was not sent, `invariant-broken`
 */
export async function openPayoutFile(
  deps: Deps,
  actor: Actor,
  { number }: { readonly number: string },
): Promise<DownloadedFile> {
  authorize(actor, 'payouts:read');
  assertProvenPerson(actor, deps.config.mode);
  const found = await readPayoutRun(deps, number);
  if (found.run.state !== 'sent')
    throw new Problem('illegal-state', { detail: `Payout run ${number} was not sent: it has no file.` });
  const { bytes, checksum } = composePayoutFile(found);
  if (checksum !== found.run.checksum) {
    const detail = `The payouts of run ${number} do not give the file that was sent.`;
    throw new Problem('invariant-broken', { detail });
  }
  await inTransaction(deps, (tx) =>
    recordAudit(tx, {
      actor: actorName(actor),
      action: 'payout-run.download',
      subject: `payout-run:${number}`,
      facts: { checksum },
    }),
  );
  return { filename: `${number}.txt`, type: 'text/plain; charset=Shift_JIS', body: bytes };
}
