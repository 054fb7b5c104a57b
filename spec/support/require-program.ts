import { findProgram } from '../../batch/launch/programs.ts';

/** Path of a program that a test runs. Throws where it is missing: `npm test` installs it, a spec file run alone does not. */
export function requireProgram(file: string): string {
  const path = findProgram(file);
  if (path === undefined) throw new Error(`${file} is not on this machine; \`npm test\` installs it`);
  return path;
}
