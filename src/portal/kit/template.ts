import { existsSync } from 'node:fs';
import { pagesDir } from './assets.ts';

declare const viewOf: unique symbol;

/** A file under templates/pages that renders views of one type. */
export interface Template<View> {
  /** Without its ending. */
  readonly file: string;
  readonly [viewOf]?: (view: View) => void;
}

/**
 * Names a template and the type of the views that it renders.
 * @throws Error at the start of the process for a file that does not exist.
 */
export function template<View>(file: string): Template<View> {
  if (!existsSync(`${pagesDir}/${file}.eta`)) throw new Error(`there is no template ${file}`);
  return { file };
}
