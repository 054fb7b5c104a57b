import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { renderLetter } from '../../../templates/letter/letter.ts';
import type { CredentialLetter } from '../../../templates/letter/letter.types.ts';
import { readFacts, readPages, readWords } from '../statement/read-pdf.ts';
import { sampleLetter } from './sample-letter.ts';

async function render(letter: CredentialLetter): Promise<Buffer> {
  const output = new PassThrough();
  const [bytes] = await Promise.all([buffer(output), renderLetter(letter, output)]);
  return bytes;
}

const MM = 72 / 25.4;

test('has ID, password, the way to sign in and whom to call, on one page', async () => {
  const pages = await readPages(await render(sampleLetter()));
  assert.equal(pages.length, 1);
  for (const text of [
    'F123 4567 8901',
    'k0O1lI-Wm8tRq',
    'pay.carrier.example/my',
    '0120-000-000',
    '山田 花子 様',
  ])
    assert.ok(pages[0]?.includes(text), text);
});

test('has the whole address in the window of an envelope, and nothing secret there', async () => {
  const long = '神奈川県横浜市中区港町一丁目1番地みなとみらい中央ハイツ新館'.repeat(2);
  const { recipient } = sampleLetter();
  const letter = sampleLetter({ recipient: { ...recipient, address: long, building: long.slice(0, 20) } });
  const words = await readWords(await render(letter));
  const inWindow = words.filter(
    ({ left, top, bottom }) => left < 110 * MM && top > 44 * MM && bottom < 92 * MM,
  );
  const text = inWindow.map((word) => word.text).join('');
  assert.match(text, /231-0017/);
  assert.match(text, /山田太郎様/);
  assert.ok(inWindow.every(({ right }) => right <= 110 * MM));
  assert.doesNotMatch(text, /F123|k0O1/);
  // Neither does anything secret lie on the first part of the folded page.
  const folded = words.filter(({ top }) => top < 105 * MM).map((word) => word.text);
  assert.doesNotMatch(folded.join(''), /F123|k0O1/);
});

test('sets ID and password in a typeface of their own', async () => {
  const bytes = (await render(sampleLetter())).toString('latin1');
  assert.match(bytes, /\+JetBrainsMono-Medium/);
});

test('has the password nowhere but on the page', async () => {
  const pdf = await render(sampleLetter());
  assert.doesNotMatch(await readFacts(pdf), /k0O1lI/);
  assert.ok(!pdf.toString('latin1').includes('k0O1lI'));
});

test('is in English, and leaves out what is not known of the address', async () => {
  const recipient = { name: 'Mary Smith', postalCode: '', address: '', building: '' };
  const [page = ''] = await readPages(await render(sampleLetter({ language: 'en', recipient })));
  assert.match(page, /Your issued ID and password/);
  assert.match(page, /Mary Smith/);
  assert.doesNotMatch(page, /〒\s|様/);
});
