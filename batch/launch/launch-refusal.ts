/** An expected reason not to start: shown as its one line, without a stack; the process ends with 1. */
export class LaunchRefusal extends Error {
  override readonly name = 'LaunchRefusal';
}

/** Writes one line of the launcher to standard error, so that a command's own output stays clean. */
export function printLine(line: string): void {
  process.stderr.write(`tabane: ${line}\n`);
}

/** Runs an entry point of the launcher and turns a refusal into one line and exit code 1. */
export async function runEntryPoint(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    const line = refusalLine(error);
    if (line === undefined) throw error;
    printLine(line);
    process.exitCode = 1;
  }
}

function refusalLine(error: unknown): string | undefined {
  if (error instanceof LaunchRefusal) return error.message;
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  // A data folder made by root and then used by somebody else is the usual case.
  if (error.code === 'EACCES' || error.code === 'EPERM' || error.code === 'ENOSPC') return error.message;
  return undefined;
}
