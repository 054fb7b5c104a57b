import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { after, before, describe, it } from 'node:test';
import { startAaaStandIn, type AaaStandIn } from '../../../batch/demo/aaa-stand-in.ts';
import { createLineCheck, type LineCheck } from '../../../src/radius/line-check.ts';

const secret = 'a secret of the demo world';

describe("the demo's AAA server", () => {
  const held = new Map([
    ['CAF0000000001', '127.0.0.1'],
    ['CAF0000000002', '2001:db8::2'],
  ]);
  let standIn: AaaStandIn;
  let lineCheck: LineCheck;

  before(async () => {
    standIn = await startAaaStandIn({ secret, holds: (lineId) => held.get(lineId) });
    const servers = [{ host: '127.0.0.1', port: standIn.port, secret }];
    lineCheck = createLineCheck({ servers, nasIdentifier: 'tabane-demo' });
  });
  after(async () => {
    await lineCheck.close();
    await standIn.close();
  });

  for (const [name, lineId, address, kind] of [
    ['accepts a line at its IPv4 address', 'CAF0000000001', '127.0.0.1', 'accepted'],
    ['accepts a line at its IPv6 address', 'CAF0000000002', '2001:db8:0::2', 'accepted'],
    ['refuses a line at another address', 'CAF0000000001', '127.0.0.2', 'refused'],
    ['refuses a line that holds nothing', 'CAF0000000003', '127.0.0.1', 'refused'],
  ] as const) {
    it(name, async () => {
      assert.equal((await lineCheck.check({ lineId, address })).kind, kind);
    });
  }

  it('follows a line to its next address', async () => {
    held.set('CAF0000000001', '127.0.0.9');
    assert.equal((await lineCheck.check({ lineId: 'CAF0000000001', address: '127.0.0.9' })).kind, 'accepted');
    assert.equal((await lineCheck.check({ lineId: 'CAF0000000001', address: '127.0.0.1' })).kind, 'refused');
  });

  it('gives no answer to who does not know the secret', async () => {
    const stranger = createLineCheck({
      servers: [{ host: '127.0.0.1', port: standIn.port, secret: 'a guess' }],
      nasIdentifier: 'stranger',
      retransmission: { firstMs: 20, tries: 2, totalMs: 60 },
    });
    const outcome = await stranger.check({ lineId: 'CAF0000000002', address: '2001:db8::2' });
    assert.deepEqual(outcome, { kind: 'unknown', reason: 'timeout' });
    await stranger.close();
  });

  it('continues after bytes that are no packet', async () => {
    const socket = createSocket('udp4');
    for (const bytes of [Buffer.alloc(0), Buffer.alloc(19), Buffer.alloc(5_000, 1)]) {
      await new Promise((resolve) => {
        socket.send(bytes, standIn.port, '127.0.0.1', resolve);
      });
    }
    socket.close();
    assert.equal(
      (await lineCheck.check({ lineId: 'CAF0000000002', address: '2001:db8::2' })).kind,
      'accepted',
    );
  });

  it('says so when its port is taken', async () => {
    const second = startAaaStandIn({ secret, port: standIn.port, holds: () => undefined });
    await assert.rejects(second, { code: 'EADDRINUSE' });
  });
});
