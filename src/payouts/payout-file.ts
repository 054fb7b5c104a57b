import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { PayoutRunWithLines } from './payout-run.queries.ts';
import { RECORD_BYTES, writeZenginFile } from './zengin-file.rules.ts';

/** The folder of payout files below FILES_DIR. */
export function payoutsDir(filesDir: string): string {
  return join(filesDir, 'payouts');
}

/** Path of the file of a run. */
export function payoutFilePath(filesDir: string, { number }: { readonly number: string }): string {
  return join(payoutsDir(filesDir), `${number}.txt`);
}

/** The bytes of a run's file, from its rows alone: the same whenever they are made, with their SHA-256 in hexadecimal. */
export function composePayoutFile({ run, lines }: PayoutRunWithLines): { bytes: Buffer; checksum: string } {
  const bytes = writeZenginFile({
    originator: run.originator,
    payOn: run.payOn,
    transfers: lines.map((line) => ({ ...line, customerCodes: [run.number, String(line.lineNumber)] })),
  });
  return { bytes, checksum: createHash('sha256').update(bytes).digest('hex') };
}

const RECORD_AND_END = RECORD_BYTES + 2;

/** What a payout file orders, read from the records of its transfers; undefined for bytes that are no payout file. */
export function readFileTotals(
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
