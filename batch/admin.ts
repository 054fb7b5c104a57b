import { explainCrashes, explainFailure } from '../src/explain-failure.ts';
import { runAdmin } from './admin/run-admin.ts';
import { openBatch } from './open-batch.ts';
import { findSystemUser } from './person.ts';

/** Administration from the command line: companies, services, contracts, tariffs, keys, subscribers, lines. */
explainCrashes();
try {
  process.exitCode = await runAdmin(process.argv.slice(2), {
    systemUser: findSystemUser(process.env),
    print: (text) => process.stdout.write(text),
    printError: (text) => process.stderr.write(text),
    openDeps: openBatch,
  });
} catch (error) {
  process.stderr.write(`${explainFailure(error)}\n`);
  process.exitCode = 1;
}
