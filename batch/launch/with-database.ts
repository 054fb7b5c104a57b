import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { answerEarly } from './answer-early.ts';
import { startEmbeddedDatabase } from './embedded-database.ts';
import { LaunchRefusal, runEntryPoint } from './launch-refusal.ts';
import { ensurePrograms } from './packages.ts';
import { preparePrivateDatabase, type PrivateDatabase } from './private-database.ts';
import { isProgramName } from './programs.ts';
import { catchSignals, runCommand } from './run-command.ts';
import { largeServer } from './server-options.ts';

const usage =
  'usage: with-database.ts [--need PROGRAM,…] [--data FOLDER] [--large] [--relaxed] [--administrator] -- COMMAND [ARGUMENT…]';
const usualDataDir = join(import.meta.dirname, '..', '..', '.data', 'database');

/**
 * Runs a command with DATABASE_URL: the one that is set, or that of the private database in `.data`, with
 * MIGRATION_DATABASE_URL beside it. With --administrator the private server's root is in DATABASE_URL: for a command
 * that makes databases of its own.
 */
async function main(): Promise<number> {
  const { command, needs, dataDir, settings, asAdministrator } = parseCommandLine(process.argv.slice(2));
  if (existsSync('.env')) process.loadEnvFile('.env');
  const signals = catchSignals();
  ensurePrograms(needs);
  if (process.env['DATABASE_URL']) return await runCommand(command, signals);
  const answered = await answerEarly(command);
  if (answered !== undefined) return answered;
  if (process.env['NODE_ENV'] === 'production')
    throw new LaunchRefusal('DATABASE_URL is missing: NODE_ENV=production is for a database of yours');
  process.stderr.write(`DATABASE_URL is not set: a private database in ${relative('.', dataDir)} is used.\n`);
  const database = await startEmbeddedDatabase({ dataDir, settings });
  try {
    const prepared = await preparePrivateDatabase(database);
    return await runCommand(command, signals, {
      NODE_ENV: 'development',
      ...process.env,
      ...addressesFor(prepared, asAdministrator),
    });
  } finally {
    await database.stop();
  }
}

function addressesFor(
  { serviceUrl, ownerUrl, sandboxUrl, rootUrl }: PrivateDatabase,
  asAdministrator: boolean,
) {
  if (asAdministrator) return { DATABASE_URL: rootUrl };
  return { DATABASE_URL: serviceUrl, MIGRATION_DATABASE_URL: ownerUrl, SANDBOX_DATABASE_URL: sandboxUrl };
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
      relaxed: { type: 'boolean', default: false },
      administrator: { type: 'boolean', default: false },
    },
  });
  const words = values.need?.split(',') ?? [];
  const unknown = words.find((word) => !isProgramName(word));
  if (unknown !== undefined) throw new LaunchRefusal(`unknown program ${unknown}; ${usage}`);
  return {
    command: args.slice(end + 1),
    needs: words.filter(isProgramName),
    dataDir: values.data,
    settings: {
      ...(values.large && largeServer()),
      ...(values.relaxed && { durability: 'relaxed' as const }),
    },
    asAdministrator: values.administrator,
  };
}

await runEntryPoint(main);
