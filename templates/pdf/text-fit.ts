/** Width of a text in points, in the style it will be drawn in. */
export type Measure = (text: string) => number;

const words = new Intl.Segmenter('ja', { granularity: 'word' });
const graphemes = new Intl.Segmenter('ja', { granularity: 'grapheme' });
const NEVER_FIRST =
  /^[　、。，．・：；？！）」』】〕》”’ー々〜～…%％,.!?:;)\]}ぁぃぅぇぉっゃゅょァィゥェォッャュョ]/u;
const NEVER_LAST = /[　（「『【〔《“‘([{¥￥]$/u;

/** The text, or as much of its beginning as fits with an ellipsis. */
export function fitText(text: string, width: number, measure: Measure): string {
  if (measure(text) <= width) return text;
  const letters = splitGraphemes(text);
  let low = 0;
  let high = letters.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(`${letters.slice(0, middle).join('')}…`) <= width) low = middle;
    else high = middle - 1;
  }
  return `${letters.slice(0, low).join('').trimEnd()}…`;
}

/**
 * Breaks a text into lines no wider than `width`, between words, with the Japanese rules for characters
 * that must not begin or end a line; an ideographic space holds its neighbours together. A word wider than the line is broken where the line ends. With
 * `maxLines`, the last line takes an ellipsis for what is left over.
 */
export function wrapText(text: string, width: number, measure: Measure, maxLines = Infinity): string[] {
  if (measure(text) <= width) return [text];
  const lines: string[] = [];
  const pieces = splitPieces(text, width, measure);
  let line = '';
  for (const [index, piece] of pieces.entries()) {
    if (line === '' || measure((line + piece).trimEnd()) <= width) line += piece;
    else if (lines.length + 1 === maxLines) {
      return [...lines, fitText(line + pieces.slice(index).join(''), width, measure)];
    } else {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    }
  }
  return line === '' ? lines : [...lines, line.trimEnd()];
}

/** Words with the punctuation that has to stay with them; what is wider than a line falls into letters. */
function splitPieces(text: string, width: number, measure: Measure): string[] {
  const pieces: string[] = [];
  for (const { segment } of words.segment(text)) {
    const last = pieces.at(-1);
    if (last !== undefined && (NEVER_FIRST.test(segment) || NEVER_LAST.test(last))) {
      pieces[pieces.length - 1] = last + segment;
    } else pieces.push(segment);
  }
  return pieces.flatMap((piece) => (measure(piece) > width ? splitGraphemes(piece) : [piece]));
}

function splitGraphemes(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}
