/**
 * Rows that a transaction has read are others by the time it writes them: it is run again, as when the server finds that out
 * itself (1020).
 */
export class RowsChanged extends Error {
  readonly errno = 1020;

  constructor(which: string) {
    super(`${which} have changed since they were read`);
  }
}
