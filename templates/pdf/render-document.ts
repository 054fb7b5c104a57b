import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { Canvas } from './canvas.ts';
import { createDocument, type DocumentCard } from './document.ts';

/** Draws on an empty canvas, finishes its pages and returns their number. Calls `afterPage` when a page is full. */
export type Draw = (canvas: Canvas, afterPage: () => Promise<void>) => number | Promise<number>;

/**
 * Writes a document as a PDF, page by page, and ends the output. A slow output slows the drawing down: only the current page
 * is in memory.
 * @throws Error of the drawing or of the output; the output is then incomplete and destroyed.
 */
export async function renderDocument(
  card: DocumentCard,
  output: Writable,
  draw: Draw,
): Promise<{ pages: number }> {
  const document = createDocument(card);
  const written = pipeline(document, output);
  const drawAll = async () => {
    const pages = await draw(new Canvas(document), () => drain(output, written));
    document.end();
    return pages;
  };
  const drawn = drawAll().catch((error: unknown) => {
    document.destroy(error instanceof Error ? error : new Error('Drawing failed', { cause: error }));
    throw error;
  });
  const [pages] = await Promise.all([drawn, written]);
  return { pages };
}

/**
 * Waits until a slow output has accepted the drawn pages; otherwise they would accumulate in memory. It first yields to the
 * event loop, because streams advance only then.
 */
async function drain(output: Writable, written: Promise<void>): Promise<void> {
  await Promise.race([setImmediate(), written]);
  while (output.writableNeedDrain) await Promise.race([once(output, 'drain'), written]);
  if (output.destroyed) throw new Error('The output closed before the document was complete');
}
