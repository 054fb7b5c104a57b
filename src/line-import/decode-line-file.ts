import { Buffer, isAscii, isUtf8 } from 'node:buffer';
import { readOpening, titleOf, type FileEncoding, type StatedEncoding } from './file-encoding.rules.ts';
import { EncodingGuess, KanaInDisguise } from './guess-encoding.ts';
import { readLineBlocks, type LineBlock } from './line-blocks.ts';
import { refuseFile } from './refuse-file.ts';

const LINE_FEED = 0x0a;
const UTF8_MARK = Buffer.from('\uFEFF');
const HEAD_BYTES = 4;

type Chunks = AsyncGenerator<Buffer>;

/**
 * Reads a line file as blocks of whole lines in UTF-8 without a byte order mark; a few chunks are in memory. Without a
 * stated encoding a file must be UTF-8 from its first byte to its last: one row in another encoding condemns the whole file.
 * `lineOf` returns the number of the line that the next block begins with.
 * @throws Problem `import-refused` for a file in another encoding than stated; it names the one that the file looks like.
 */
export async function* decodeLineFile(
  source: AsyncIterable<Buffer | string>,
  stated: StatedEncoding,
  lineOf: () => number,
): AsyncGenerator<LineBlock> {
  const chunks = chunksOf(source);
  try {
    const head = await readHead(chunks);
    const encoding = decideEncoding(stated, readOpening(head));
    if (encoding !== 'utf-8') {
      yield* readLineBlocks(convert(head, chunks, encoding));
      return;
    }
    const hasMark = head.subarray(0, UTF8_MARK.length).equals(UTF8_MARK);
    const text = prepend(hasMark ? head.subarray(UTF8_MARK.length) : head, chunks);
    yield* checkUtf8(readLineBlocks(text), { isStated: stated !== undefined || hasMark, lineOf });
  } finally {
    await chunks.return(undefined);
  }
}

async function* chunksOf(source: AsyncIterable<Buffer | string>): Chunks {
  for await (const chunk of source) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

async function readHead(chunks: Chunks): Promise<Buffer> {
  let head = Buffer.alloc(0);
  while (head.length < HEAD_BYTES) {
    const { done, value } = await chunks.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  return head;
}

async function* prepend(head: Buffer, chunks: Chunks): Chunks {
  if (head.length > 0) yield head;
  yield* chunks;
}

/** Uses the stated encoding, unless the first bytes prove another. */
function decideEncoding(stated: StatedEncoding, seen: FileEncoding | undefined): FileEncoding {
  const isWide = seen === 'utf-16le' || seen === 'utf-16be';
  if (stated === 'utf-16' && isWide) return seen;
  if (seen !== undefined && seen !== stated && (stated !== undefined || isWide))
    throw refuseEncoding(stated, seen);
  if (stated?.startsWith('utf-16') && !isWide) throw refuseEncoding(stated, undefined);
  return stated === 'utf-16' ? 'utf-16le' : (stated ?? 'utf-8');
}

/** Converts to UTF-8, strictly: bytes that are invalid in the encoding prove that it is another one. */
async function* convert(head: Buffer, chunks: Chunks, encoding: FileEncoding): Chunks {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const isWide = encoding.startsWith('utf-16');
  const guess = new EncodingGuess();
  for await (const chunk of prepend(head, chunks)) {
    if (!isWide) guess.add(chunk);
    const text = tryDecode(decoder, chunk, { stream: true });
    if (text === undefined)
      throw refuseEncoding(encoding, isWide ? undefined : await endGuess(guess, chunks));
    if (text !== '') yield Buffer.from(text);
  }
  if (tryDecode(decoder, Buffer.alloc(0), {}) === undefined) throw refuseEncoding(encoding, undefined);
  const seen = isWide ? undefined : guess.end();
  if (seen !== undefined && seen !== encoding) throw refuseEncoding(encoding, seen);
}

function tryDecode(decoder: TextDecoder, bytes: Buffer, options: { stream?: boolean }): string | undefined {
  try {
    return decoder.decode(bytes, options);
  } catch {
    return undefined;
  }
}

interface Utf8Check {
  /** UTF-8 is stated, or marked by a byte order mark: valid bytes are then taken as UTF-8. */
  readonly isStated: boolean;
  readonly lineOf: () => number;
}

async function* checkUtf8(
  blocks: AsyncGenerator<LineBlock>,
  { isStated, lineOf }: Utf8Check,
): AsyncGenerator<LineBlock> {
  const disguise = new KanaInDisguise();
  for await (const block of blocks) {
    if (!isAscii(block.bytes)) {
      if (!isUtf8(wholeCharacters(block))) throw await refuseDamaged(block, blocks, lineOf());
      if (!isStated) disguise.add(block.bytes);
    }
    yield block;
  }
  if (disguise.isSuspected) {
    throw refuseFile(
      'all names in it that are not ASCII look like half-width kana of Shift_JIS, read as UTF-8 they are odd letters' +
        ' (state --encoding shift_jis, or utf-8 if they are)',
    );
  }
}

/** A truncated file may end in the middle of a character. */
function wholeCharacters({ bytes, isCutOff }: LineBlock): Buffer {
  if (!isCutOff) return bytes;
  const lead = bytes.findLastIndex((byte) => byte < 0x80 || byte >= 0xc0);
  return bytes.length - lead < HEAD_BYTES ? bytes.subarray(0, lead) : bytes;
}

async function refuseDamaged({ bytes }: LineBlock, rest: AsyncGenerator<LineBlock>, firstLine: number) {
  const guess = new EncodingGuess();
  guess.add(bytes);
  const seen = await endGuess(guess, bytesOf(rest));
  if (seen !== undefined) return refuseEncoding(undefined, seen);
  return refuseFile(
    `line ${firstLine + countGoodLines(bytes)} holds bytes that are not UTF-8, damaged ones it seems`,
  );
}

async function* bytesOf(blocks: AsyncGenerator<LineBlock>): Chunks {
  for await (const { bytes } of blocks) yield bytes;
}

/** Reads the file to its end: more bytes make the guess more certain. */
async function endGuess(guess: EncodingGuess, rest: Chunks): Promise<FileEncoding | undefined> {
  for await (const chunk of rest) guess.add(chunk);
  return guess.end();
}

function countGoodLines(bytes: Buffer): number {
  for (let from = 0, count = 0; ; count += 1) {
    const end = bytes.indexOf(LINE_FEED, from);
    if (end < 0 || !isUtf8(bytes.subarray(from, end))) return count;
    from = end + 1;
  }
}

function refuseEncoding(stated: StatedEncoding, seen: FileEncoding | undefined) {
  const what = stated === undefined ? 'it is not UTF-8' : `it is not ${titleOf(stated)} as stated`;
  if (seen === undefined) return refuseFile(what);
  return refuseFile(
    `${what}, it looks like ${titleOf(seen)} (state --encoding ${seen}, for the inbox LINE_FILE_ENCODING, or save it as UTF-8)`,
  );
}
