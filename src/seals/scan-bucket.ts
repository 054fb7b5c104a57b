import type { Em } from '../database/orm.ts';
import { fingerprintOf } from './fingerprints.ts';
import { readRows, type RowText } from './read-rows.ts';
import type { SealedKind } from './sealed-kinds.ts';
import type { Shape } from './seal-content.ts';

/** A seal that contains rows of a bucket, with their fingerprints. */
export interface Owner {
  takes(fingerprint: bigint): boolean;
  add(row: RowText): void;
}

interface Scan {
  readonly kind: SealedKind;
  readonly bucket: string;
  readonly shape: Shape;
  readonly owners: readonly Owner[];
  /** Rows without an owner. */
  readonly rest: (row: RowText, fingerprint: bigint) => void;
}

/** Reads a bucket once, in the order of its keys, and passes each row to its owner. */
export async function scanBucket(em: Em, { kind, bucket, shape, owners, rest }: Scan): Promise<void> {
  const rows = { part: kind.part(bucket), shape, note: kind.note };
  for await (const page of readRows(em, rows)) {
    for (const row of page) {
      const fingerprint = fingerprintOf(row.keyText);
      const owner = owners.find(({ takes }) => takes(fingerprint));
      if (owner) owner.add(row);
      else rest(row, fingerprint);
    }
  }
}
