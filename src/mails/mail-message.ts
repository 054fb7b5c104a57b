import { readMailAddress } from '../shared/mail-address.rules.ts';
import type { OutgoingMail } from './mail-transport.ts';

/**
 * A mail as nodemailer takes it. Addresses are objects: nothing is parsed out of a text, so a name cannot add a recipient.
 * @throws what counts as a refused mail, for an address that is none: the outbox has none, and nodemailer would mend it.
 */
export function toMessage({
  id,
  from,
  to,
  replyTo,
  language,
  date,
  subject,
  text,
  html,
  attachments,
}: OutgoingMail) {
  for (const address of [from.address, to, ...(replyTo === null ? [] : [replyTo])]) assertAddress(address);
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  return {
    from,
    to: { name: '', address: to },
    ...(replyTo !== null && { replyTo: { name: '', address: replyTo } }),
    // Where bounces go.
    envelope: { from: from.address, to: [to] },
    messageId: `<${id}@${domain}>`,
    date,
    subject,
    text,
    html,
    ...(attachments && { attachments: [...attachments] }),
    headers: {
      // RFC 3834: no out-of-office reply to a program.
      'Auto-Submitted': 'auto-generated',
      'Content-Language': language,
    },
    // Japanese in base64 survives servers that rewrite quoted-printable lines, and is shorter.
    textEncoding: 'base64' as const,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function assertAddress(address: string): void {
  if (readMailAddress(address) !== address)
    throw Object.assign(new Error('not a mail address'), { code: 'EENVELOPE' });
}
