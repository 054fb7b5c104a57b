import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { findProgram } from '../../batch/launch/programs.ts';

/** One transfer of a file of euro transfers, as a bank would read it. */
export interface ReadTransfer {
  readonly endToEndId: string;
  readonly amount: string;
  readonly currency: string;
  readonly bic: string | undefined;
  readonly name: string;
  readonly iban: string;
  readonly remittance: string;
}

export interface ReadPain {
  readonly messageId: string;
  readonly createdAt: string;
  readonly payOn: string;
  readonly debtor: { readonly name: string; readonly iban: string; readonly bic: string | undefined };
  readonly transfers: readonly ReadTransfer[];
}

/** The content of each element of a name, in their order. */
function elements(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}(?: [^>]*)?>([^]*?)</${name}>`, 'g'))].map(([, text]) => text!);
}

function element(xml: string, name: string): string {
  const [text, ...more] = elements(xml, name);
  assert.ok(text !== undefined && more.length === 0, `one ${name}, not ${more.length + 1}`);
  return plain(text);
}

function plain(text: string): string {
  assert.doesNotMatch(text, /[<>]/);
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}

function bicOf(xml: string, agent: string): string | undefined {
  const [found] = elements(xml, agent);
  return found === undefined ? undefined : elements(found, 'BICFI')[0];
}

/** In cents, in the reader's own way. */
export const cents = (amount: string) => BigInt(Math.round(Number(amount) * 100));

/**
 * Reads a pain.001.001.09 by domain.md section 6 alone, written apart from the writer, and checks what a bank checks: that it is
 * well-formed, that its counts and sums are those of its transfers, and the elements that have to be there.
 */
export function readPain(bytes: Buffer): ReadPain {
  const xmllint = findProgram('xmllint');
  if (xmllint !== undefined) execFileSync(xmllint, ['--noout', '-'], { input: bytes });
  const xml = bytes.toString('utf8');
  assert.match(
    xml,
    /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain\.001\.001\.09">/,
  );
  const [header, payment] = [elements(xml, 'GrpHdr')[0]!, elements(xml, 'PmtInf')[0]!];
  const found = elements(payment, 'CdtTrfTxInf');
  const transfers = found.map((one) => ({
    endToEndId: element(one, 'EndToEndId'),
    amount: element(one, 'InstdAmt'),
    currency: /<InstdAmt Ccy="([A-Z]{3})">/.exec(one)?.[1] ?? '',
    bic: bicOf(one, 'CdtrAgt'),
    name: element(elements(one, 'Cdtr')[0]!, 'Nm'),
    iban: element(elements(one, 'CdtrAcct')[0]!, 'IBAN'),
    remittance: element(one, 'Ustrd'),
  }));
  const total = transfers.reduce((sum, { amount }) => sum + cents(amount), 0n);
  for (const block of [header, payment.replaceAll(/<CdtTrfTxInf>[^]*<\/CdtTrfTxInf>/g, '')]) {
    assert.equal(element(block, 'NbOfTxs'), String(transfers.length));
    assert.equal(cents(element(block, 'CtrlSum')), total);
  }
  assert.equal(element(payment, 'PmtMtd'), 'TRF');
  assert.equal(element(payment, 'ChrgBr'), 'SLEV');
  assert.doesNotMatch(xml, /PstlAdr|AdrLine/);
  const debtor = elements(payment, 'Dbtr')[0]!;
  return {
    messageId: element(header, 'MsgId'),
    createdAt: element(header, 'CreDtTm'),
    payOn: element(elements(payment, 'ReqdExctnDt')[0]!, 'Dt'),
    debtor: {
      name: element(debtor, 'Nm'),
      iban: element(elements(payment, 'DbtrAcct')[0]!, 'IBAN'),
      bic: bicOf(payment, 'DbtrAgt'),
    },
    transfers,
  };
}
