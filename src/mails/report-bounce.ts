import { actorName, type Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { hashMailAddress, readMailAddress } from '../shared/mail-address.rules.ts';
import { Problem } from '../shared/problem.ts';
import { liftMark, markAddress } from './mail-address.ts';

/**
 * Marks an address whose mails come back. The service receives no mail: the carrier's mail system reports what returns to
 * MAIL_FROM. Audited by the address's hash. @throws Problem `invalid-request`
 */
export async function reportBounce(
  deps: Deps,
  actor: Actor,
  { address: typed, reason }: { readonly address: string; readonly reason: string },
): Promise<{ readonly address: string; readonly state: 'bounced' }> {
  authorize(actor, 'mails:write');
  const address = checkAddress(typed);
  await inTransaction(deps, async (tx) => {
    await markAddress(tx, { address, reportedBy: 'staff', reason });
    const subject = `mail-address:${hashMailAddress(address)}`;
    await recordAudit(tx, {
      actor: actorName(actor),
      action: 'mail-address.bounced',
      subject,
      facts: { reason },
    });
  });
  return { address, state: 'bounced' };
}

/** Lifts the mark of an address that works again. Lifting none changes nothing. @throws Problem `invalid-request` */
export async function restoreAddress(
  deps: Deps,
  actor: Actor,
  { address: typed }: { readonly address: string },
): Promise<{ readonly address: string; readonly state: 'ok' }> {
  authorize(actor, 'mails:write');
  const address = checkAddress(typed);
  await inTransaction(deps, async (tx) => {
    if (!(await liftMark(tx, address))) return;
    const subject = `mail-address:${hashMailAddress(address)}`;
    await recordAudit(tx, { actor: actorName(actor), action: 'mail-address.restored', subject });
  });
  return { address, state: 'ok' };
}

function checkAddress(typed: string): string {
  const address = readMailAddress(typed);
  if (address !== undefined) return address;
  const errors = [{ pointer: '/address', message: 'must be one mail address, without a name' }];
  throw new Problem('invalid-request', { errors });
}
