import { hash } from 'node:crypto';

/** Bytes of a fingerprint. Two rows of a bucket with the same one are distinguished by their order. */
export const FINGERPRINT_BYTES = 8;

/** Identifies a row of a bucket: the first bytes of the SHA-256 of its key. */
export function fingerprintOf(keyText: string): bigint {
  return hash('sha256', keyText, 'buffer').readBigUInt64BE(0);
}

/** The fingerprints of the rows of a bucket in a seal, in the order of the rows' keys. */
export class Fingerprints {
  readonly #ordered: BigUint64Array;
  #next = 0;
  #sorted: BigUint64Array | undefined;

  constructor(pieces: readonly Buffer[]) {
    const bytes = Buffer.concat(pieces);
    this.#ordered = new BigUint64Array(bytes.length / FINGERPRINT_BYTES);
    for (let index = 0; index < this.#ordered.length; index += 1) {
      this.#ordered[index] = bytes.readBigUInt64BE(index * FINGERPRINT_BYTES);
    }
  }

  /** Whether the next row, in the order of the keys, is one of these; each matches once. */
  take(fingerprint: bigint): boolean {
    if (this.#ordered[this.#next] === fingerprint) {
      this.#next += 1;
      return true;
    }
    if (!this.#has(fingerprint)) return false;
    // The rows before it are missing.
    const found = this.#ordered.indexOf(fingerprint, this.#next);
    if (found < 0) return false;
    this.#next = found + 1;
    return true;
  }

  #has(fingerprint: bigint): boolean {
    this.#sorted ??= this.#ordered.toSorted();
    const sorted = this.#sorted;
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sorted[middle]! < fingerprint) low = middle + 1;
      else high = middle;
    }
    return sorted[low] === fingerprint;
  }
}

/** Collects fingerprints for the table in pieces that fit into one packet of the database. */
export class FingerprintWriter {
  static readonly ROWS_OF_PIECE = 125_000;
  readonly pieces: Buffer[] = [];
  #rows = 0;

  add(fingerprint: bigint): void {
    const row = this.#rows % FingerprintWriter.ROWS_OF_PIECE;
    if (row === 0) this.pieces.push(Buffer.alloc(FingerprintWriter.ROWS_OF_PIECE * FINGERPRINT_BYTES));
    this.pieces.at(-1)!.writeBigUInt64BE(fingerprint, row * FINGERPRINT_BYTES);
    this.#rows += 1;
  }

  /** The pieces with their numbers of rows. */
  finish(): { rowCount: number; fingerprints: Buffer }[] {
    return this.pieces.map((piece, index) => {
      const before = index * FingerprintWriter.ROWS_OF_PIECE;
      const rowCount = Math.min(this.#rows - before, FingerprintWriter.ROWS_OF_PIECE);
      return { rowCount, fingerprints: piece.subarray(0, rowCount * FINGERPRINT_BYTES) };
    });
  }
}
