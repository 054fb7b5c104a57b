/** Width of a text in points, in the style it will be drawn in. */
export type Measure = (text: string) => number;

const words = new Intl.Segmenter('ja', { granularity: 'word' });
const graphemes = new Intl.Segmenter('ja', { granularity: 'grapheme' });
const NEVER_FIRST =
  /^[　、。，．・：；？！）」』】〕》”’ー々〜～…%％,.!?:;)\]}ぁぃぅぇぉっゃゅょァィゥェォッャュョ]/u;
const NEVER_LAST = /[　（「『【〔《“‘([{¥￥]$/u;

/**
 * Breaks a text into as many lines no wider than `width` as it needs, between words, with the Japanese rules for
 * characters that must not begin or end a line; an ideographic space holds its neighbours together. A word wider
 * than the line is broken where the line ends. Nothing is left out but the blanks at a break.
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

/** Words with the punctuation that has to stay with them; a word wider than a line falls into letters first. */
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
  // A line full of punctuation has to be broken nevertheless.
  return pieces.flatMap(fallApart);
}

function splitGraphemes(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}
