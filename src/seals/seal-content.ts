import { createHash } from 'node:crypto';

/** The columns from which the text of a table's rows was made: those of the key, which gives the order, and all sealed ones. */
export interface Shape {
  readonly key: readonly string[];
  readonly columns: readonly string[];
}

/** Rows of one bucket that are in no earlier seal. */
export interface SealedSet {
  readonly rows: number;
  /** HMAC-SHA256 over the rows' texts, keyed with the salt of the seal; hexadecimal. */
  readonly hash: string;
  /** They arrived after the seal that should contain them. */
  readonly late?: true;
}

export interface SealedTable extends Shape {
  readonly sets: Readonly<Record<string, SealedSet>>;
}

/** All rows of a small table in that night. */
export interface SealedState extends Shape {
  readonly rows: number;
  readonly hash: string;
  /** Whether the rows differ from the night before; absent in the first seal with the table. */
  readonly changed?: boolean;
}

/** The content of a seal. Its JSON text is the file that outsiders keep; the SHA-256 of that text is the seal's hash. */
export interface SealContent {
  readonly format: 1;
  readonly number: number;
  readonly businessDate: string;
  readonly takenAt: string;
  /** Hash of the seal before it; null in the first. */
  readonly previous: string | null;
  /** SHA-256 of the salt; the salt itself is only in the database. */
  readonly saltHash: string;
  readonly tables: Readonly<Record<string, SealedTable>>;
  readonly state: Readonly<Record<string, SealedState>>;
  /** Number of audit rows in this seal by the noun of their subject. */
  readonly audited: Readonly<Record<string, number>>;
}

/** The bytes of a seal, as stored, written to the file and hashed. */
export function writeContent(content: SealContent): string {
  return `${JSON.stringify(content, undefined, 1)}\n`;
}

export function readContent(text: string): SealContent {
  return JSON.parse(text) as SealContent;
}

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
