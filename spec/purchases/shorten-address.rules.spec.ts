import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { shortenAddress } from '../../src/purchases/shorten-address.rules.ts';

describe('an address on a receipt', () => {
  for (const [address, shown] of [
    ['192.0.2.17', '192.0.2.*'],
    ['::ffff:192.0.2.17', '192.0.2.*'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2:*'],
    ['2001:db8::1', '2001:db8:0:0:*'],
    ['<script>', ''],
  ] as const)
    it(`${address} is shown as ${shown || 'nothing'}`, () => {
      assert.equal(shortenAddress(address), shown);
    });
});
