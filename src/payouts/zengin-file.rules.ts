import { toBankCharacters, type BankField } from '../shared/bank-characters.rules.ts';
import { MAX_AMOUNT_MINOR, sumMinor } from '../shared/money.ts';

/** The carrier's account, from which the bank transfers, and the code that the bank gave it. */
export interface ZenginOriginator {
  /** 10 digits, or fewer and zero padded. */
  readonly code: string;
  readonly name: string;
  readonly bankCode: string;
  readonly bankName: string;
  readonly branchCode: string;
  readonly branchName: string;
  readonly accountType: 'ordinary' | 'current' | 'other';
  readonly accountNumber: string;
}

/** One transfer. Names are as entered or converted already; conversion keeps converted ones. */
export interface ZenginTransfer {
  readonly bankCode: string;
  readonly bankName: string;
  readonly branchCode: string;
  readonly branchName: string;
  readonly accountType: 'ordinary' | 'current' | 'savings' | 'other';
  readonly accountNumber: string;
  readonly payee: string;
  readonly amountMinor: bigint;
  /** Whether the bank sees this account for the first time, in place of another one, or neither. */
  readonly accountNews: 'first' | 'changed' | 'none';
  /** Two customer codes of up to 10 digits: what the bank returns with its results. */
  readonly customerCodes: readonly [string, string];
}

export interface ZenginOrder {
  readonly originator: ZenginOriginator;
  /** A bank day; the file has its month and day alone. */
  readonly payOn: string;
  readonly transfers: readonly ZenginTransfer[];
}

/** A field that a payout file cannot carry; the message names the record and the field. */
export class BankFileFault extends Error {
  override readonly name = 'BankFileFault';
}

const RECORD_BYTES = 120;
const RECORD_AND_END = RECORD_BYTES + 2;
const MAX_TRANSFERS = 999_999;
const MAX_TOTAL_MINOR = 999_999_999_999n;
const ACCOUNT_TYPES = { ordinary: '1', current: '2', savings: '4', other: '9' } as const;
const ACCOUNT_NEWS = { first: '1', changed: '2', none: '0' } as const;
/** U+FF61 is 0xA1 in JIS X 0201. */
const HALF_WIDTH_OFFSET = 0xff61 - 0xa1;

/**
 * The bytes of a file of transfers (全銀 総合振込, domain.md section 6): a header, a record per transfer, a trailer and an end,
 * 120 bytes of JIS X 0201 each, every one followed by CRLF.
 * @throws BankFileFault for a name, a number or a sum that its field cannot carry
 */
export function writeZenginFile({ originator, payOn, transfers }: ZenginOrder): Buffer {
  if (transfers.length === 0) throw new BankFileFault('a payout file needs at least one transfer');
  if (transfers.length > MAX_TRANSFERS) {
    throw new BankFileFault(`a payout file takes ${MAX_TRANSFERS} transfers, not ${transfers.length}`);
  }
  const totalMinor = sumMinor(transfers.map(({ amountMinor }) => amountMinor));
  if (totalMinor > MAX_TOTAL_MINOR) {
    throw new BankFileFault(`the total ${totalMinor} has more than the 12 digits of a payout file`);
  }
  const records = [
    headerRecord(originator, payOn),
    ...transfers.map((transfer, index) => dataRecord(transfer, `transfer ${index + 1}`)),
    `8${digits(String(transfers.length), 6, 'count')}${digits(String(totalMinor), 12, 'total')}${' '.repeat(101)}`,
    `9${' '.repeat(119)}`,
  ];
  return Buffer.concat(records.map(encodeRecord));
}

/** What a file orders, read from the records of its transfers; undefined for bytes that are no such file. */
export function readZenginTotals(
  bytes: Buffer,
): { readonly count: number; readonly totalMinor: bigint } | undefined {
  if (bytes.length === 0 || bytes.length % RECORD_AND_END !== 0) return undefined;
  let [count, totalMinor] = [0, 0n];
  for (let at = 0; at < bytes.length; at += RECORD_AND_END) {
    if (bytes.toString('latin1', at, at + 1) !== '2') continue;
    const amount = bytes.toString('latin1', at + 80, at + 90);
    if (!/^\d{10}$/.test(amount)) return undefined;
    count += 1;
    totalMinor += BigInt(amount);
  }
  return { count, totalMinor };
}

function headerRecord(from: ZenginOriginator, payOn: string): string {
  const where = 'originator';
  return [
    '1',
    '21',
    '0',
    digits(from.code, 10, `${where}'s code`),
    name(from.name, 40, 'payee', `${where}'s name`),
    `${payOn.slice(5, 7)}${payOn.slice(8, 10)}`,
    digits(from.bankCode, 4, `${where}'s bank code`),
    name(from.bankName, 15, 'bank', `${where}'s bank name`),
    digits(from.branchCode, 3, `${where}'s branch code`),
    name(from.branchName, 15, 'bank', `${where}'s branch name`),
    ACCOUNT_TYPES[from.accountType],
    digits(from.accountNumber, 7, `${where}'s account number`),
    ' '.repeat(17),
  ].join('');
}

function dataRecord(to: ZenginTransfer, where: string): string {
  if (to.amountMinor <= 0n || to.amountMinor > MAX_AMOUNT_MINOR) {
    throw new BankFileFault(`${where}: the amount ${to.amountMinor} is not one of 1 to 10 digits`);
  }
  return [
    '2',
    digits(to.bankCode, 4, `${where}: bank code`),
    name(to.bankName, 15, 'bank', `${where}: bank name`),
    digits(to.branchCode, 3, `${where}: branch code`),
    name(to.branchName, 15, 'bank', `${where}: branch name`),
    '0000',
    ACCOUNT_TYPES[to.accountType],
    digits(to.accountNumber, 7, `${where}: account number`),
    name(to.payee, 30, 'payee', `${where}: account holder`),
    digits(String(to.amountMinor), 10, `${where}: amount`),
    ACCOUNT_NEWS[to.accountNews],
    digits(to.customerCodes[0], 10, `${where}: first customer code`),
    digits(to.customerCodes[1], 10, `${where}: second customer code`),
    '7',
    ' ', // The customer codes stand where EDI information would.
    ' '.repeat(7),
  ].join('');
}

/** N: digits, right-aligned, zero padded. */
function digits(text: string, bytes: number, field: string): string {
  if (!/^[0-9]+$/.test(text) || text.length > bytes) {
    throw new BankFileFault(`${field} is not a number of up to ${bytes} digits: ${text}`);
  }
  return text.padStart(bytes, '0');
}

/** C: left-aligned, space padded. */
function name(text: string, bytes: number, of: BankField, field: string): string {
  const converted = toBankCharacters(text, of, bytes);
  if ('fault' in converted) throw new BankFileFault(`${field} ${converted.fault}`);
  return converted.text.padEnd(bytes, ' ');
}

function encodeRecord(record: string): Buffer {
  if (record.length !== RECORD_BYTES) {
    throw new Error(`a record of ${record.length} characters is not one of a payout file`);
  }
  const bytes = Array.from(`${record}\r\n`, (letter) => {
    const code = letter.charCodeAt(0);
    return code < 0x80 ? code : code - HALF_WIDTH_OFFSET;
  });
  return Buffer.from(bytes);
}
