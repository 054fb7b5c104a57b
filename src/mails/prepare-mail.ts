import type { Deps } from '../deps.ts';
import { decodeFacts } from './mail-facts.rules.ts';
import type { OutgoingMail } from './mail-transport.ts';
import type { Mail } from './mail.entity.ts';
import { renderMail } from './render-mail.ts';
import { openSecrets } from './seal-secrets.ts';

/** Writes a mail of the outbox. @throws if its facts do not fit its kind any more, or TABANE_SECRET has changed. */
export function prepareMail({ config }: Pick<Deps, 'config'>, mail: Mail): OutgoingMail {
  const {
    id,
    kind,
    language,
    toAddress,
    toName = null,
    replyTo = null,
    queuedAt,
    facts: plain,
    secrets,
  } = mail;
  const secret = secrets ? openSecrets(config, id, secrets) : {};
  const facts = decodeFacts(kind, { plain, secret });
  const { from, fromName, fromNameEn } = config.mail;
  return {
    id,
    from: { name: language === 'ja' ? fromName : fromNameEn, address: from },
    to: toAddress,
    replyTo,
    language,
    date: queuedAt,
    ...renderMail(config, { kind, language, toName, replyTo, facts }),
  };
}
