import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { LaunchRefusal, runEntryPoint } from '../../batch/launch/launch-refusal.ts';
import { ensurePrograms } from '../../batch/launch/packages.ts';
import { catchSignals, runCommand } from '../../batch/launch/run-command.ts';
import { openTestServer, testServerVariables } from './test-server.ts';

const root = join(import.meta.dirname, '..', '..');

/** Time limit: a test that hangs fails, and so does a file that does not end after its tests. */
const bounds = ['--test-timeout=300000', `--import=${join(import.meta.dirname, 'end-with-tests.ts')}`];

/** What each test did, and at the end which files took longest. */
const reporters = ['spec', join(import.meta.dirname, 'slowest-files.ts')].flatMap((reporter) => [
  `--test-reporter=${reporter}`,
  '--test-reporter-destination=stdout',
]);

/**
 * Runs the spec files on one fresh database server: all of them, or those whose path contains one of the
 * words given. Words that begin with a dash are options of Node's test runner.
 */
async function main(): Promise<number> {
  const words = process.argv.slice(2);
  const files = selectFiles(words.filter((word) => !word.startsWith('-')));
  const signals = catchSignals();
  ensurePrograms(['mariadbd', 'backup', 'freeradius', 'chromium', 'poppler', 'xmllint', 'interpreters']);
  const server = await openTestServer();
  try {
    const flags = words.filter((word) => word.startsWith('-'));
    const concurrency = `--test-concurrency=${availableParallelism() + 1}`;
    return await runCommand(
      ['node', '--test', ...reporters, ...bounds, concurrency, ...flags, ...files],
      signals,
      testEnvironment(server),
    );
  } finally {
    await server.close();
  }
}

function selectFiles(words: readonly string[]): string[] {
  const all = globSync('spec/**/*.spec.ts', { cwd: root }).sort();
  const wanted = words.map((word) => relative(root, join(process.cwd(), word)));
  const files = all.filter((file) => words.length === 0 || wanted.some((word) => file.includes(word)));
  if (files.length === 0) throw new LaunchRefusal(`no spec file matches ${words.join(' ')}`);
  return files.map((file) => join(root, file));
}

/** Without DATABASE_URL: a test without a database of its own must not find a real one. */
function testEnvironment(server: { url: string; prefix: string }): NodeJS.ProcessEnv {
  const { DATABASE_URL: _, ...environment } = process.env;
  return {
    NODE_ENV: 'development',
    // Each file is a process that compiles the service: from the second run on, most of it is cached.
    NODE_COMPILE_CACHE: join(root, '.data', 'compile-cache'),
    ...environment,
    [testServerVariables.url]: server.url,
    [testServerVariables.prefix]: server.prefix,
  };
}

await runEntryPoint(main);
