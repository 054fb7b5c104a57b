import { findProgram } from '../../batch/launch/programs.ts';

/** Path of a program that a test runs. Throws if it is missing: `npm test` installs it, a single spec file does not. */
export function requireProgram(file: string): string {
  const path = findProgram(file);
  if (path === undefined) throw new Error(`${file} is not on this machine; \`npm test\` installs it`);
  return path;
}
