import type { CodeSource } from '../../../batch/cli/second-factor.ts';
import { adminProgram } from '../../../batch/admin/program.ts';
import { runCommandLine } from '../../../batch/cli/run-command-line.ts';
import type { Deps } from '../../../src/deps.ts';

/** Types a command line in a world, as `staff:spec`; `opened` is whether it opened the database. */
export async function typeCommand(deps: Deps, args: readonly string[], codes?: CodeSource) {
  const seen = { out: '', error: '', opened: false };
  const code = await runCommandLine(adminProgram, args, {
    systemUser: 'spec',
    ...(codes && { codes }),
    print: (printed) => void (seen.out += printed),
    printError: (printed) => void (seen.error += printed),
    openDeps: () => {
      seen.opened = true;
      return Promise.resolve({ ...deps, close: () => Promise.resolve() });
    },
  });
  return { code, ...seen };
}
