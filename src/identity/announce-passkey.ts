import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { queueMail } from '../mails/queue-mail.ts';
import { findHolderContact } from './holder-contact.queries.ts';
import { formatIssuedId } from './issued-id.rules.ts';

interface Change {
  readonly subscriberId: number;
  readonly label: string;
  readonly address: string;
  readonly userAgent: string;
}

/** Queues the security notice that a passkey of an ID was added or removed, to the holder of the line. */
export async function announcePasskey(
  tx: InTransaction<Deps>,
  kind: 'passkey-added' | 'passkey-removed',
  { subscriberId, label, address, userAgent }: Change,
): Promise<void> {
  const contact = await findHolderContact(tx, subscriberId);
  if (!contact?.email) return;
  const mail = {
    to: contact.email,
    toName: contact.holder,
    language: contact.language,
    subscriberId,
    dedupeKey: `${kind}:${subscriberId}:${tx.ids.next()}`,
  };
  const facts = {
    issuedId: formatIssuedId(contact.issuedId),
    label,
    address,
    userAgent: userAgent || null,
    url: `${tx.config.publicOrigin}/my/security`,
  };
  const at = tx.clock.now();
  if (kind === 'passkey-added') await queueMail(tx, { ...mail, kind, facts: { ...facts, addedAt: at } });
  else await queueMail(tx, { ...mail, kind, facts: { ...facts, removedAt: at } });
}
