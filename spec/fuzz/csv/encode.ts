import { Buffer } from 'node:buffer';

/** Bytes of each character, by encoding; derived from decoding all bytes. */
const tables = new Map<string, ReadonlyMap<string, Buffer>>();

/** A text in an encoding of one or two bytes a letter, like another system; characters that it lacks become `?`. */
export function encodeJapanese(text: string, encoding: 'shift_jis' | 'euc-jp'): Buffer {
  const table = tables.get(encoding) ?? makeTable(encoding);
  tables.set(encoding, table);
  return Buffer.concat(Array.from(text, (letter) => table.get(letter) ?? Buffer.from('?')));
}

function makeTable(encoding: string): ReadonlyMap<string, Buffer> {
  const table = new Map<string, Buffer>();
  const add = (bytes: Buffer): void => {
    const letters = Array.from(new TextDecoder(encoding).decode(bytes));
    const [letter = '\uFFFD'] = letters;
    if (letters.length === 1 && letter !== '\uFFFD' && !table.has(letter)) table.set(letter, bytes);
  };
  for (let byte = 0; byte < 256; byte += 1) add(Buffer.of(byte));
  for (let lead = 0x81; lead < 256; lead += 1) {
    for (let trail = 0x40; trail < 256; trail += 1) add(Buffer.of(lead, trail));
  }
  return table;
}
