const PREFIX = 'acct-';

/**
 * How the audit trail, approvals and logs name an account: `acct-12`. Short, and the same for good, while its person's name and
 * address may change.
 */
export function accountReference(id: number): string {
  return `${PREFIX}${id}`;
}

/** The number of an account that a text names; undefined for anything else, such as a name typed with `--as` in development. */
export function parseAccountReference(text: string): number | undefined {
  const [, digits] = /^acct-([1-9]\d{0,9})$/.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** Whether a name could be taken for an account, however it is written. */
export function looksLikeAccount(name: string): boolean {
  return name.normalize('NFKC').trim().toLowerCase().startsWith(PREFIX);
}
