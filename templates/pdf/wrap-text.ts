/** Width of a text in points, in the style in which it is drawn. */
export type Measure = (text: string) => number;

const words = new Intl.Segmenter('ja', { granularity: 'word' });
const graphemes = new Intl.Segmenter('ja', { granularity: 'grapheme' });
const NEVER_FIRST =
  /^[　、。，．・：；？！）」』】〕》”’ー々〜～…%％,.!?:;)\]}ぁぃぅぇぉっゃゅょァィゥェォッャュョ]/u;
const NEVER_LAST = /[　（「『【〔《“‘([{¥￥]$/u;

/**
 * Breaks a text into lines no wider than `width`, between words, with the Japanese rules for
 * characters that must not begin or end a line; there is no break at an ideographic space. A word wider than
 * the line is broken at the end of the line. Only the blanks at a break are removed.
 */
export function wrapText(text: string, width: number, measure: Measure): string[] {
  if (measure(text) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  for (const piece of splitPieces(text, width, measure)) {
    if (line === '' || measure((line + piece).trimEnd()) <= width) line += piece;
    else {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    }
  }
  return line === '' ? lines : [...lines, line.trimEnd()];
}

/** Words with the punctuation that must stay with them; a word wider than a line is divided into letters first. */
function splitPieces(text: string, width: number, measure: Measure): string[] {
  const fallApart = (part: string) => (measure(part) > width ? splitGraphemes(part) : [part]);
  const pieces: string[] = [];
  for (const { segment } of words.segment(text)) {
    for (const part of fallApart(segment)) {
      const last = pieces.at(-1);
      if (last !== undefined && (NEVER_FIRST.test(part) || NEVER_LAST.test(last))) {
        pieces[pieces.length - 1] = last + part;
      } else pieces.push(part);
    }
  }
  // A line of punctuation only must still be broken.
  return pieces.flatMap(fallApart);
}

function splitGraphemes(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}
