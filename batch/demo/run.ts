import { parseConfig } from '../../config/config.ts';
import { exitCodes, type ExitCode } from '../cli/exit-codes.ts';
import { printError } from '../cli/print-error.ts';
import { processTerminal, runAsProcess } from '../cli/run-as-process.ts';
import { readRequest } from '../cli/run-command-line.ts';
import { DemoRefusal } from './demo-refusal.ts';
import { demoProgram, type DemoOptions } from './options.ts';
import { runDemo } from './run-demo.ts';
import { serveDemo, shopPortOf } from './serve-demo.ts';
import { describeSignIns } from './sign-ins.ts';
import { findWorldMark } from './world-mark.ts';

/** `npm run demo`: ends with 0, or with 1 when an invariant is broken. */
async function main(args: readonly string[]): Promise<ExitCode> {
  const request = readRequest(demoProgram, args, processTerminal);
  if (typeof request === 'number') return request;
  try {
    return await makeDemo(request.options as DemoOptions);
  } catch (error) {
    if (!(error instanceof DemoRefusal)) return printError(error, processTerminal.printError);
    processTerminal.printError(`${error.message}\n`);
    return exitCodes.failed;
  }
}

async function makeDemo(options: DemoOptions): Promise<ExitCode> {
  if (process.env['NODE_ENV'] === 'production')
    throw new DemoRefusal('A demo erases its database: not in production.');
  const config = parseConfig(process.env);
  const { databaseUrl, migrationDatabaseUrl, timeZone, publicOrigin, staff } = config;
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
  const where = describeSignIns(signIns, {
    publicOrigin,
    staffOrigin: staff.origin,
    shopOrigin: `http://localhost:${shopPortOf(config)}`,
  });
  process.stdout.write(`\nTo explore this world: npm start\n\n${where}\n`);
  return exitCodes.done;
}

await runAsProcess(main);
