import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createLineCheck, type LineCheck } from '../../src/radius/line-check.ts';
import { freeRadiusSecret, startFreeRadius, type FreeRadius } from '../support/freeradius.ts';

describe('line check against a real FreeRADIUS', () => {
  let server: FreeRadius;
  let lineCheck: LineCheck;

  before(async () => {
    server = await startFreeRadius([{ lineId: 'COP12345678', address: '127.0.0.1' }]);
    lineCheck = connect(freeRadiusSecret);
  });
  after(async () => {
    await lineCheck.close();
    await server.stop();
  });

  const connect = (secret: string, totalMs = 5_000): LineCheck =>
    createLineCheck({
      servers: [{ host: '127.0.0.1', port: server.port, secret }],
      nasIdentifier: 'tabane-spec',
      retransmission: { firstMs: totalMs / 5, totalMs },
    });

  const accepted = 'accepted';
  const rejected = { kind: 'refused', reason: 'rejected' };

  for (const [name, lineId, address, expected] of [
    ['accepts the IPv4 address that the line holds', 'CAF1234567890', '192.0.2.10', accepted],
    [
      'accepts the same address as a dual-stack socket shows it',
      'CAF1234567890',
      '::ffff:192.0.2.10',
      accepted,
    ],
    ['accepts the IPv6 address that the line holds', 'CAF1234567891', '2001:db8:1234::5', accepted],
    ['accepts the IPv6 address written at length', 'CAF1234567891', '2001:0DB8:1234:0:0:0:0:5', accepted],
    ['accepts a line added by the test', 'COP12345678', '127.0.0.1', accepted],
    ['refuses another IPv4 address', 'CAF1234567890', '192.0.2.11', rejected],
    ['refuses another IPv6 address', 'CAF1234567891', '2001:db8:1234::6', rejected],
    ['refuses the address of another line', 'CAF1234567891', '192.0.2.10', rejected],
    ['refuses a line that the server does not know', 'CAF9999999999', '192.0.2.10', rejected],
  ] as const) {
    it(name, async () => {
      const outcome = await lineCheck.check({ lineId, address });
      const answered = expected === 'accepted' ? { kind: expected } : expected;
      const wanted = { ...answered, server: `127.0.0.1:${server.port}` };
      assert.deepEqual(outcome, wanted);
    });
  }

  it('returns unknown when the secrets differ', async () => {
    const stranger = connect('another-secret-9876543210', 100);
    const outcome = await stranger.check({ lineId: 'CAF1234567890', address: '192.0.2.10' });
    assert.deepEqual(outcome, { kind: 'unknown', reason: 'timeout' });
    await stranger.close();
  });

  it('answers 300 concurrent checks, more than one socket has identifiers', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 300 }, (_, index) =>
        lineCheck.check({ lineId: 'CAF1234567890', address: index % 3 === 0 ? '192.0.2.10' : '192.0.2.11' }),
      ),
    );
    const expected = outcomes.map((_, index) => (index % 3 === 0 ? accepted : 'refused'));
    assert.deepEqual(
      outcomes.map(({ kind }) => kind),
      expected,
    );
  });
});
