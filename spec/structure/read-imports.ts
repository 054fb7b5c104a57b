import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** One file imports another, both as paths from the top of the project. */
export interface Import {
  readonly from: string;
  readonly to: string;
}

const RELATIVE_IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']+)'/g;

/** Every relative import of the program's own files, of types too. */
export function readImports(): Import[] {
  return globSync('{src,batch,config,templates}/**/*.ts', { cwd: root }).flatMap((from) =>
    [...readFileSync(join(root, from), 'utf8').matchAll(RELATIVE_IMPORT)]
      .map(([, path]) => ({ from, to: normalize(join(dirname(from), path!)) }))
      .filter(({ to }) => to.endsWith('.ts')),
  );
}

/** A file's folder below `src`, `batch`, `config` or `templates`; a file that is in one of these is one by itself. */
export function unitOf(file: string): string {
  return file.split('/').slice(0, 2).join('/');
}
