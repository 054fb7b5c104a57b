import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { returnPathOf } from '../../../src/portal/kit/return-path.rules.ts';

const ORIGIN = 'https://pay.example';

/** What an address names, and the path that is followed; undefined: none. */
const followed: readonly (readonly [string, string])[] = [
  ['/', '/'],
  ['/my', '/my'],
  ['/my/purchases?text=a&from=2026-05-01', '/my/purchases?text=a&from=2026-05-01'],
  ['/my#top', '/my'],
  ['https://pay.example/my?a=b', '/my?a=b'],
  // The host of another site is dropped: what is left is a path of ours.
  ['https://evil.example/my', '/my'],
  ['https://user:pass@evil.example/my', '/my'],
  // Encoded, these stay within the path: no browser decodes them into a host or a header.
  ['/%2f%2fevil.example', '/%2f%2fevil.example'],
  ['/%5cevil.example', '/%5cevil.example'],
  ['/my%0d%0aSet-Cookie:a=b', '/my%0d%0aSet-Cookie:a=b'],
  ['/.//evil.example', '/.//evil.example'],
  ['/my/..//evil.example', '/my/..//evil.example'],
  [`/${'a'.repeat(511)}`, `/${'a'.repeat(511)}`],
];

const refused: readonly string[] = [
  '',
  '#top',
  'my',
  '?next=/my',
  '//evil.example',
  '///evil.example',
  String.raw`/\evil.example`,
  String.raw`\\evil.example`,
  String.raw`/my\..\evil`,
  'https://evil.example',
  'https://evil.example//other.example',
  'https:evil.example',
  'https:/evil.example',
  'https:///evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  'ftp://evil.example/my',
  ' /my',
  '/my page',
  '\t//evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/my\r\nSet-Cookie: a=b',
  '/my\n',
  '/my\u0000',
  '/<script>',
  "/my'",
  '/まえ',
  '/／evil.example',
  `/${'a'.repeat(512)}`,
];

describe('the path to return to', () => {
  it('is a path of our own, without host and fragment', () => {
    for (const [address, path] of followed) assert.equal(returnPathOf(address), path, address);
  });

  it('is none for everything that could lead a browser elsewhere', () => {
    for (const address of refused) assert.equal(returnPathOf(address), undefined, JSON.stringify(address));
  });

  it('stays on our origin as a browser resolves it', () => {
    for (const [address] of followed)
      assert.equal(new URL(returnPathOf(address)!, `${ORIGIN}/my/sign-in`).origin, ORIGIN, address);
  });
});
