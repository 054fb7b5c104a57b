import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { boundaryOf, readParts } from '../../../src/portal/kit/multipart.ts';

const body = Buffer.from(
  [
    '--b0und',
    'Content-Disposition: form-data; name="form_token"',
    '',
    'a token',
    '--b0und',
    'Content-Disposition: form-data; name="file"; filename="結果.csv"',
    'Content-Type: text/csv',
    '',
    'one\r\n--b0unx\r\ntwo\r\n',
    '--b0und--',
    '',
  ].join('\r\n'),
);

/** The parts of a body that arrives in pieces of so many bytes. */
async function partsOf(
  bytes: Buffer,
  size: number,
): Promise<(readonly [string, string | undefined, string])[]> {
  async function* pieces(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const parts: (readonly [string, string | undefined, string])[] = [];
  for await (const { name, filename, content } of readParts(pieces(), 'b0und')) {
    const read: Buffer[] = [];
    for await (const piece of content) read.push(piece);
    parts.push([name, filename, Buffer.concat(read).toString('utf8')]);
  }
  return parts;
}

describe('a form with a file', () => {
  for (const size of [1, 2, 7, 4_096])
    it(`is read the same in pieces of ${size} bytes`, async () => {
      assert.deepEqual(await partsOf(body, size), [
        ['form_token', undefined, 'a token'],
        ['file', '結果.csv', 'one\r\n--b0unx\r\ntwo\r\n'],
      ]);
    });

  it('is refused when it ends too early, or is written otherwise', async () => {
    for (const end of [10, 80, body.length - 6])
      await assert.rejects(partsOf(body.subarray(0, end), 16), { code: 'invalid-request' });
    const nameless = Buffer.from('--b0und\r\nContent-Type: text/csv\r\n\r\nx\r\n--b0und--\r\n');
    await assert.rejects(partsOf(nameless, 16), { code: 'invalid-request' });
    const endless = Buffer.from(`--b0und\r\nX: ${'x'.repeat(9_000)}\r\n\r\n`);
    await assert.rejects(partsOf(endless, 512), { code: 'invalid-request' });
  });

  it('has its boundary in the content type', () => {
    assert.equal(boundaryOf('multipart/form-data; boundary=b0und'), 'b0und');
    assert.equal(boundaryOf('multipart/form-data; charset=utf-8; boundary="a b"'), 'a b');
    assert.equal(boundaryOf('application/x-www-form-urlencoded'), undefined);
  });
});
