/** The message of a thrown value, which need not be an error. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
