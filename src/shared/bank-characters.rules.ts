/**
 * Names in a bank file (domain.md section 6): JIS X 0201, one byte per character; a voicing mark is a byte of its own.
 * People enter a name as they write it; the file contains the converted one.
 */

/** Fields of a bank file: who is paid (and who pays), or a bank or a branch. */
export type BankField = 'payee' | 'bank';

/** Bytes of a field: C30 and C15. */
const FIELD_BYTES = { payee: 30, bank: 15 } as const satisfies Record<BankField, number>;

/** Half-width kana without ｦ and without small ones and ｰ, which become their large ones and `-`; ﾞ and ﾟ. */
const ALLOWED = {
  payee: /^[ｱ-ﾝﾞﾟA-Z0-9 ().-]$/u,
  bank: /^[ｱ-ﾝﾞﾟA-Z0-9-]$/u,
} as const satisfies Record<BankField, RegExp>;

const LARGE_KANA =
  'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン';
const HALF_WIDTH_KANA = 'ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝ';
/** Maps small kana to large ones, and old kana, which have no half-width form, to their reading. */
const FOLDED_FROM = 'ァィゥェォッャュョヮヵヶヰヱ';
const FOLDED_TO = 'アイウエオツヤユヨワカケイエ';
const DASHES = 'ー‐‑‒–—―−';

const ORPHANED_MARK = /(?<![ｱ-ﾝ])[ﾞﾟ]/;

/** The half-width form of each character of a normalised name. */
const HALF_WIDTH: ReadonlyMap<string, string> = new Map([
  ...pairs(LARGE_KANA, HALF_WIDTH_KANA),
  ...pairs(FOLDED_FROM, FOLDED_TO).map(([from, to]): [string, string] => [
    from,
    HALF_WIDTH_KANA.charAt(LARGE_KANA.indexOf(to)),
  ]),
  ...Array.from(DASHES).map((dash): [string, string] => [dash, '-']),
  // Voicing marks, as NFD separates them.
  ['\u3099', 'ﾞ'],
  ['\u309a', 'ﾟ'],
]);

/** Legal forms by their abbreviations: `ｶ)` before a name, `(ｶ` after it. After NFKC, so that ㈱ is `(株)`. */
const LEGAL_FORMS: readonly (readonly [form: string, short: string])[] = [
  ['株式会社', 'カ'],
  ['(株)', 'カ'],
  ['有限会社', 'ユ'],
  ['(有)', 'ユ'],
  ['合同会社', 'ド'],
  ['(同)', 'ド'],
  ['合名会社', 'メ'],
  ['(名)', 'メ'],
  ['合資会社', 'シ'],
  ['(資)', 'シ'],
];

export type BankCharacters = { readonly text: string } | { readonly fault: string };

/**
 * Converts a name for a field of a bank file: full-width kana, hiragana and letters to half width, small kana to large
 * ones, ー to `-`, and a payee's legal form to its abbreviation. A name longer than the field is cut to its bytes, as banks
 * cut it. Returns the fault, worded to follow the name of the field, for characters that cannot be written so, above
 * all kanji.
 */
export function toBankCharacters(
  name: string,
  field: BankField,
  bytes: number = FIELD_BYTES[field],
): BankCharacters {
  const normalised = combineMarks(name).normalize('NFKC').trim();
  const abbreviated = field === 'payee' ? abbreviateLegalForm(normalised) : normalised;
  const folded = toUpperKatakana(abbreviated).normalize('NFD');
  const letters = Array.from(folded).map((letter) => HALF_WIDTH.get(letter) ?? letter);
  const odd = letters.find((letter) => !ALLOWED[field].test(letter));
  if (odd !== undefined) return { fault: describeOdd(odd, field) };
  const text = letters.join('');
  if (text === '') return { fault: 'is empty' };
  if (ORPHANED_MARK.test(text)) return { fault: 'has a voicing mark that follows no kana' };
  return { text: cutToBytes(text, bytes) };
}

/** Cuts a converted name; a kana whose voicing mark would be cut off goes with it, for without it it is another kana. */
function cutToBytes(text: string, bytes: number): string {
  if (text.length <= bytes) return text;
  const isMarkCutOff = /[ﾞﾟ]/.test(text.charAt(bytes));
  return text.slice(0, isMarkCutOff ? bytes - 1 : bytes).trimEnd();
}

function describeOdd(letter: string, field: BankField): string {
  const shown = /\p{C}|\p{M}/u.test(letter)
    ? `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
    : letter;
  if (/\p{Script=Han}/u.test(letter)) return `has kanji (${shown}), a bank file takes kana`;
  const allowed =
    field === 'payee' ? 'kana without ヲ, A-Z, 0-9, space, ( ) - .' : 'kana without ヲ, A-Z, 0-9, -';
  return `has ${shown}, which a bank file cannot carry here: only ${allowed}`;
}

function abbreviateLegalForm(name: string): string {
  for (const [form, short] of LEGAL_FORMS) {
    if (name.startsWith(form) && name.length > form.length)
      return `${short})${name.slice(form.length).trim()}`;
    if (name.endsWith(form) && name.length > form.length)
      return `${name.slice(0, -form.length).trim()}(${short}`;
  }
  return name;
}

/** Combines voicing marks with their kana; alone they would become a blank and a mark. */
function combineMarks(text: string): string {
  return text.replaceAll('\u309b', '\u3099').replaceAll('\u309c', '\u309a');
}

/** Hiragana are 96 code points before their katakana. */
function toUpperKatakana(text: string): string {
  return text
    .replaceAll(/[\u3041-\u3096]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0x60))
    .replaceAll(/[a-z]/g, (letter) => letter.toUpperCase());
}

function pairs(from: string, to: string): [string, string][] {
  return Array.from(from).map((letter, index) => [letter, to.charAt(index)]);
}
