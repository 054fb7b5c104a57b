import assert from 'node:assert/strict';

export const IDENTIFIERS_PER_SOCKET = 256;

/**
 * The 256 identifiers of one socket. A pending one is never reused; one whose request timed
 * out rests first, so that a late reply meets no other request. The one that is unused longest is taken next.
 */
export class Identifiers {
  readonly #free: number[] = Array.from({ length: IDENTIFIERS_PER_SOCKET }, (_, identifier) => identifier);
  readonly #resting: { readonly identifier: number; readonly untilMs: number }[] = [];
  readonly #taken = new Set<number>();
  readonly #quarantineMs: number;

  constructor(quarantineMs: number) {
    this.#quarantineMs = quarantineMs;
  }

  /** Undefined when all 256 are pending or resting. */
  take(nowMs: number): number | undefined {
    while (this.#resting[0] && this.#resting[0].untilMs <= nowMs) {
      this.#free.push(this.#resting[0].identifier);
      this.#resting.shift();
    }
    const identifier = this.#free.shift();
    if (identifier !== undefined) this.#taken.add(identifier);
    return identifier;
  }

  /** Releases an identifier whose reply has arrived: no further valid reply to it can follow. */
  release(identifier: number): void {
    assert(this.#taken.delete(identifier), 'only a taken identifier can be given back');
    this.#free.push(identifier);
  }

  /** Releases an identifier whose reply may still arrive, after a rest. */
  quarantine(identifier: number, nowMs: number): void {
    assert(this.#taken.delete(identifier), 'only a taken identifier can be given back');
    this.#resting.push({ identifier, untilMs: nowMs + this.#quarantineMs });
  }
}
