import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isLocalAddress } from '../../../batch/demo/local-network.ts';

for (const [address, isLocal] of [
  ['127.0.0.1', true],
  ['10.255.0.1', true],
  ['172.16.0.1', true],
  ['172.31.255.254', true],
  ['172.32.0.1', false],
  ['192.168.65.1', true],
  ['192.0.2.1', false],
  ['::1', true],
  ['fd00::1', true],
  ['2001:db8::1', false],
] as const) {
  it(`takes ${address} for ${isLocal ? 'an address of this machine or its network' : "somebody else's address"}`, () => {
    assert.equal(isLocalAddress(address), isLocal);
  });
}
