import { isCaseNumber } from '../cases/case.rules.ts';
import { normaliseMessage } from '../shared/message-text.rules.ts';
import { READABLE_LINES } from '../shared/readable-text.rules.ts';

/** What is not seen, or disguises what is: removed, because nobody is there who could write it again. */
const REMOVED =
  /[^\P{Cc}\n]|[\p{Cs}\p{Co}\p{Noncharacter_Code_Point}\p{Bidi_Control}\u180e\u200b\u2060-\u206f\ufeff\ufff9-\ufffd\u{e0000}-\u{e01ef}]|\p{Variation_Selector}/gu;

const readable = new RegExp(READABLE_LINES, 'u');

/** A subject or the name of a file on one line, of so many characters. */
export function readableLine(text: string, maxLength: number): string {
  const line = text.replaceAll(/\s+/g, ' ').replaceAll(REMOVED, '').trim();
  return cut(line, maxLength);
}

/** The line before quoted text, as mail programs write it. */
const QUOTE_HEAD =
  /^(?:On .{5,200} wrote:|.{5,200}(?:のメッセージ|書きました)[：:]?|-{3,}\s*(?:Original Message|元のメッセージ|Forwarded message).*)$/i;

/** Characters of a mail that are read: its words are at its beginning. */
const MAX_READ = 200_000;

/**
 * What the sender wrote: without the mail that is answered, which stands there already, and of at most so many characters. A mail
 * without words becomes `…`.
 */
export function ownWords(text: string, maxLength: number): string {
  const lines = normaliseMessage(text.slice(0, MAX_READ)).replaceAll(REMOVED, '').split('\n');
  const head = lines.findIndex((line) => QUOTE_HEAD.test(line.trim()));
  const before = head === -1 ? lines : lines.slice(0, head);
  const own = normaliseMessage(before.filter((line) => !/^\s*[>＞]/.test(line)).join('\n'));
  const words = cut(own, maxLength);
  return readable.test(words) ? words : '…';
}

function cut(text: string, maxLength: number): string {
  const characters = Array.from(text);
  return text.length <= maxLength
    ? text
    : `${characters
        .slice(0, maxLength - 1)
        .join('')
        .slice(0, maxLength - 1)
        .trimEnd()
        .replace(/[\ud800-\udbff]$/u, '')}…`;
}

/** The case that a subject names: `Re: … （受付番号 C-2026-000123）`, in any width and case. */
export function readCaseNumber(subject: string): string | undefined {
  const found = /C-\d{4}-\d{6}(?!\d)/i.exec(subject.normalize('NFKC'))?.[0].toUpperCase();
  return found !== undefined && isCaseNumber(found) ? found : undefined;
}

/** Whether a program sent a mail (RFC 3834 §5, RFC 3464): nobody waits for an answer, and answering could go on for ever. */
export function isAutomatic(headers: ReadonlyMap<string, string>): boolean {
  const auto = headers.get('auto-submitted')?.trim().toLowerCase();
  if (auto !== undefined && auto !== 'no') return true;
  if (/^(?:bulk|list|junk)/i.test(headers.get('precedence')?.trim() ?? '')) return true;
  if (headers.get('return-path')?.trim() === '<>' || headers.has('x-autoreply')) return true;
  return /^multipart\/report/i.test(headers.get('content-type') ?? '') || headers.has('list-id');
}
