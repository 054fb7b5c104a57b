import { create } from 'xmlbuilder2';
import { findBicFault } from '../shared/bic.rules.ts';
import { compactCode, readIban } from '../shared/iban.rules.ts';
import { sumMinor } from '../shared/money.ts';
import { toSepaText } from '../shared/sepa-text.rules.ts';
import { BankFileFault } from './zengin-file.rules.ts';

/** An account of the single euro payments area. */
export interface PainParty {
  /** Up to 70 characters. */
  readonly name: string;
  readonly iban: string;
  /** Undefined: the bank finds it by the IBAN. */
  readonly bic?: string | undefined;
}

export interface PainTransfer {
  /** Up to 35 characters; unique within the file, comes back with the bank's results. */
  readonly endToEndId: string;
  readonly to: PainParty;
  readonly amountMinor: bigint;
  /** What the payee reads on the statement, up to 140 characters. */
  readonly remittance: string;
}

export interface PainOrder {
  /** Up to 35 characters, unique for ever: a bank refuses a message that it has seen. */
  readonly messageId: string;
  /** When the file was fixed, so that it has the same bytes whenever it is written. */
  readonly createdAt: Date;
  readonly payOn: string;
  readonly from: PainParty;
  readonly transfers: readonly PainTransfer[];
}

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09';
const IDENTIFIER = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,33}[A-Za-z0-9])?$/;
const MAX_AMOUNT_MINOR = 99_999_999_999n;

/**
 * A file of euro transfers, pain.001.001.09: one payment of type TRF with shared charges (SLEV), without any postal address.
 * @throws BankFileFault for a text, an account or an amount that the message cannot carry
 */
export function writePainFile(order: PainOrder): Buffer {
  const { messageId, createdAt, payOn, from, transfers } = order;
  if (transfers.length === 0) throw new BankFileFault('a payout file needs at least one transfer');
  const ids = new Set(transfers.map(({ endToEndId }) => endToEndId));
  if (ids.size < transfers.length) throw new BankFileFault('two transfers have the same end-to-end id');
  const count = String(transfers.length);
  const total = inUnits(sumMinor(transfers.map(({ amountMinor }) => amountMinor)));
  const root = create({ version: '1.0', encoding: 'UTF-8' })
    .ele(NAMESPACE, 'Document')
    .ele('CstmrCdtTrfInitn');
  root.ele({
    GrpHdr: {
      MsgId: identifier(messageId, 'message id'),
      CreDtTm: `${createdAt.toISOString().slice(0, 19)}Z`,
      NbOfTxs: count,
      CtrlSum: total,
      InitgPty: { Nm: text(from.name, 70, 'name of the carrier') },
    },
  });
  const payment = root.ele({
    PmtInf: {
      PmtInfId: identifier(messageId, 'message id'),
      PmtMtd: 'TRF',
      NbOfTxs: count,
      CtrlSum: total,
      ReqdExctnDt: { Dt: payOn },
      Dbtr: { Nm: text(from.name, 70, 'name of the carrier') },
      DbtrAcct: { Id: { IBAN: iban(from.iban, 'IBAN of the carrier') } },
      DbtrAgt: agentOf(from, 'BIC of the carrier'),
      ChrgBr: 'SLEV',
    },
  });
  transfers.forEach((transfer, index) =>
    payment.ele({ CdtTrfTxInf: transferOf(transfer, `transfer ${index + 1}`) }),
  );
  return Buffer.from(`${root.end({ prettyPrint: true })}\n`, 'utf8');
}

/** What a file orders, by its transfers; undefined for bytes that are no such file, or whose header has other sums. */
export function readPainTotals(
  bytes: Buffer,
): { readonly count: number; readonly totalMinor: bigint } | undefined {
  try {
    const root = create(bytes.toString('utf8')).root();
    const textsOf = (name: string) =>
      root
        .filter(({ node }) => node.nodeName === name, false, true)
        .map(({ node }) => node.textContent ?? '');
    const amounts = textsOf('InstdAmt').map(toMinorUnits);
    const [count, totalMinor] = [amounts.length, sumMinor(amounts)];
    const areSums = textsOf('CtrlSum').every((sum) => toMinorUnits(sum) === totalMinor);
    const areCounts = textsOf('NbOfTxs').every((number) => number === String(count));
    return count > 0 && areSums && areCounts ? { count, totalMinor } : undefined;
  } catch {
    return undefined;
  }
}

/** @throws RangeError */
function toMinorUnits(amount: string): bigint {
  if (!/^\d+\.\d\d$/.test(amount)) throw new RangeError(`${amount} is no amount in euro and cents`);
  return BigInt(amount.replace('.', ''));
}

function transferOf({ endToEndId, to, amountMinor, remittance }: PainTransfer, where: string) {
  if (amountMinor <= 0n || amountMinor > MAX_AMOUNT_MINOR) {
    throw new BankFileFault(`${where}: the amount ${amountMinor} is not one that a transfer takes`);
  }
  const account = iban(to.iban, `${where}: IBAN`);
  return {
    PmtId: { EndToEndId: identifier(endToEndId, `${where}: end-to-end id`) },
    Amt: { InstdAmt: { '@Ccy': 'EUR', '#': inUnits(amountMinor) } },
    ...(to.bic === undefined ? {} : { CdtrAgt: agentOf(to, `${where}: BIC`) }),
    Cdtr: { Nm: text(to.name, 70, `${where}: name of the payee`) },
    CdtrAcct: { Id: { IBAN: account } },
    RmtInf: { Ustrd: text(remittance, 140, `${where}: remittance`) },
  };
}

function agentOf({ bic, iban: account }: PainParty, field: string) {
  if (bic === undefined) return { FinInstnId: { Othr: { Id: 'NOTPROVIDED' } } };
  const found = findBicFault(bic, compactCode(account));
  if (found !== undefined) throw new BankFileFault(`${field} ${found.fault}: ${bic}`);
  return { FinInstnId: { BICFI: bic } };
}

function inUnits(amountMinor: bigint): string {
  return `${amountMinor / 100n}.${String(amountMinor % 100n).padStart(2, '0')}`;
}

function identifier(value: string, field: string): string {
  if (!IDENTIFIER.test(value)) {
    throw new BankFileFault(`${field} is not one of up to 35 letters, digits and hyphens: ${value}`);
  }
  return value;
}

function text(value: string, max: number, field: string): string {
  const read = toSepaText(value, max);
  if ('fault' in read) throw new BankFileFault(`${field} ${read.fault}`);
  return read.text;
}

/** With its country's length and its check digits. */
function iban(value: string, field: string): string {
  const read = readIban(value);
  if ('fault' in read) throw new BankFileFault(`${field} ${read.fault}: ${value}`);
  return read.iban;
}
