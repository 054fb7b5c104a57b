import { userInfo } from 'node:os';
import { ConfigError, parseConfig } from '../config/config.ts';
import { migrate } from '../config/migrate.ts';
import { openDeps } from '../src/open-deps.ts';
import { runAdmin } from './admin/run-admin.ts';

/** Administration from the command line: companies, services, contracts, tariffs, keys, subscribers, lines. */
try {
  process.exitCode = await runAdmin(process.argv.slice(2), {
    actor: `cli:${userInfo().username}`,
    print: (text) => process.stdout.write(text),
    printError: (text) => process.stderr.write(text),
    openDeps: async () => {
      const config = parseConfig(process.env);
      // On a developer's machine the database may be a minute old; in production a migration is a step of its own.
      if (config.mode === 'development') await migrate(config.databaseUrl);
      return openDeps(config);
    },
  });
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
