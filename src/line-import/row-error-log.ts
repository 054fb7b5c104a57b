import { open, type FileHandle } from 'node:fs/promises';
import { formatCsv } from '../shared/csv.ts';
import type { RowPlace } from './line-row.rules.ts';
import type { RowError } from './read-line-file.ts';

/** A refused row of any kind of file. */
interface LoggedError extends RowPlace {
  readonly code: string;
  readonly reason: string;
}

/** Errors kept in memory and listed in the report; the file has all. */
const KEPT_ERRORS = 1_000;

/** Collects refused rows: the first thousand for the report, all for a CSV file. */
export class RowErrorLog<E extends LoggedError = RowError> implements AsyncDisposable {
  count = 0;
  readonly kept: E[] = [];
  readonly #path: string | undefined;
  #file: FileHandle | undefined;

  constructor(path: string | undefined) {
    this.#path = path;
  }

  /** Adds errors; the first one creates the file. */
  async add(errors: readonly E[]): Promise<void> {
    if (errors.length === 0) return;
    this.count += errors.length;
    this.kept.push(...errors.slice(0, KEPT_ERRORS - this.kept.length));
    if (this.#path === undefined) return;
    if (!this.#file) {
      this.#file = await open(this.#path, 'w', 0o600);
      await this.#file.writeFile('row,line,code,reason\n');
    }
    const rows = errors.map(({ row, line, code, reason }) => [row, line, code, reason]);
    await this.#file.writeFile(formatCsv(rows, { protectFormulas: true }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file?.close();
  }
}
