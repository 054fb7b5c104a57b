/** A command line that cannot be understood: exit code 2, one line for each thing that is wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
