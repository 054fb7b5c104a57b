import { execFile } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { renderStatement } from '../../../templates/statement/statement.ts';
import type { Statement } from '../../../templates/statement/statement.types.ts';

/** A word as poppler finds it on a page, in points from the top left corner. */
export interface Word {
  readonly page: number;
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export async function renderBytes(statement: Statement): Promise<Buffer> {
  const output = new PassThrough();
  const [bytes] = await Promise.all([buffer(output), renderStatement(statement, output)]);
  return bytes;
}

/** Text of each page, laid out as on paper. The reader is poppler's, so that our own mistakes show. */
export async function readPages(pdf: Buffer): Promise<string[]> {
  const text = await runPoppler('pdftotext', ['-layout', '-enc', 'UTF-8', '-', '-'], pdf);
  return text.split('\f').slice(0, -1);
}

/** Text of each page in the order in which it is drawn and read out, without any blanks. */
export async function readRunningText(pdf: Buffer): Promise<string[]> {
  const text = await runPoppler('pdftotext', ['-raw', '-enc', 'UTF-8', '-', '-'], pdf);
  return text.split('\f').slice(0, -1).map(withoutBlanks);
}

export function withoutBlanks(text: string): string {
  return text.replaceAll(/\s/gu, '');
}

export async function readFacts(pdf: Buffer): Promise<string> {
  return runPoppler('pdfinfo', ['-enc', 'UTF-8', '-'], pdf);
}

/** The tree of tags with the text of each, as for a screen reader. */
export async function readTagged(pdf: Buffer): Promise<string> {
  return runPoppler('pdfinfo', ['-struct-text', '-enc', 'UTF-8', '-'], pdf);
}

export async function readWords(pdf: Buffer): Promise<Word[]> {
  const html = await runPoppler('pdftotext', ['-bbox', '-enc', 'UTF-8', '-', '-'], pdf);
  return html.split('<page ').flatMap((part, page) => {
    const pattern = /<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<\/word>/g;
    return Array.from(part.matchAll(pattern), ([, left, top, right, bottom, text = '']) => ({
      page,
      text,
      left: Number(left),
      top: Number(top),
      right: Number(right),
      bottom: Number(bottom),
    }));
  });
}

function runPoppler(program: 'pdftotext' | 'pdfinfo', args: string[], pdf: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, { maxBuffer: 64 * 1024 * 1024 }, (error, stdout) => {
      if (!error) return resolve(stdout);
      const isMissing = error.code === 'ENOENT';
      const hint = `${program} is missing; on Debian: apt-get install poppler-utils`;
      return reject(isMissing ? new Error(hint, { cause: error }) : error);
    });
    // A program that could not start closes the pipe; its own error is more helpful.
    child.stdin?.on('error', () => {});
    child.stdin?.end(pdf);
  });
}
