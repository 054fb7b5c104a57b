import { Buffer } from 'node:buffer';
import { refuseFile } from './refuse-file.ts';

/** A longer line cannot be a row of a line master. */
export const MAX_LINE_BYTES = 64 * 1024;
const LINE_FEED = 0x0a;

/** Whole lines of a file, each with its line feed; the last block of a truncated file ends without one. */
export interface LineBlock {
  readonly bytes: Buffer;
  readonly isCutOff: boolean;
}

/**
 * Splits a stream of bytes into blocks of whole lines, at most one for each chunk.
 * @throws Problem `import-refused` for a line of more than 64 KiB.
 */
export async function* readLineBlocks(chunks: AsyncIterable<Buffer>): AsyncGenerator<LineBlock> {
  let begun: Buffer[] = [];
  let begunBytes = 0;
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(LINE_FEED) + 1;
    if (end > 0) {
      const whole = chunk.subarray(0, end);
      const bytes = begunBytes > 0 ? Buffer.concat([...begun, whole]) : whole;
      if (hasLongLine(bytes)) throw tooLong();
      yield { bytes, isCutOff: false };
      begun = [];
      begunBytes = 0;
    }
    if (end === chunk.length) continue;
    begun.push(chunk.subarray(end));
    begunBytes += chunk.length - end;
    if (begunBytes > MAX_LINE_BYTES) throw tooLong();
  }
  if (begunBytes > 0) yield { bytes: Buffer.concat(begun), isCutOff: true };
}

/** Steps from line feed to line feed, at most MAX_LINE_BYTES at a time. */
function hasLongLine(bytes: Buffer): boolean {
  for (let from = 0; bytes.length - from > MAX_LINE_BYTES;) {
    const end = bytes.lastIndexOf(LINE_FEED, from + MAX_LINE_BYTES);
    if (end < from) return true;
    from = end + 1;
  }
  return false;
}

function tooLong() {
  return refuseFile(`it has a line of more than ${MAX_LINE_BYTES / 1024} KiB`);
}
