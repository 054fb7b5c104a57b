import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

const USE_CASE = /export (?:async )?function (\w+)(?:<[^(]*>)?\(\s*deps: \w+,\s*actor: Actor\b/g;
const CALL = /\b(\w+)\((?:deps|tx), ?/g;

/** Names of all exported functions of `src` that take the dependencies and who acts. */
export function listUseCases(): string[] {
  return read('src/**/*.ts')
    .flatMap(({ text }) => [...text.matchAll(USE_CASE)].map(([, name]) => name!))
    .sort();
}

/** What the doors call with the dependencies: operations of the API and commands of administration, by file. */
export function listCallsOfDoors(): { readonly file: string; readonly name: string }[] {
  const doors = read('{src/**/*.routes.ts,batch/admin/*.ts}');
  const own = new Set(
    doors.flatMap(({ text }) => [...text.matchAll(/function (\w+)/g)].map(([, name]) => name!)),
  );
  return doors.flatMap(({ file, text }) => {
    const called = new Set([...text.matchAll(CALL)].map(([, name]) => name!));
    return [...called].filter((name) => !own.has(name)).map((name) => ({ file, name }));
  });
}

function read(pattern: string): { readonly file: string; readonly text: string }[] {
  return globSync(pattern, { cwd: root }).map((file) => ({
    file,
    text: readFileSync(join(root, file), 'utf8'),
  }));
}
