/**
 * Reads a payout file byte by byte, from the layout in domain.md section 6 alone: no code of the writer. Names are returned as the
 * bytes say, half-width kana by their JIS X 0201 codes.
 */

const CR = 0x0d;
const LF = 0x0a;

export interface ReadHeader {
  readonly originatorCode: string;
  readonly name: string;
  readonly monthDay: string;
  readonly bankCode: string;
  readonly bankName: string;
  readonly branchCode: string;
  readonly branchName: string;
  readonly accountType: string;
  readonly accountNumber: string;
}

export interface ReadTransfer {
  readonly bankCode: string;
  readonly bankName: string;
  readonly branchCode: string;
  readonly branchName: string;
  readonly accountType: string;
  readonly accountNumber: string;
  readonly payee: string;
  readonly amount: bigint;
  readonly newCode: string;
  readonly customerCodes: readonly [string, string];
}

export interface ReadFile {
  readonly header: ReadHeader;
  readonly transfers: readonly ReadTransfer[];
  readonly count: number;
  readonly total: bigint;
}

export function readZengin(file: Buffer): ReadFile {
  if (file.length === 0 || file.length % 122 !== 0) throw new Error(`${file.length} bytes are no records`);
  const records: Buffer[] = [];
  for (let at = 0; at < file.length; at += 122) {
    if (file[at + 120] !== CR || file[at + 121] !== LF) throw new Error(`no CRLF at ${at + 120}`);
    records.push(file.subarray(at, at + 120));
  }
  if (records.length < 4) throw new Error('a header, a transfer, a trailer and an end are 4 records');
  const [first, ...rest] = records;
  const end = rest.pop()!;
  const trailer = rest.pop()!;
  expectText(end, 0, `9${' '.repeat(119)}`);
  expectText(trailer, 0, '8');
  expectText(trailer, 19, ' '.repeat(101));
  return {
    header: readHeader(first!),
    transfers: rest.map(readTransfer),
    count: Number(numeric(trailer, 1, 6)),
    total: BigInt(numeric(trailer, 7, 12)),
  };
}

function readHeader(record: Buffer): ReadHeader {
  expectText(record, 0, '1210');
  expectText(record, 103, ' '.repeat(17));
  return {
    originatorCode: numeric(record, 4, 10),
    name: padded(record, 14, 40, PAYEE_BYTES),
    monthDay: numeric(record, 54, 4),
    bankCode: numeric(record, 58, 4),
    bankName: padded(record, 62, 15, BANK_BYTES),
    branchCode: numeric(record, 77, 3),
    branchName: padded(record, 80, 15, BANK_BYTES),
    accountType: numeric(record, 95, 1),
    accountNumber: numeric(record, 96, 7),
  };
}

function readTransfer(record: Buffer): ReadTransfer {
  expectText(record, 0, '2');
  expectText(record, 38, '0000');
  expectText(record, 111, '7');
  expectText(record, 112, ' '.repeat(8));
  return {
    bankCode: numeric(record, 1, 4),
    bankName: padded(record, 5, 15, BANK_BYTES),
    branchCode: numeric(record, 20, 3),
    branchName: padded(record, 23, 15, BANK_BYTES),
    accountType: numeric(record, 42, 1),
    accountNumber: numeric(record, 43, 7),
    payee: padded(record, 50, 30, PAYEE_BYTES),
    amount: BigInt(numeric(record, 80, 10)),
    newCode: numeric(record, 90, 1),
    customerCodes: [numeric(record, 91, 10), numeric(record, 101, 10)],
  };
}

/** ｱ to ﾝ are 0xB1 to 0xDD, ﾞ and ﾟ 0xDE and 0xDF: no ｦ (0xA6), no small kana (0xA7–0xAF), no ｰ (0xB0). */
const isKana = (byte: number) => byte >= 0xb1 && byte <= 0xdf;
const isLetter = (byte: number) => (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x30 && byte <= 0x39);
const BANK_BYTES = (byte: number) => isKana(byte) || isLetter(byte) || byte === 0x2d;
const PAYEE_BYTES = (byte: number) => BANK_BYTES(byte) || [0x20, 0x28, 0x29, 0x2e].includes(byte);

function padded(record: Buffer, at: number, bytes: number, isAllowed: (byte: number) => boolean): string {
  let end = at + bytes;
  while (end > at && record[end - 1] === 0x20) end -= 1;
  const letters: string[] = [];
  for (let offset = at; offset < end; offset += 1) {
    const byte = record[offset]!;
    if (!isAllowed(byte)) throw new Error(`byte ${byte.toString(16)} at ${offset} is forbidden`);
    if (byte >= 0xde && !isKana(record[offset - 1]!))
      throw new Error(`an orphaned voicing mark at ${offset}`);
    letters.push(byte < 0x80 ? String.fromCharCode(byte) : String.fromCharCode(byte + 0xfec0));
  }
  return letters.join('');
}

function numeric(record: Buffer, at: number, bytes: number): string {
  const text = record.toString('latin1', at, at + bytes);
  if (!/^\d+$/.test(text)) throw new Error(`no digits at ${at}: ${text}`);
  return text;
}

function expectText(record: Buffer, at: number, expected: string): void {
  const text = record.toString('latin1', at, at + expected.length);
  if (text !== expected) throw new Error(`at ${at}: "${text}" and not "${expected}"`);
}
