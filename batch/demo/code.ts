import { parseConfig } from '../../config/config.ts';
import { exitCodes, type ExitCode } from '../cli/exit-codes.ts';
import { processTerminal, runAsProcess } from '../cli/run-as-process.ts';
import { describeAccounts, secondsLeft } from './account-sign-ins.ts';
import { readSignIns } from './sign-ins.ts';
import { findWorldMark, worldClock } from './world-mark.ts';

/**
 * `npm run demo:code`: the accounts of a demo's world with the codes of their authenticator apps. A world has a clock of its own, so
 * an app on a phone would show others.
 */
async function main(): Promise<ExitCode> {
  const mark = await findWorldMark(parseConfig(process.env).databaseUrl);
  const signIns = mark && (await readSignIns(mark.out));
  if (!mark || !signIns?.accounts) {
    processTerminal.printError('There is no world of a demo with accounts: make one with npm run demo.\n');
    return exitCodes.failed;
  }
  const now = worldClock(mark).now();
  const left = `These codes work for ${secondsLeft(now)} seconds, each once.`;
  processTerminal.print(`${describeAccounts(signIns.accounts, now)}\n${left}\n`);
  return exitCodes.done;
}

await runAsProcess(main);
