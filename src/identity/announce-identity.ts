import type { Actor } from '../access/actor.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { queueMail } from '../mails/queue-mail.ts';
import { findHolderMailbox } from '../safeguards/holder-mailbox.ts';
import { formatIssuedId } from './issued-id.rules.ts';

/** An issued ID that something happened to. */
interface Identity {
  readonly id: number;
  readonly issuedId: string;
  readonly displayName: string;
  readonly lineId: string;
  readonly holderFrom: string;
}

/** Queues the security notice that an ID was issued on the line, to its holder, and whether it is the holder's own. */
export async function announceIssuedId(
  tx: InTransaction<Deps>,
  actor: Actor,
  identity: Identity & { readonly isHolder?: true | null | undefined },
): Promise<void> {
  const mailbox = await findHolderMailbox(tx, identity);
  if (!mailbox) return;
  const facts = { ...factsOf(tx, identity), name: identity.displayName };
  await queueMail(tx, {
    kind: 'issued-id-created',
    ...mailbox,
    dedupeKey: `issued-id-created:${identity.id}`,
    facts: {
      ...facts,
      createdAt: tx.clock.now(),
      createdBy: byWhom(actor),
      isHolder: identity.isHolder === true,
    },
  });
}

/** Queues the security notice that an ID was ended; `readsThrough` when the line has another holder. */
export async function announceEndedId(
  tx: InTransaction<Deps>,
  actor: Actor,
  { readsThrough, ...identity }: Identity & { readonly readsThrough: string | null },
): Promise<void> {
  const mailbox = await findHolderMailbox(tx, identity);
  if (!mailbox) return;
  const facts = { ...factsOf(tx, identity), name: identity.displayName };
  await queueMail(tx, {
    kind: 'issued-id-ended',
    ...mailbox,
    dedupeKey: `issued-id-ended:${identity.id}`,
    facts: {
      ...facts,
      endedAt: tx.clock.now(),
      endedBy: byWhom(actor),
      readsThrough,
      ...(readsThrough !== null && { url: `${tx.config.publicOrigin}/my` }),
    },
  });
}

/** Queues the security notice that somebody else set the password of an ID. */
export async function announceNewPassword(
  tx: InTransaction<Deps>,
  actor: Actor,
  identity: Identity,
): Promise<void> {
  const mailbox = await findHolderMailbox(tx, identity);
  if (!mailbox) return;
  await queueMail(tx, {
    kind: 'password-changed',
    ...mailbox,
    dedupeKey: `password-changed:${identity.id}:${tx.ids.next()}`,
    facts: {
      ...factsOf(tx, identity),
      changedAt: tx.clock.now(),
      changedBy: byWhom(actor),
      address: null,
      userAgent: null,
    },
  });
}

const byWhom = (actor: Actor) => (actor.kind === 'subscriber' ? 'holder' : 'support');

const factsOf = ({ config }: Deps, { issuedId }: Identity) => ({
  issuedId: formatIssuedId(issuedId),
  url: `${config.publicOrigin}/my/people`,
});
