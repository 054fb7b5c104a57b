import { isAscii, isUtf8 } from 'node:buffer';
import type { FileEncoding } from './file-encoding.rules.ts';

/** The lowest first byte of a kanji or kana in UTF-8; half-width kana of Shift_JIS are below it. */
const WIDE_LEAD = 0xe0;
const FIRST_KANA = 0xa1;
const LINE_FEED = 0x0a;

/**
 * Guesses the encoding of a file that is not in the expected one, from all its bytes: a few names may have the same bytes
 * in several encodings. Undefined when none fits, as for a damaged UTF-8 file, and for ASCII, which fits all. Uses constant
 * memory.
 */
export class EncodingGuess {
  readonly #readers = new Map<FileEncoding, TextDecoder>(
    (['utf-8', 'shift_jis', 'euc-jp'] as const).map((encoding) => [
      encoding,
      new TextDecoder(encoding, { fatal: true }),
    ]),
  );
  readonly #disguise = new KanaInDisguise();
  #isAscii = true;
  #hasHighBytes = false;
  #hasWideText = false;

  /** Adds the next bytes of the file, which start at the beginning of a line. */
  add(bytes: Uint8Array): void {
    this.#isAscii &&= isAscii(bytes);
    this.#disguise.add(bytes);
    for (const encoding of this.#readers.keys()) this.#tryAs(encoding, bytes, { stream: true });
    this.#hasHighBytes ||= bytes.some((byte) => byte >= WIDE_LEAD);
    this.#hasWideText ||= hasWideLine(bytes);
  }

  end(): FileEncoding | undefined {
    if (this.#isAscii) return undefined;
    for (const encoding of this.#readers.keys()) this.#tryAs(encoding, new Uint8Array(), {});
    if (this.#readers.has('utf-8')) return this.#disguise.isSuspected ? 'shift_jis' : 'utf-8';
    // Rows of kanji that are valid UTF-8 are no coincidence: this is a UTF-8 file with damaged bytes.
    if (this.#hasWideText) return undefined;
    const [isShiftJis, isEuc] = [this.#readers.has('shift_jis'), this.#readers.has('euc-jp')];
    // Two half-width kana of Shift_JIS are one kanji of EUC-JP, but never one with such a high byte.
    if (isShiftJis && isEuc) return this.#hasHighBytes ? 'euc-jp' : 'shift_jis';
    if (isShiftJis) return 'shift_jis';
    return isEuc ? 'euc-jp' : undefined;
  }

  #tryAs(encoding: FileEncoding, bytes: Uint8Array, options: { stream?: boolean }): void {
    try {
      this.#readers.get(encoding)?.decode(bytes, options);
    } catch {
      this.#readers.delete(encoding);
    }
  }
}

function hasWideLine(bytes: Uint8Array): boolean {
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(LINE_FEED, from);
    const line = bytes.subarray(from, end < 0 ? bytes.length : end);
    if (line.some((byte) => byte >= WIDE_LEAD) && isUtf8(line)) return true;
    from += line.length + 1;
  }
  return false;
}

/**
 * Detects a Shift_JIS file whose half-width kana happen to be valid UTF-8: all its letters beyond ASCII are pairs of
 * bytes that are two half-width kana, which in UTF-8 are rare letters of Latin, Greek or Cyrillic, and none of them
 * is next to an ASCII letter, as the é of José is.
 */
export class KanaInDisguise {
  #found = false;
  #excluded = false;
  #lead = false;
  #before = 0;

  get isSuspected(): boolean {
    return this.#found && !this.#excluded;
  }

  /** Adds the next bytes of the file, which are valid UTF-8. */
  add(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (this.#excluded) return;
      if (this.#lead) this.#excluded = byte < FIRST_KANA;
      else if (byte < 0x80) this.#excluded = this.#before >= 0x80 && isAsciiLetter(byte);
      else this.#excluded = byte >= WIDE_LEAD || isAsciiLetter(this.#before);
      this.#lead = !this.#lead && byte >= 0x80;
      this.#found ||= this.#lead;
      this.#before = byte;
    }
  }
}

function isAsciiLetter(byte: number): boolean {
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}
