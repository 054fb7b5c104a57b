import type { Readable } from 'node:stream';

/** A file that a use case makes for a person, as pages send it. */
export interface DownloadedFile {
  readonly filename: string;
  /** `application/pdf`, `text/csv; charset=utf-8`. */
  readonly type: string;
  readonly body: Buffer | Readable;
}
