/** Letters that every bank of the area accepts (EPC217-08), beside ASCII ones those of its languages in Latin-1. */
const ALLOWED = /^[A-Za-z0-9À-ÖØ-öø-ÿ/?:().,'+ -]$/;

/** Signs that word processors put for those of a keyboard. */
const PLAIN: Readonly<Record<string, string>> = {
  '’': "'",
  '‘': "'",
  '‐': '-',
  '‑': '-',
  '–': '-',
  '—': '-',
  '\u00a0': ' ',
};

/** What is wrong with a text: worded to follow the name of the field, and for pages its kind with what that is about. */
export interface SepaTextFault {
  readonly fault: string;
  readonly kind: 'empty' | 'letter' | 'length';
  readonly facts: Readonly<Record<string, string | number>>;
}

export type SepaText = { readonly text: string } | SepaTextFault;

/**
 * A name or a remittance as a euro transfer carries it: trimmed, with plain apostrophes and hyphens. Returns the fault, worded to
 * follow the name of the field, for a text that is empty, too long, or has a letter that banks refuse.
 */
export function toSepaText(entered: string, maxLength: number): SepaText {
  const text = Array.from(entered.normalize('NFC'), (letter) => PLAIN[letter] ?? letter)
    .join('')
    .trim();
  if (text === '') return { fault: 'is empty', kind: 'empty', facts: {} };
  const odd = Array.from(text).find((letter) => !ALLOWED.test(letter));
  if (odd !== undefined) return describeOdd(odd);
  if (text.length > maxLength) {
    const fault = `has ${text.length} characters, and not 1 to ${maxLength}`;
    return { fault, kind: 'length', facts: { max: maxLength } };
  }
  return { text };
}

function describeOdd(odd: string): SepaTextFault {
  const letter = /\p{C}|\p{M}/u.test(odd)
    ? `U+${(odd.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
    : odd;
  const instead = odd === '&' ? 'write + or the word' : 'write it with Latin letters';
  const fault = `has ${letter}, which a euro transfer cannot carry: ${instead}`;
  return { fault, kind: 'letter', facts: { letter } };
}
