import type { Writable } from 'node:stream';
import { addressee } from '../pdf/addressee.rules.ts';
import type { Canvas } from '../pdf/canvas.ts';
import { writeDate } from '../pdf/document-format.ts';
import { drawParagraph } from '../pdf/label.ts';
import { frame } from '../pdf/page-frame.ts';
import { palette, textStyles } from '../pdf/palette.ts';
import { renderDocument } from '../pdf/render-document.ts';
import { drawCredentials } from './credentials.ts';
import type { CredentialLetter } from './letter.types.ts';
import { texts, type LetterText } from './wording.ts';

const MM = 72 / 25.4;
/** What shows through the window of a DL envelope: 20 mm from the left, 45 mm from the top, 90 × 45 mm. */
const WINDOW = { left: 20 * MM, top: 45 * MM, width: 90 * MM, height: 45 * MM } as const;
/** An A4 page is folded twice, so that the window is on its first part. */
const FOLDS = [105 * MM, 210 * MM] as const;
const STEP_INDENT = 16;

/**
 * Writes a letter with a new issued ID and its first password as a PDF of one page for an envelope with a window, and ends the
 * output. The password is in the page only, not in the file's title or other data about it.
 * @throws Error when the output breaks.
 */
export async function renderLetter(letter: CredentialLetter, output: Writable): Promise<{ pages: number }> {
  const { title } = texts[letter.language](letter);
  const card = {
    language: letter.language,
    title,
    author: letter.carrier.name,
    subject: title,
    keywords: '',
    createdAt: new Date(`${letter.date}T00:00:00Z`),
  };
  return await renderDocument(card, output, (canvas) => drawLetter(letter, canvas));
}

function drawLetter(letter: CredentialLetter, canvas: Canvas): number {
  const text = texts[letter.language](letter);
  canvas.beginPage();
  drawFoldMarks(canvas);
  drawWindow(canvas, letter);
  drawSender(canvas, letter);
  let y = drawOpening(canvas, text);
  y = drawCredentials(canvas, y + 6, { letter, text });
  y = drawList(canvas, y + 32, { title: text.stepsTitle, items: text.steps, isNumbered: true });
  y = drawList(canvas, y + 16, { title: text.careTitle, items: text.care, isNumbered: false });
  drawContact(canvas, y + 8, { letter, text });
  canvas.finish();
  return canvas.pageCount;
}

function drawFoldMarks(canvas: Canvas): void {
  canvas.artifact('Layout', () => {
    for (const y of FOLDS) canvas.rule({ x: 12, y }, 12, { color: palette.faint, thickness: 0.5 });
  });
}

/** The sender small on one line, below it the address as Japanese letters have it: from the postal code to the name. */
function drawWindow(canvas: Canvas, { recipient, carrier, language }: CredentialLetter): void {
  const { left, top, width } = WINDOW;
  const inset = { x: left + 4, width: width - 8 };
  canvas.tag('P', () => {
    const sender = canvas.wrap(`${carrier.name}　${carrier.address}`, inset.width, textStyles.sublabel);
    canvas.text(sender[0] ?? '', { x: inset.x, baseline: top + 8 }, textStyles.sublabel);
  });
  const postalCode = recipient.postalCode === '' ? '' : `〒${recipient.postalCode}`;
  let baseline = top + 28;
  for (const line of [postalCode, recipient.address, recipient.building].filter((one) => one !== '')) {
    canvas.tag('P', () => {
      const at = { ...inset, baseline, style: textStyles.address, leading: 13 };
      baseline = drawParagraph(canvas, line, at);
    });
  }
  canvas.tag('P', () => {
    const name = addressee(recipient.name, language);
    const fits = canvas.measure(name, textStyles.recipient) <= inset.width;
    const style = fits ? textStyles.recipient : textStyles.party;
    drawParagraph(canvas, name, { ...inset, baseline: baseline + 8, style, leading: 14 });
  });
}

function drawSender(canvas: Canvas, { carrier, date, language }: CredentialLetter): void {
  const x = WINDOW.left + WINDOW.width + 24;
  const place = { x, width: frame.right - x };
  let baseline = WINDOW.top + 8;
  const lines = [
    { text: writeDate(date, language), style: textStyles.small, leading: 22 },
    { text: carrier.name, style: textStyles.party, leading: 14 },
    { text: carrier.address, style: textStyles.small, leading: 11.5 },
  ];
  for (const { text, style, leading } of lines) {
    canvas.tag('P', () => (baseline = drawParagraph(canvas, text, { ...place, baseline, style, leading })));
  }
}

function drawOpening(canvas: Canvas, { title, salutation, lead }: LetterText): number {
  const top = FOLDS[0] + 22;
  canvas.tag('H1', () => canvas.text(title, { x: frame.left, baseline: top }, textStyles.title));
  let baseline = top + 26;
  for (const text of [salutation, lead]) {
    canvas.tag('P', () => {
      const at = { x: frame.left, width: frame.width, baseline, style: textStyles.letter, leading: 16 };
      baseline = drawParagraph(canvas, text, at);
    });
  }
  return baseline - 8;
}

function drawList(
  canvas: Canvas,
  top: number,
  list: { readonly title: string; readonly items: readonly string[]; readonly isNumbered: boolean },
): number {
  canvas.tag('H2', () => canvas.text(list.title, { x: frame.left, baseline: top }, textStyles.section));
  let baseline = top + 17;
  for (const [index, item] of list.items.entries()) {
    const mark = list.isNumbered ? `${index + 1}.` : '・';
    canvas.tag('P', () => {
      const style = textStyles.letter;
      canvas.text(mark, { x: frame.left + (list.isNumbered ? 2 : 0), baseline }, style);
      const width = frame.width - STEP_INDENT;
      const at = { x: frame.left + STEP_INDENT, width, baseline, style, leading: 15 };
      baseline = drawParagraph(canvas, item, at);
    });
  }
  return baseline;
}

function drawContact(
  canvas: Canvas,
  top: number,
  { letter, text }: { readonly letter: CredentialLetter; readonly text: LetterText },
): void {
  const look = { color: palette.navy, thickness: 0.8 };
  canvas.artifact('Layout', () => canvas.rule({ x: frame.left, y: top }, frame.width, look));
  canvas.tag('P', () => {
    canvas.text(text.contactTitle, { x: frame.left, baseline: top + 17 }, textStyles.section);
    const x = frame.left + 92;
    const at = { x, width: frame.right - x, baseline: top + 17, style: textStyles.strong, leading: 13 };
    drawParagraph(canvas, letter.carrier.contact, at);
  });
}
