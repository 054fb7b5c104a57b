import type { FurtherFont } from './font-source.ts';

/** A part of a text that one font draws. */
export interface TextPiece {
  readonly font: PieceFont;
  /** The drawn text. */
  readonly text: string;
  /** The letter that a single glyph replaces, for copying and screen readers. */
  readonly meant?: string;
}

/** The font of the text itself, one that helps out with letters of other scripts, or that of emoji. */
export type PieceFont = 'own' | FurtherFont | 'emoji';

/** Whether the text font has all glyphs of a text, which other font has them, and whether that of emoji has a single one for all of it. */
export interface Coverage {
  own(text: string): boolean;
  further(text: string): FurtherFont | undefined;
  emoji(text: string): boolean;
}

/** The mark that Japanese typesetters set for a character they do not have (下駄). */
export const GETA = '〓';

const graphemes = new Intl.Segmenter('ja', { granularity: 'grapheme' });
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;

/** Words of alphabets: a word is in one font, so that its letters match. */
const WORDS =
  /([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}][\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\u{300}-\u{36f}]*)/u;

/**
 * Divides a text for which the font lacks glyphs, by user-perceived characters: what the font has, words and characters that another
 * font has, emoji from their own font, and a geta for each character that none has. Invisible marks without a glyph are omitted,
 * and any blank replaces another.
 */
export function substitute(text: string, covers: Coverage): TextPiece[] {
  const pieces: TextPiece[] = [];
  for (const part of text.split(WORDS)) {
    for (const piece of piecesOfPart(part, covers)) {
      const last = pieces.at(-1);
      if (piece.meant === undefined && last?.font === piece.font && last.meant === undefined) {
        pieces[pieces.length - 1] = { font: piece.font, text: last.text + piece.text };
      } else pieces.push(piece);
    }
  }
  return pieces;
}

function piecesOfPart(part: string, covers: Coverage): TextPiece[] {
  if (WORDS.test(part)) {
    const word = part.normalize('NFC').replace(UNSEEN, '');
    const font = covers.own(word) ? 'own' : covers.further(word);
    if (font) return [{ font, text: word }];
  }
  return Array.from(graphemes.segment(part)).flatMap(({ segment }) => piecesOf(segment, covers));
}

function piecesOf(letter: string, covers: Coverage): TextPiece[] {
  if (covers.own(letter)) return [{ font: 'own', text: letter }];
  const seen = letter.replace(UNSEEN, '');
  if (seen === '') return [];
  if (covers.own(seen)) return [{ font: 'own', text: seen }];
  if (seen.trim() === '') return [{ font: 'own', text: ' ' }];
  for (const text of [letter, seen]) {
    if (covers.emoji(text)) return [{ font: 'emoji', text, meant: letter }];
  }
  const further = covers.further(seen);
  if (further) return [{ font: further, text: seen }];
  // A sequence of emoji without a glyph of its own is drawn as its members.
  const parts = Array.from(seen);
  if (parts.length > 1 && parts.some((part) => covers.emoji(part))) {
    return parts.flatMap((part) => piecesOf(part, covers));
  }
  return [{ font: 'own', text: GETA, meant: letter }];
}
