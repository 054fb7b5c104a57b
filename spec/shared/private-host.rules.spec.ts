import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isPrivateHost } from '../../src/shared/private-host.rules.ts';

describe('a host to listen at', () => {
  const hosts: readonly (readonly [string, boolean])[] = [
    ['127.0.0.1', true],
    ['localhost', true],
    ['::1', true],
    ['10.1.2.3', true],
    ['172.31.255.255', true],
    ['172.32.0.1', false],
    ['192.168.0.7', true],
    ['100.64.0.1', true],
    ['fd00::1', true],
    ['::ffff:10.0.0.1', true],
    ['::ffff:203.0.113.1', false],
    ['203.0.113.1', false],
    ['2001:db8::1', false],
    ['0.0.0.0', false],
    ['::', false],
    ['staff.carrier.example', false],
  ];
  for (const [host, expected] of hosts) {
    it(`${host} is ${expected ? 'private' : 'reachable from elsewhere, or may be'}`, () => {
      assert.equal(isPrivateHost(host), expected);
    });
  }
});
