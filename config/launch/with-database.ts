import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { createConnection } from 'mysql2/promise';
import { startEmbeddedDatabase } from './embedded-database.ts';
import { LaunchRefusal, runEntryPoint } from './launch-refusal.ts';
import { ensurePrograms } from './packages.ts';
import { isProgramName } from './programs.ts';
import { catchSignals, runCommand } from './run-command.ts';
import { largeServer } from './server-options.ts';

const usage = 'usage: with-database.ts [--need PROGRAM,…] [--data FOLDER] [--large] -- COMMAND [ARGUMENT…]';
const databaseName = 'tabane';
const usualDataDir = join(import.meta.dirname, '..', '..', '.data', 'database');

/** Runs a command with DATABASE_URL: the one that is set, or that of the private database in `.data`. */
async function main(): Promise<number> {
  const { command, needs, dataDir, settings } = parseCommandLine(process.argv.slice(2));
  if (existsSync('.env')) process.loadEnvFile('.env');
  const signals = catchSignals();
  ensurePrograms(needs);
  if (process.env['DATABASE_URL']) return await runCommand(command, signals);
  if (process.env['NODE_ENV'] === 'production')
    throw new LaunchRefusal('DATABASE_URL is missing: NODE_ENV=production is for a database of yours');
  process.stderr.write(`DATABASE_URL is not set: a private database in ${relative('.', dataDir)} is used.\n`);
  const database = await startEmbeddedDatabase({ dataDir, settings });
  try {
    const url = await prepareDatabase(database.url);
    return await runCommand(command, signals, {
      NODE_ENV: 'development',
      ...process.env,
      DATABASE_URL: url,
    });
  } finally {
    await database.stop();
  }
}

function parseCommandLine(args: readonly string[]) {
  const end = args.indexOf('--');
  if (end === -1 || end === args.length - 1) throw new LaunchRefusal(usage);
  const { values } = parseArgs({
    args: args.slice(0, end),
    options: {
      need: { type: 'string' },
      data: { type: 'string', default: usualDataDir },
      large: { type: 'boolean', default: false },
    },
  });
  const words = values.need?.split(',') ?? [];
  const unknown = words.find((word) => !isProgramName(word));
  if (unknown !== undefined) throw new LaunchRefusal(`unknown program ${unknown}; ${usage}`);
  return {
    command: args.slice(end + 1),
    needs: words.filter(isProgramName),
    dataDir: values.data,
    settings: values.large ? largeServer() : {},
  };
}

/**
 * Creates the service's database on the private server, or brings it up to date; returns its URL. Whoever
 * runs against DATABASE_URL migrates by a command of his own; the private one is ours to look after.
 */
async function prepareDatabase(serverUrl: string): Promise<string> {
  const url = new URL(serverUrl);
  url.pathname = `/${databaseName}`;
  const connection = await createConnection(serverUrl);
  // Two commands may start at once, and a migration is for one.
  await connection.query('DO GET_LOCK(?, 600)', [databaseName]);
  await connection.query(`CREATE DATABASE IF NOT EXISTS ${databaseName}`);
  const { migrate } = await import('../migrate.ts');
  await migrate(url.href);
  await connection.end();
  return url.href;
}

await runEntryPoint(main);
