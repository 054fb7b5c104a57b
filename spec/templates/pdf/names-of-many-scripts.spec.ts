import assert from 'node:assert/strict';
import { PassThrough, type Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { renderInvoice } from '../../../templates/invoice/invoice.ts';
import { renderLetter } from '../../../templates/letter/letter.ts';
import { renderReceipt } from '../../../templates/receipt/receipt.ts';
import { renderStatement } from '../../../templates/statement/statement.ts';
import { sampleInvoice } from '../invoice/sample-invoice.ts';
import { sampleLetter } from '../letter/sample-letter.ts';
import { sampleReceipt } from '../receipt/sample-receipt.ts';
import { readRunningText } from '../statement/read-pdf.ts';
import { sampleStatement } from '../statement/sample-statement.ts';

const name = 'ŁódźКиїв한국说话';
const receipt = sampleReceipt();
const letter = sampleLetter();
const invoice = sampleInvoice();
const statement = sampleStatement();

const documents = {
  statement: (output: Writable) =>
    renderStatement({ ...statement, recipient: { ...statement.recipient, name } }, output),
  'line invoice': (output: Writable) =>
    renderInvoice({ ...invoice, recipient: { ...invoice.recipient, name } }, output),
  receipt: (output: Writable) => renderReceipt({ ...receipt, buyer: { ...receipt.buyer, name } }, output),
  letter: (output: Writable) => renderLetter({ ...letter, recipient: { ...letter.recipient, name } }, output),
};

for (const [document, render] of Object.entries(documents)) {
  test(`a ${document} has names of many scripts, without a mark for a missing letter`, async () => {
    const output = new PassThrough();
    const [bytes] = await Promise.all([buffer(output), render(output)]);
    const text = (await readRunningText(bytes)).join('');
    assert.ok(text.includes(name), text);
    assert.ok(!text.includes('〓'));
    const fonts = bytes.toString('latin1').match(/FontName \/\w+\+NotoSans[A-Z-]/g) ?? [];
    assert.ok(fonts.length >= 4, fonts.join(' '));
  });
}
