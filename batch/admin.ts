import { userInfo } from 'node:os';
import { ConfigError } from '../config/config.ts';
import { runAdmin } from './admin/run-admin.ts';
import { openBatch } from './open-batch.ts';

/** Administration from the command line: companies, services, contracts, tariffs, keys, subscribers, lines. */
try {
  process.exitCode = await runAdmin(process.argv.slice(2), {
    actor: `cli:${userInfo().username}`,
    print: (text) => process.stdout.write(text),
    printError: (text) => process.stderr.write(text),
    openDeps: openBatch,
  });
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
