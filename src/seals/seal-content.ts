import { createHash } from 'node:crypto';

/** Of what a table's rows were made into text: the columns of the key, by which they are ordered, and all that are sealed. */
export interface Shape {
  readonly key: readonly string[];
  readonly columns: readonly string[];
}

/** Rows of one bucket that no earlier seal has. */
export interface SealedSet {
  readonly rows: number;
  /** HMAC-SHA256 over the rows' texts, keyed with the salt of the seal; hexadecimal. */
  readonly hash: string;
  /** They came after the seal that should have had them. */
  readonly late?: true;
}

export interface SealedTable extends Shape {
  readonly sets: Readonly<Record<string, SealedSet>>;
}

/** All rows of a small table as they stood that night. */
export interface SealedState extends Shape {
  readonly rows: number;
  readonly hash: string;
  /** Whether the rows were others in the night before; absent in the first seal that has the table. */
  readonly changed?: boolean;
}

/** What a seal says; its JSON text is the file that outsiders keep, and the SHA-256 of that text is the seal's hash. */
export interface SealContent {
  readonly format: 1;
  readonly number: number;
  readonly businessDate: string;
  readonly takenAt: string;
  /** Hash of the seal before it; null in the first. */
  readonly previous: string | null;
  /** SHA-256 of the salt, which stays in the database. */
  readonly saltHash: string;
  readonly tables: Readonly<Record<string, SealedTable>>;
  readonly state: Readonly<Record<string, SealedState>>;
  /** How many of the audit rows in this seal tell of what: the nouns of their subjects. */
  readonly audited: Readonly<Record<string, number>>;
}

/** The bytes of a seal: what is stored, written to the file and hashed. */
export function writeContent(content: SealContent): string {
  return `${JSON.stringify(content, undefined, 1)}\n`;
}

export function readContent(text: string): SealContent {
  return JSON.parse(text) as SealContent;
}

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
