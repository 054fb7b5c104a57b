import type { Canvas } from './canvas.ts';
import { drawLabel, drawParagraph, type Label } from './label.ts';
import { frame } from './page-frame.ts';
import { palette, textStyles } from './palette.ts';

/** Where the right column of a heading begins. */
export const META_X = 354;
const LEADING = 11.5;
const META_LEADING = 12.8;

/** A label and its value. */
export interface Fact {
  readonly label: Label;
  readonly text: string;
}

/** The bar across the page with the title below it, and on the right the facts that identify the document. */
export function drawTitle(
  canvas: Canvas,
  top: number,
  { title, facts }: { readonly title: Label; readonly facts: readonly Fact[] },
): void {
  canvas.artifact('Layout', () => {
    canvas.fillBox({ x: frame.left, y: top, width: frame.width, height: 3 }, palette.navy);
  });
  canvas.tag('H1', () => {
    canvas.text(title.ja, { x: frame.left, baseline: top + 33 }, textStyles.title);
    canvas.text(title.en, { x: frame.left, baseline: top + 46 }, textStyles.note);
  });
  let baseline = top + 22;
  for (const { label, text } of facts) {
    canvas.tag('P', () => {
      drawLabel(canvas, { x: META_X, baseline }, label, textStyles.small);
      canvas.text(text, { x: frame.right, baseline, align: 'right' }, textStyles.small);
    });
    baseline += META_LEADING;
  }
}

/** Who sends the document: the name, and small lines below it. Returns the next baseline. */
export function drawSender(
  canvas: Canvas,
  top: number,
  { name, lines }: { readonly name: string; readonly lines: readonly string[] },
): number {
  const place = { x: META_X, width: frame.right - META_X };
  let baseline = top + 9;
  canvas.tag('P', () => {
    baseline = drawParagraph(canvas, name, { ...place, baseline, style: textStyles.party, leading: 14 });
  });
  for (const line of lines.filter((text) => text !== '')) {
    canvas.tag('P', () => {
      const at = { ...place, baseline, style: textStyles.small, leading: LEADING };
      baseline = drawParagraph(canvas, line, at);
    });
  }
  return baseline;
}

const ADDRESSEE_WIDTH = META_X - frame.left - 24;

export interface Addressee {
  readonly postalCode: string;
  readonly address: string;
  /** With 様 or 御中 where the language has them. */
  readonly name: string;
  readonly below: string;
}

/** To whom the document is sent: the address if it is known, and the name large, or smaller when it is long. Returns the next baseline. */
export function drawAddressee(canvas: Canvas, top: number, to: Addressee): number {
  const place = { x: frame.left, width: ADDRESSEE_WIDTH, leading: LEADING };
  let baseline = top + 9;
  if (to.address !== '') {
    const text = to.postalCode === '' ? to.address : `〒${to.postalCode}　${to.address}`;
    canvas.tag('P', () => {
      baseline = drawParagraph(canvas, text, { ...place, baseline, style: textStyles.small }) + 7;
    });
  }
  const large = textStyles.recipient;
  const fits = canvas.measure(to.name, large) <= ADDRESSEE_WIDTH;
  const style = fits ? large : { ...large, size: 10.5 };
  canvas.tag('P', () => {
    baseline = drawParagraph(canvas, to.name, { ...place, baseline: baseline + 2, style, leading: 15 });
  });
  if (to.below === '') return baseline;
  canvas.tag('P', () => {
    baseline = drawParagraph(canvas, to.below, { ...place, baseline: baseline + 1, style: textStyles.note });
  });
  return baseline;
}
