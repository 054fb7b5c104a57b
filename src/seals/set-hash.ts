import { createHmac, type Hmac } from 'node:crypto';

/** Hashes rows in their order, keyed with a seal's salt. */
export class SetHash {
  readonly #hmac: Hmac;
  rows = 0;

  constructor(salt: string) {
    this.#hmac = createHmac('sha256', salt);
  }

  add(rowText: string): void {
    this.#hmac.update(`${rowText}\n`, 'utf8');
    this.rows += 1;
  }

  finish(): { rows: number; hash: string } {
    return { rows: this.rows, hash: this.#hmac.digest('hex') };
  }
}
