import { adminProgram } from './admin/program.ts';
import { findSystemUser } from './cli/person.ts';
import { processTerminal, runAsProcess } from './cli/run-as-process.ts';
import { processCodes } from './cli/second-factor.ts';
import { runCommandLine } from './cli/run-command-line.ts';
import { openBatch } from './open-batch.ts';

/** `npm run admin`: companies, services, contracts, tariffs, keys, subscribers, lines. */
await runAsProcess((args) =>
  runCommandLine(adminProgram, args, {
    ...processTerminal,
    systemUser: findSystemUser(process.env),
    codes: processCodes,
    openDeps: openBatch,
  }),
);
