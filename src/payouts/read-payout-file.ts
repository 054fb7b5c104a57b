import { actorName, type Actor } from '../access/actor.ts';
import { assertProvenPerson } from '../access/approvals/approval.rules.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { authorize } from '../access/authorize.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { DownloadedFile } from '../shared/downloaded-file.ts';
import { Problem } from '../shared/problem.ts';
import { composePayoutFile } from './payout-file.ts';
import { payoutFileName } from './payout.rules.ts';
import { readPayoutRun } from './payout-run.queries.ts';

/**
 * The file of a run that was sent, with the very bytes that were sent, for who gives it to the bank. It names accounts in full, so every
 * download is in the audit trail.
 * @throws Problem `permission-denied`, `approval-needs-person`, `payout-run-not-found`, `illegal-state` for a run that is not sent,
 * `invariant-broken` when the rows do not give these bytes
 */
export async function readPayoutFile(
  deps: Deps,
  actor: Actor,
  { number }: { readonly number: string },
): Promise<DownloadedFile> {
  authorize(actor, 'payouts:propose');
  assertProvenPerson(actor, deps.config.mode);
  const found = await readPayoutRun(deps, number);
  const { state, checksum } = found.run;
  if (state !== 'sent') {
    throw new Problem('illegal-state', { detail: `Payout run ${number} is ${state}.`, facts: { state } });
  }
  const file = composePayoutFile(found);
  if (file.checksum !== checksum) {
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
  const { currency } = deps.config;
  const type = currency === 'JPY' ? 'text/plain; charset=shift_jis' : 'application/xml; charset=utf-8';
  return { filename: payoutFileName(currency, { number }), type, body: file.bytes };
}
