import assert from 'node:assert/strict';
import { mailKinds, type MailFacts, type MailKindName } from '../../templates/mails/mail-kinds.ts';
import { emOf } from '../../src/database/transaction.ts';
import type { Deps } from '../../src/deps.ts';
import { MailSchema, type Mail } from '../../src/mails/mail.entity.ts';
import { decodeFacts, hasSecrets } from '../../src/mails/mail-facts.rules.ts';
import { renderMail, type RenderedMail } from '../../src/mails/render-mail.ts';
import { openSecrets } from '../../src/mails/seal-secrets.ts';

/** A mail of the outbox with its facts; those of a secret are there until it is sent. */
export type QueuedMail = {
  readonly [Kind in MailKindName]: Pick<
    Mail,
    'id' | 'toAddress' | 'toName' | 'replyTo' | 'language' | 'subscriberId' | 'accountId' | 'state'
  > & { readonly kind: Kind; readonly facts: MailFacts<Kind> };
}[MailKindName];

/** All mails that were queued, in the order they were queued in, whether or not they are sent. */
export async function readMails(deps: Deps): Promise<QueuedMail[]> {
  const mails = await emOf(deps)
    .fork()
    .find(MailSchema, {}, { orderBy: { id: 'asc' } });
  return mails.map((mail) => ({ ...mail, facts: factsOf(deps, mail) }) as QueuedMail);
}

/** The mails of one kind. */
export async function readMailsOf<Kind extends MailKindName>(
  deps: Deps,
  kind: Kind,
): Promise<Extract<QueuedMail, { kind: Kind }>[]> {
  assert.ok(kind in mailKinds);
  const mails = await readMails(deps);
  return mails.filter((mail): mail is Extract<QueuedMail, { kind: Kind }> => mail.kind === kind);
}

/** What the reader of a mail gets: subject, text and HTML. */
export function renderQueued({ config }: Deps, mail: QueuedMail): RenderedMail {
  const { kind, language, toName = null, replyTo = null, facts } = mail;
  return renderMail(config, { kind, language, toName, replyTo, facts });
}

function factsOf({ config }: Deps, { id, kind, facts, secrets }: Mail): object {
  if (!secrets && hasSecrets(kind)) return facts;
  return decodeFacts(kind, {
    plain: facts,
    secret: secrets ? openSecrets(config, id, secrets) : {},
  });
}
