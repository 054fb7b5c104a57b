/** A part of a text that one font draws. */
export interface TextPiece {
  readonly font: 'own' | 'emoji';
  /** What is drawn. */
  readonly text: string;
  /** Of a single glyph that stands in for a letter: that letter, as it is copied and read out. */
  readonly meant?: string;
}

/** Whether the own font has a glyph for everything in a text, and that of emoji a single one for all of it. */
export interface Coverage {
  own(text: string): boolean;
  emoji(text: string): boolean;
}

/** The mark that Japanese typesetters set for a character they do not have (下駄). */
export const GETA = '〓';

const graphemes = new Intl.Segmenter('ja', { granularity: 'grapheme' });
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * Divides a text of which its own font lacks something, letter by letter as a reader counts them: what the font
 * has, emoji from their own font, and a geta for each letter that neither has. Marks that are not seen are left out
 * where the font has none for them, and any blank will do for another.
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
  // A sequence of emoji that the font does not know as one is what it is made of.
  const parts = Array.from(seen);
  if (parts.length > 1 && parts.some((part) => covers.emoji(part))) {
    return parts.flatMap((part) => piecesOf(part, covers));
  }
  return [{ font: 'own', text: GETA, meant: letter }];
}
