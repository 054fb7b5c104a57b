/** Characters without a visible form although Unicode counts them among letters and symbols; U+FFFC represents an absent object. */
const BLANK = '\\p{Default_Ignorable_Code_Point}\\u2800\\ufffc';

/** A visible letter, digit, sign or symbol anywhere in the text. */
const SEEN = `(?=[^]*(?![${BLANK}])[\\p{L}\\p{N}\\p{P}\\p{S}])`;

/**
 * Characters refused in every text: control characters, surrogates, private and unassigned ones, replacement characters
 * (U+FFFD), line separators, marks that change the direction of writing, and invisible ones. Joiners and variation
 * selectors are allowed: emoji and names need them.
 */
const REFUSED =
  '\\p{Cc}\\p{Cs}\\p{Co}\\p{Noncharacter_Code_Point}\\p{Zl}\\p{Zp}\\p{Bidi_Control}\\u180e\\u200b\\u2060-\\u206f' +
  '\\ufeff\\ufff9-\\ufffd\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e007f}';

/** The flag of a region: a black flag, its letters as tags, and an end tag. */
const FLAG_OF_TAGS = '\\u{1f3f4}[\\u{e0030}-\\u{e0039}\\u{e0061}-\\u{e007a}]{3,6}\\u{e007f}';

/** A selector chooses among the shapes of one character; a sequence of them is hidden data. */
const SELECTOR = '[\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}]';

/**
 * The one rule for texts that people read, as a pattern of JSON Schema (with the flag `u`): names, descriptions, labels and
 * references of any source. A description must not disguise itself on the confirmation page, and a name must be visible,
 * without blanks at its edges.
 */
export const READABLE = `^(?!\\s)(?![^]*${SELECTOR}${SELECTOR})${SEEN}(?:${FLAG_OF_TAGS}|[^${REFUSED}])*(?<!\\s)$`;

/** The same for a text of several lines, which end with a line feed. */
export const READABLE_LINES = `^(?!\\s)(?![^]*${SELECTOR}${SELECTOR})${SEEN}(?:\\n|${FLAG_OF_TAGS}|[^${REFUSED}])*(?<!\\s)$`;

/** The schema of a text that people read, of at most `maxLength` characters. */
export function readableText(maxLength: number) {
  return {
    type: 'string',
    minLength: 1,
    maxLength,
    pattern: READABLE,
    mustBe: `1 to ${maxLength} characters, without line breaks, invisible characters, and blanks at either end`,
  } as const;
}

const readable = new RegExp(READABLE, 'u');

/** Matches most names and descriptions in a fraction of the time: a line master has millions. */
const ORDINARY =
  /^[!-~\u3041-\u3096\u30a1-\u30fe\u4e00-\u9fff](?:[ \u3000]?[!-~\u3041-\u3096\u30a1-\u30fe\u4e00-\u9fff])*$/;

export function isReadableText(text: string): boolean {
  return ORDINARY.test(text) || readable.test(text);
}

/** The same where the text may be missing. */
export function optionalReadableText(maxLength: number) {
  return { ...readableText(maxLength), type: ['string', 'null'] } as const;
}
