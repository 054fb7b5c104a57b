import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isLoopback, isPublicAddress } from '../../src/shared/public-address.rules.ts';

describe('a public address', () => {
  it('is one of the internet', () => {
    for (const address of ['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])
      assert.ok(isPublicAddress(address), address);
  });

  it('is none of this machine, of private networks, for multicast, or that maps or translates another', () => {
    for (const address of [
      '0.0.0.0',
      '10.1.2.3',
      '100.64.0.1',
      '127.0.0.1',
      '169.254.169.254',
      '172.31.255.255',
      '192.0.0.8',
      '192.168.1.1',
      '198.19.0.1',
      '224.0.0.1',
      '255.255.255.255',
      '::',
      '::1',
      '::ffff:10.0.0.1',
      '::10.0.0.1',
      '64:ff9b::a00:1',
      '64:ff9b:1::1',
      '2001::1',
      '2001:db8::1',
      '2002:a00:1::1',
      'fd00::1',
      'fe80::1',
      'ff02::1',
      'fe80::1%eth0',
      'localhost',
      '',
    ])
      assert.ok(!isPublicAddress(address), address);
  });

  it('is not loopback, in either notation', () => {
    for (const address of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'])
      assert.ok(isLoopback(address));
    for (const address of ['128.0.0.1', '::2', 'localhost']) assert.ok(!isLoopback(address));
  });
});
