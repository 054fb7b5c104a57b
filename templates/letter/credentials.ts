import type { Canvas } from '../pdf/canvas.ts';
import { frame } from '../pdf/page-frame.ts';
import { palette, textStyles } from '../pdf/palette.ts';
import type { CredentialLetter } from './letter.types.ts';
import { shapes, type LetterText } from './wording.ts';

const HEIGHT = 104;
const LABEL_X = frame.left + 18;
const VALUE_X = frame.left + 148;

/**
 * The panel with the ID and the password, in a typeface that gives each character a shape of its own, and below it how those look
 * that are easily confused. Returns where it ends.
 */
export function drawCredentials(
  canvas: Canvas,
  top: number,
  { letter, text }: { readonly letter: CredentialLetter; readonly text: LetterText },
): number {
  canvas.artifact('Layout', () => {
    canvas.fillBox({ x: frame.left, y: top, width: frame.width, height: HEIGHT }, palette.tint);
    canvas.fillBox({ x: frame.left, y: top, width: 3, height: HEIGHT }, palette.navy);
  });
  const rows = [
    { label: text.personLabel, value: text.person, baseline: top + 22 },
    { label: text.issuedId, value: letter.issuedId, baseline: top + 54 },
    { label: text.password, value: letter.password, baseline: top + 86 },
  ];
  for (const [index, { label, value, baseline }] of rows.entries()) {
    canvas.tag('P', () => {
      canvas.text(label, { x: LABEL_X, baseline }, index === 0 ? textStyles.body : textStyles.section);
      canvas.text(value, { x: VALUE_X, baseline }, index === 0 ? textStyles.body : textStyles.code);
    });
  }
  return drawShapes(canvas, top + HEIGHT + 17, { letter, text });
}

function drawShapes(
  canvas: Canvas,
  baseline: number,
  { letter, text }: { readonly letter: CredentialLetter; readonly text: LetterText },
): number {
  canvas.tag('P', () => canvas.text(text.shapes, { x: frame.left, baseline }, textStyles.note));
  canvas.tag('P', () => {
    let x: number = frame.left;
    for (const [character, name] of shapes[letter.language]) {
      canvas.text(character, { x, baseline: baseline + 17 }, textStyles.codeSample);
      canvas.text(name, { x: x + 13, baseline: baseline + 17 }, textStyles.note);
      x += 13 + canvas.measure(name, textStyles.note) + 20;
    }
  });
  return baseline + 17;
}
