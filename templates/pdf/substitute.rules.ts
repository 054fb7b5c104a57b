/** A part of a text that one font draws. */
export interface TextPiece {
  readonly font: 'own' | 'emoji';
  /** The drawn text. */
  readonly text: string;
  /** The letter that a single glyph replaces, for copying and screen readers. */
  readonly meant?: string;
}

/** Whether the text font has all glyphs of a text, or the emoji font a single one for all of it. */
export interface Coverage {
  own(text: string): boolean;
  emoji(text: string): boolean;
}

/** The mark that Japanese typesetters set for a character they do not have (下駄). */
export const GETA = '〓';

const graphemes = new Intl.Segmenter('ja', { granularity: 'grapheme' });
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * Divides a text for which the font lacks glyphs, by user-perceived characters: what the font has, emoji from their own
 * font, and a geta for each character that neither has. Invisible marks without a glyph are omitted, and any blank replaces
 * another.
 */
export function substitute(text: string, covers: Coverage): TextPiece[] {
  const pieces: TextPiece[] = [];
  for (const { segment } of graphemes.segment(text)) {
    for (const piece of piecesOf(segment, covers)) {
      const last = pieces.at(-1);
      if (piece.meant === undefined && last && last.meant === undefined) {
        pieces[pieces.length - 1] = { font: 'own', text: last.text + piece.text };
      } else pieces.push(piece);
    }
  }
  return pieces;
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
  // A sequence of emoji without a glyph of its own is drawn as its members.
  const parts = Array.from(seen);
  if (parts.length > 1 && parts.some((part) => covers.emoji(part))) {
    return parts.flatMap((part) => piecesOf(part, covers));
  }
  return [{ font: 'own', text: GETA, meant: letter }];
}
