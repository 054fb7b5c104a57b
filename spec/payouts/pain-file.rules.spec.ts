import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { create } from 'xmlbuilder2';
import { writePainFile, type PainOrder, type PainTransfer } from '../../src/payouts/pain-file.rules.ts';

const transfer: PainTransfer = {
  endToEndId: '2026113001-1',
  to: { name: 'Contenu SA', iban: 'FR14 2004 1010 0505 0001 3M02 606', bic: 'PSSTFRPPPAR' },
  amountMinor: 123_405n,
  remittance: 'Settlement 2026-10',
};
const order: PainOrder = {
  messageId: 'PO-2026113001',
  createdAt: new Date('2026-11-27T03:04:05.678Z'),
  payOn: '2026-11-30',
  from: { name: 'Mihon Mobile', iban: 'DE89370400440532013000' },
  transfers: [
    transfer,
    { ...transfer, endToEndId: '2026113001-2', amountMinor: 5n, to: { ...transfer.to, bic: undefined } },
  ],
};

/** The leaves of the document, as `path=text`. */
function leavesOf(file: Buffer): string[] {
  const leaves: string[] = [];
  const addLeaves = (node: unknown, path: string): void => {
    if (typeof node !== 'object' || node === null) leaves.push(`${path}=${String(node)}`);
    else if (Array.isArray(node)) node.forEach((member) => addLeaves(member, path));
    else
      for (const [name, member] of Object.entries(node))
        addLeaves(member, path === '' ? name : `${path}/${name}`);
  };
  addLeaves(create(file.toString('utf8')).end({ format: 'object' }), '');
  return leaves;
}

describe('a file of euro transfers', () => {
  it('is a well-formed pain.001.001.09 with the elements in the order of the schema', () => {
    const payment = 'Document/CstmrCdtTrfInitn/PmtInf';
    const one = `${payment}/CdtTrfTxInf`;
    assert.deepEqual(leavesOf(writePainFile(order)), [
      'Document/@xmlns=urn:iso:std:iso:20022:tech:xsd:pain.001.001.09',
      'Document/CstmrCdtTrfInitn/GrpHdr/MsgId=PO-2026113001',
      'Document/CstmrCdtTrfInitn/GrpHdr/CreDtTm=2026-11-27T03:04:05Z',
      'Document/CstmrCdtTrfInitn/GrpHdr/NbOfTxs=2',
      'Document/CstmrCdtTrfInitn/GrpHdr/CtrlSum=1234.10',
      'Document/CstmrCdtTrfInitn/GrpHdr/InitgPty/Nm=Mihon Mobile',
      `${payment}/PmtInfId=PO-2026113001`,
      `${payment}/PmtMtd=TRF`,
      `${payment}/NbOfTxs=2`,
      `${payment}/CtrlSum=1234.10`,
      `${payment}/ReqdExctnDt/Dt=2026-11-30`,
      `${payment}/Dbtr/Nm=Mihon Mobile`,
      `${payment}/DbtrAcct/Id/IBAN=DE89370400440532013000`,
      `${payment}/DbtrAgt/FinInstnId/Othr/Id=NOTPROVIDED`,
      `${payment}/ChrgBr=SLEV`,
      `${one}/PmtId/EndToEndId=2026113001-1`,
      `${one}/Amt/InstdAmt/@Ccy=EUR`,
      `${one}/Amt/InstdAmt/#=1234.05`,
      `${one}/CdtrAgt/FinInstnId/BICFI=PSSTFRPPPAR`,
      `${one}/Cdtr/Nm=Contenu SA`,
      `${one}/CdtrAcct/Id/IBAN=FR1420041010050500013M02606`,
      `${one}/RmtInf/Ustrd=Settlement 2026-10`,
      `${one}/PmtId/EndToEndId=2026113001-2`,
      `${one}/Amt/InstdAmt/@Ccy=EUR`,
      `${one}/Amt/InstdAmt/#=0.05`,
      `${one}/Cdtr/Nm=Contenu SA`,
      `${one}/CdtrAcct/Id/IBAN=FR1420041010050500013M02606`,
      `${one}/RmtInf/Ustrd=Settlement 2026-10`,
    ]);
  });

  it('has the same bytes whenever it is written', () => {
    assert.deepEqual(writePainFile(order), writePainFile(order));
  });

  const refused: [what: string, change: Partial<PainTransfer>, fault: RegExp][] = [
    ['a name of 71 characters', { to: { ...transfer.to, name: 'a'.repeat(71) } }, /1 to 70/],
    ['a remittance of 141', { remittance: 'a'.repeat(141) }, /1 to 140/],
    ['markup', { remittance: '<b>' }, /cannot carry/],
    ['an id of 36', { endToEndId: 'a'.repeat(36) }, /35/],
    [
      'an IBAN with wrong check digits',
      { to: { ...transfer.to, iban: 'DE88370400440532013000' } },
      /has wrong check digits/,
    ],
    ['a BIC of 9', { to: { ...transfer.to, bic: 'PSSTFRPPP' } }, /not a BIC/],
    ['an amount of nothing', { amountMinor: 0n }, /amount 0/],
    ['the id of another transfer', { endToEndId: '2026113001-2' }, /same end-to-end id/],
  ];
  for (const [what, change, fault] of refused) {
    it(`refuses ${what}`, () => {
      const transfers = [{ ...transfer, ...change }, order.transfers[1]!];
      assert.throws(() => writePainFile({ ...order, transfers }), { name: 'BankFileFault', message: fault });
    });
  }
});
