import { READABLE_LINES } from './readable-text.rules.ts';

/** Characters of a message of a person to another. */
export const MAX_MESSAGE = 2_000;

/** The schema of a message, after `normaliseMessage`. */
export const messageText = {
  type: 'string',
  minLength: 1,
  maxLength: MAX_MESSAGE,
  pattern: READABLE_LINES,
  mustBe: `1 to ${MAX_MESSAGE} characters of plain text`,
} as const;

/** The same where a message may be missing. */
export const optionalMessageText = { ...messageText, type: ['string', 'null'] } as const;

/** The blanks at the end of a line. A match begins only where a run of blanks does: a long run without an end of line is read once. */
const BLANKS_AT_END = /(?<![^\S\n])[^\S\n]+\n/g;

/** Every way to end a line: CR LF, CR, vertical tab, form feed, NEL, and the separators of lines and paragraphs of Unicode. */
const LINE_END = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;

/**
 * A message as it is stored, shown and mailed: lines end with a line feed and nothing else, tabs are blanks, no blanks at ends,
 * at most one empty line in a row. It takes time in proportion to the length. Texts that people paste have all of these; the schema refuses what else cannot be seen.
 */
export function normaliseMessage(text: string): string {
  return text
    .replaceAll(LINE_END, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(BLANKS_AT_END, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}
