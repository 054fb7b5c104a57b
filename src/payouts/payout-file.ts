import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Currency } from '../shared/money.ts';
import { readPainTotals, writePainFile, type PainParty, type PainTransfer } from './pain-file.rules.ts';
import type { PayoutLine, PayoutRunWithLines } from './payout-run.queries.ts';
import { payoutCode, payoutFileName } from './payout.rules.ts';
import {
  BankFileFault,
  readZenginTotals,
  writeZenginFile,
  type ZenginOriginator,
  type ZenginTransfer,
} from './zengin-file.rules.ts';

/** Where payout files are kept, and in which currency they are. */
export interface FileSettings {
  readonly filesDir: string;
  readonly currency: Currency;
}

/** The folder of payout files below FILES_DIR. */
export function payoutsDir(filesDir: string): string {
  return join(filesDir, 'payouts');
}

/** Path of the file of a run. */
export function payoutFilePath(
  { filesDir, currency }: FileSettings,
  run: { readonly number: string },
): string {
  return join(payoutsDir(filesDir), payoutFileName(currency, run));
}

/**
 * The bytes of a run's file, from its rows alone: the same whenever they are made, with their SHA-256 in hexadecimal. The kind of the
 * account that pays is the kind of the file.
 * @throws BankFileFault for rows that no file can carry
 */
export function composePayoutFile(found: PayoutRunWithLines): { bytes: Buffer; checksum: string } {
  const { originator } = found.run;
  const bytes = 'iban' in originator ? composePain(found, originator) : composeZengin(found, originator);
  return { bytes, checksum: createHash('sha256').update(bytes).digest('hex') };
}

function composeZengin({ run, lines }: PayoutRunWithLines, originator: ZenginOriginator): Buffer {
  const { payOn, number } = run;
  const transfers = lines.map(({ accountType, ...line }): ZenginTransfer => {
    if (accountType === '') throw new BankFileFault(`transfer ${line.lineNumber} is to no Japanese account`);
    return { ...line, accountType, customerCodes: [number, String(line.lineNumber)] };
  });
  return writeZenginFile({ originator, payOn, transfers });
}

/** The number of a run is never used again, so it is the message's; a bank refuses a message that it has seen. */
function composePain({ run, lines }: PayoutRunWithLines, from: PainParty): Buffer {
  const { number, payOn, createdAt } = run;
  const transfers = lines.map((line): PainTransfer => {
    const { lineNumber, payee, iban, bic, amountMinor } = line;
    if (iban === '') throw new BankFileFault(`transfer ${lineNumber} is to no account with an IBAN`);
    const to = { name: payee, iban, ...(bic !== '' && { bic }) };
    return {
      endToEndId: payoutCode({ number, lineNumber }),
      to,
      amountMinor,
      remittance: remittanceOf(line),
    };
  });
  return writePainFile({ messageId: number, createdAt, payOn, from, transfers });
}

/** What the payee finds on the statement of its bank: `Settlement S202601-000007`. */
function remittanceOf({ kind, reference }: PayoutLine): string {
  return `${kind === 'settlement' ? 'Settlement' : 'Refund'} ${reference}`;
}

/** What a payout file orders, read from its transfers; undefined for bytes that are no payout file of the currency. */
export function readFileTotals(
  bytes: Buffer,
  currency: Currency,
): { readonly count: number; readonly totalMinor: bigint } | undefined {
  return currency === 'JPY' ? readZenginTotals(bytes) : readPainTotals(bytes);
}
