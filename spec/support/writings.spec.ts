import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import { findSecrets } from './writings.ts';

const secrets = { key: 'tbn_01JWFF_pR2-x9+q/L', name: '西園寺 雅', short: 'hush' };
const bytes = (text: string) => Buffer.from(text);
const eachUnit = (text: string, write: (unit: number) => string) =>
  Array.from({ length: text.length }, (_, index) => write(text.charCodeAt(index))).join('');
const escaped = (text: string) => eachUnit(text, (unit) => `\\u${unit.toString(16).padStart(4, '0')}`);
const escapeHex = (text: string) =>
  bytes(text)
    .toString('hex')
    .replaceAll(/../g, String.raw`\x$&`);

/** Every way in which a library has written, or may write, its data. */
const writings: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'a Buffer in JSON': (text) => JSON.stringify(bytes(text)),
  'a Buffer in JSON, indented': (text) => JSON.stringify({ rawPacket: bytes(text) }, null, 2),
  'an Uint8Array in JSON': (text) => JSON.stringify(new Uint8Array(bytes(text))),
  'a Buffer as Node prints it': (text) => inspect(bytes(text)),
  hex: (text) => bytes(text).toString('hex'),
  'hex in capitals': (text) => bytes(text).toString('hex').toUpperCase(),
  'hex after an odd digit': (text) => `a${bytes(text).toString('hex')}`,
  'hex escapes': escapeHex,
  base64: (text) => bytes(text).toString('base64'),
  'base64 without its end': (text) => bytes(text).toString('base64').replaceAll('=', ''),
  base64url: (text) => bytes(text).toString('base64url'),
  'base64 of a header': (text) => `Basic ${bytes(`user:${text}`).toString('base64')}`,
  'base64 behind a word': (text) => `key_${bytes(text).toString('base64')}`,
  'percent-encoding': (text) => encodeURIComponent(text),
  'percent-encoding of each byte': (text) => bytes(text).toString('hex').replaceAll(/../g, '%$&'),
  'a form': (text) => new URLSearchParams({ password: text }).toString(),
  'escapes of JSON': escaped,
  'escapes in JSON in JSON': (text) => JSON.stringify({ text: JSON.stringify({ inner: escaped(text) }) }),
  'a Buffer in JSON in JSON': (text) => JSON.stringify({ text: JSON.stringify(bytes(text)) }),
  'base64 of percent-encoding': (text) => bytes(encodeURIComponent(text)).toString('base64'),
  'an array of bytes of base64': (text) => JSON.stringify([...bytes(bytes(text).toString('base64'))]),
  'UTF-16': (text) => JSON.stringify([...Buffer.from(text, 'utf16le')]),
  'entities of HTML': (text) => eachUnit(text, (unit) => `&#x${unit.toString(16)};`),
};

describe('the search for secrets', () => {
  for (const [writing, write] of Object.entries(writings)) {
    it(`finds each that was written as ${writing}`, () => {
      for (const [name, secret] of Object.entries(secrets)) {
        const line = JSON.stringify({ level: 50, err: { message: 'no' } }).replace('no', () => write(secret));
        const told = findSecrets(line, { [name]: secret });
        assert.equal(told.length, 1, `${name} in ${line}`);
        assert.ok(told[0]?.startsWith(`${name} (`));
      }
    });
  }

  it('finds one in the middle of a packet, at any offset', () => {
    for (let before = 0; before < 4; before += 1) {
      const packet = `${'x'.repeat(before)}Authorization: Bearer ${secrets.key}\r\n\r\nzz`;
      assert.equal(findSecrets(JSON.stringify(bytes(packet)), secrets).length, 1);
      for (const encoding of ['base64', 'base64url', 'hex'] as const)
        assert.equal(findSecrets(bytes(packet).toString(encoding), secrets).length, 1, encoding);
    }
  });

  it('finds none in a text without one', () => {
    const line = JSON.stringify({
      level: 30,
      time: 1_781_000_000_000,
      requestId: '0f8b3c1e-8c53-4a86-a51b-5d6a0c39cb0e',
      route: '/v1/charges/:id',
      data: [1, 2, 3, 4, 5],
      company: 'shinonome',
    });
    assert.deepEqual(findSecrets(line, secrets), []);
  });
});
