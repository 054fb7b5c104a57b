import { parseConfig } from '../../config/config.ts';
import { explainCrashes, explainFailure } from '../../src/explain-failure.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { DemoRefusal } from './demo-refusal.ts';
import { DemoOptionError, demoUsage, parseDemoOptions } from './options.ts';
import { runDemo } from './run-demo.ts';
import { serveDemo } from './serve-demo.ts';
import { describeSignIns } from './sign-ins.ts';
import { findWorldMark } from './world-mark.ts';

/** `npm run demo`: ends with 0, or with 1 when an invariant is broken. */
async function main(args: readonly string[]): Promise<ExitCode> {
  if (args.includes('--help')) {
    process.stdout.write(`${demoUsage}\n`);
    return exitCodes.done;
  }
  const options = parseDemoOptions(args);
  if (process.env['NODE_ENV'] === 'production')
    throw new DemoRefusal('A demo erases its database: not in production.');
  const { databaseUrl, migrationDatabaseUrl, timeZone, publicOrigin } = parseConfig(process.env);
  const addresses = { databaseUrl, ownerUrl: migrationDatabaseUrl };
  const { isSound, signIns } = await runDemo({ options, addresses, timeZone, output: process.stdout });
  if (!isSound) {
    process.stderr.write('The world is not sound: see above.\n');
    return exitCodes.failed;
  }
  if (options.serve) {
    const mark = await findWorldMark(databaseUrl);
    if (!mark) throw new Error('the demo has left no mark in its database');
    process.stdout.write('\n');
    await serveDemo(mark);
    return exitCodes.done;
  }
  process.stdout.write(`\nTo explore this world: npm start\n\n${describeSignIns(signIns, publicOrigin)}\n`);
  return exitCodes.done;
}

explainCrashes();
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const isRefusal = error instanceof DemoRefusal || error instanceof DemoOptionError;
  process.stderr.write(`${isRefusal ? error.message : explainFailure(error)}\n`);
  process.exitCode = error instanceof DemoOptionError ? exitCodes.wrongUse : exitCodes.failed;
}
