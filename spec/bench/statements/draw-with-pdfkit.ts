import { createWriteStream } from 'node:fs';
import { createRequire } from 'node:module';
import { pipeline } from 'node:stream/promises';
import PDFDocument from 'pdfkit';
import { fontFiles, type FontSource, type Weight } from '../../../templates/pdf/font-source.ts';
import type { Drawing, Mark } from './record-drawing.ts';

const require = createRequire(import.meta.url);
const fontkit = createRequire(require.resolve('pdfkit'))('fontkit') as { openSync(path: string): FontSource };
const open = (weight: Weight) => fontkit.openSync(require.resolve(fontFiles[weight]));
/** Fonts as fontkit returns them, without the additions of our typefaces. */
const fonts = { regular: open('regular'), bold: open('bold') };

/**
 * The same pages by pdfkit's own calls, into a file: the fonts parsed once for all documents, everything in its
 * place already, no line breaking, no structure for screen readers, no waiting for the disk.
 */
export async function drawWithPdfkit(pages: Drawing, path: string): Promise<void> {
  const document = new PDFDocument({ autoFirstPage: false, font: '', pdfVersion: '1.7' });
  const written = pipeline(document, createWriteStream(path));
  for (const [weight, font] of Object.entries(fonts)) document.registerFont(weight, font as never);
  for (const marks of pages) {
    document.addPage({ size: 'A4', margin: 0 });
    for (const mark of marks) draw(document, mark);
  }
  document.end();
  await written;
}

function draw(document: PDFKit.PDFDocument, mark: Mark): void {
  if ('box' in mark) {
    const { x, y, width, height } = mark.box;
    document.rect(x, y, width, height).fill(colorOf(mark.color));
    return;
  }
  const { weight, size, color } = mark.style;
  document.font(weight).fontSize(size).fillColor(colorOf(color));
  document.text(mark.text, mark.x, mark.baseline, { lineBreak: false, baseline: 'alphabetic' });
}

const colors = new Map<string, [number, number, number]>();

/** `'0.1 0.2 0.3'` as pdfkit takes it, worked out once. */
function colorOf(shares: string): [number, number, number] {
  let color = colors.get(shares);
  if (!color) {
    const [red = 0, green = 0, blue = 0] = shares.split(' ').map((share) => Number(share) * 255);
    colors.set(shares, (color = [red, green, blue]));
  }
  return color;
}
