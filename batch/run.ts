import { findSystemUser } from './cli/person.ts';
import { processTerminal, runAsProcess } from './cli/run-as-process.ts';
import { processCodes } from './cli/second-factor.ts';
import { runCommandLine } from './cli/run-command-line.ts';
import { openBatch } from './open-batch.ts';
import { batchProgram } from './program.ts';

/** `npm run batch`: the jobs of the night by hand. */
await runAsProcess((args) =>
  runCommandLine(batchProgram, args, {
    ...processTerminal,
    systemUser: findSystemUser(process.env),
    codes: processCodes,
    openDeps: openBatch,
  }),
);
