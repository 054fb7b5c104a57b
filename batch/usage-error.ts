/** A command line that cannot be understood: exit code 2, and what to type instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
