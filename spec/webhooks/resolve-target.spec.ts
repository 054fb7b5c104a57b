import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { resolveBy, resolveBySystem, resolveTarget } from '../../src/webhooks/resolve-target.ts';

const url = 'https://hooks.example/in';
const strict = { isLoopbackAllowed: false };
const TYPE_A = 1;

const neverResolve = () => Promise.withResolvers<never>().promise;

/** A name server on a real port; `answer` makes an answer of a question, or leaves it without one. */
async function withNameServer(
  answer: (question: Buffer) => Buffer | undefined,
  run: (resolver: Resolver) => Promise<void>,
): Promise<void> {
  const socket = createSocket('udp4');
  socket.on('message', (question, { port, address }) => {
    const reply = answer(question);
    if (reply) socket.send(reply, port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const resolver = new Resolver({ timeout: 100, tries: 1 });
  resolver.setServers([`127.0.0.1:${socket.address().port}`]);
  try {
    await run(resolver);
  } finally {
    socket.close();
  }
}

/** One address of IPv4 and none of IPv6. */
function answerWith(bytes: readonly number[]) {
  return (question: Buffer): Buffer => {
    const asked = question.subarray(12, question.indexOf(0, 12) + 5);
    const isA = asked.readUInt16BE(asked.length - 4) === TYPE_A;
    const header = Buffer.concat([
      question.subarray(0, 2),
      Buffer.from([0x81, 0x80, 0, 1, 0, isA ? 1 : 0, 0, 0, 0, 0]),
    ]);
    const record = Buffer.from([0xc0, 0x0c, 0, TYPE_A, 0, 1, 0, 0, 0, 60, 0, 4, ...bytes]);
    return Buffer.concat([header, asked, ...(isA ? [record] : [])]);
  };
}

describe('the addresses of an endpoint', () => {
  it('come from the name servers, though there are none of IPv6', async () => {
    await withNameServer(answerWith([93, 184, 215, 14]), async (resolver) => {
      const target = await resolveTarget(url, { rule: strict, resolve: (host) => resolveBy(resolver, host) });
      assert.ok(typeof target === 'object');
      assert.deepEqual(target.addresses, [{ address: '93.184.215.14', family: 4 }]);
    });
  });

  it('are refused when they lead inside', async () => {
    await withNameServer(answerWith([10, 0, 0, 1]), async (resolver) => {
      const resolve = (host: string) => resolveBy(resolver, host);
      assert.equal(await resolveTarget(url, { rule: strict, resolve }), 'address-refused');
    });
  });

  it('are not found when the name server never answers', async () => {
    await withNameServer(
      () => undefined,
      async (resolver) => {
        const resolve = (host: string) => resolveBy(resolver, host);
        assert.equal(await resolveTarget(url, { rule: strict, resolve }), 'name-not-found');
      },
    );
  });

  it('are waited for a while alone, whatever resolves them', async () => {
    const target = await resolveTarget(url, { rule: strict, resolve: neverResolve, limitMs: 10 });
    assert.equal(target, 'name-not-found');
  });

  it('of this machine are known without a name server, and allowed in development alone', async () => {
    const at = 'https://localhost:9/in';
    assert.equal(await resolveTarget(at, { rule: strict, resolve: resolveBySystem }), 'address-refused');
    const target = await resolveTarget(at, { rule: { isLoopbackAllowed: true }, resolve: resolveBySystem });
    assert.equal(typeof target === 'object' && target.addresses.length, 2);
  });
});
