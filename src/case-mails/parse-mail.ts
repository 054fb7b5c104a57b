import { createHash } from 'node:crypto';
import PostalMime, { type Email } from 'postal-mime';
import { readMailAddress } from '../shared/mail-address.rules.ts';
import { MAX_MESSAGE } from '../shared/message-text.rules.ts';
import { wordsOfHtml } from './html-words.rules.ts';
import { isAutomatic, ownWords, readCaseNumber, readableLine } from './mail-text.rules.ts';

/** A mail to the support centre, as far as it is used. */
export interface ParsedMail {
  /** SHA-256 of its Message-ID, or of all of it when it has none: the same mail twice has the same. */
  readonly messageHash: string;
  /** Undefined when the sender is no address. */
  readonly from: string | undefined;
  readonly subject: string;
  /** Plain text; of a mail in HTML alone its words. */
  readonly text: string;
  /** Names of what was attached. */
  readonly attachments: readonly string[];
  /** The case that its subject names. */
  readonly caseNumber: string | undefined;
  /** A program has sent it: a notice of absence, a list, a mail that came back. */
  readonly isAutomatic: boolean;
}

const MAX_SUBJECT = 200;
const MAX_NAMES = 20;

/** Parses a mail (RFC 5322). HTML is never rendered, and attachments are not decoded. @throws Error for what is none. */
export async function parseMail(raw: Buffer): Promise<ParsedMail> {
  const mail = await PostalMime.parse(raw, { maxNestingDepth: 20, maxHeadersSize: 256 * 1_024 });
  const subject = readableLine(mail.subject ?? '', MAX_SUBJECT);
  const sender = mail.from && 'address' in mail.from ? mail.from.address : undefined;
  return {
    messageHash: hashOf(mail, raw),
    from: sender === undefined ? undefined : readMailAddress(sender),
    subject,
    text: ownWords(mail.text ?? wordsOfHtml(mail.html ?? ''), MAX_MESSAGE),
    attachments: mail.attachments
      .slice(0, MAX_NAMES)
      .map(({ filename, mimeType }) => readableLine(filename ?? mimeType, 45) || '?'),
    caseNumber: readCaseNumber(subject),
    isAutomatic: isAutomatic(new Map(mail.headers.map(({ key, value }) => [key.toLowerCase(), value]))),
  };
}

function hashOf({ messageId }: Email, raw: Buffer): string {
  return createHash('sha256')
    .update(messageId?.trim() || raw)
    .digest('hex');
}
