import { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { Canvas, type Box, type TextStyle } from '../../../templates/pdf/canvas.ts';
import { createDocument } from '../../../templates/pdf/document.ts';
import { AIRY } from '../../../templates/statement/layout.ts';
import { drawStatement } from '../../../templates/statement/statement.ts';
import type { Statement } from '../../../templates/statement/statement.types.ts';

/** A text where it begins on its baseline, or a filled box; points from the top left corner. */
export type Mark =
  | { readonly text: string; readonly x: number; readonly baseline: number; readonly style: TextStyle }
  | { readonly box: Box; readonly color: string };

/** The marks on the pages of a document, without the layout code that placed them. */
export type Drawing = readonly (readonly Mark[])[];

/** Draws a statement and records every mark on its pages. */
export async function recordDrawing(statement: Statement): Promise<Drawing> {
  const card = { title: '', author: '', subject: '', keywords: '', createdAt: new Date(0) };
  const document = createDocument(card);
  document.pipe(new Writable({ write: (_chunk, _encoding, done) => done() }));
  const canvas = new RecordingCanvas(document);
  await drawStatement(statement, { canvas, layout: AIRY, afterPage: () => setImmediate() });
  document.end();
  return canvas.pages.map((marks) => [...marks, ...canvas.onEveryPage]);
}

class RecordingCanvas extends Canvas {
  readonly pages: Mark[][] = [];
  /** Drawn once, outside the pages, and shown on each of them: the number of pages. */
  readonly onEveryPage: Mark[] = [];
  #isOnPage = false;

  override beginPage(): void {
    super.beginPage();
    this.pages.push([]);
  }

  override text(...of: Parameters<Canvas['text']>): void {
    this.#isOnPage = true;
    super.text(...of);
    this.#isOnPage = false;
  }

  override textOperators(text: string, at: { x: number; baseline: number }, style: TextStyle): string {
    const marks = this.#isOnPage ? this.pages.at(-1) : this.onEveryPage;
    marks?.push({ text, ...at, style });
    return super.textOperators(text, at, style);
  }

  override fillBox(box: Box, color: string): void {
    this.pages.at(-1)?.push({ box, color });
    super.fillBox(box, color);
  }
}
