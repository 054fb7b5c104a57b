import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { afterEach, describe, it } from 'node:test';
import { encodeReply, findCallCheck, verifyRequest } from '../../src/radius/aaa-server.ts';
import {
  createLineCheck,
  type LineCheck,
  type LineCheckOptions,
  type LineCheckOutcome,
} from '../../src/radius/line-check.ts';
import { honestReply } from './forgeries.ts';
import { secret, startForgingServer, type ForgingServer, type Visit } from './forging-server.ts';
import { ManualTimers } from './manual-timers.ts';

const question = { lineId: 'CAF1234567890', address: '192.0.2.10' };
const timeout = { kind: 'unknown', reason: 'timeout' };

const accept = ({ request, answer }: Visit): Promise<void> => answer(honestReply(request));

describe('line check', () => {
  const running: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((part) => part.close()));
  });

  const start = async (behave?: (visit: Visit) => Promise<void> | void): Promise<ForgingServer> => {
    const server = await startForgingServer(behave);
    running.push(server);
    return server;
  };
  /** Asks the servers in this order, with a clock that does not advance and no jitter. */
  const connect = (servers: readonly ForgingServer[], options: Partial<LineCheckOptions> = {}) => {
    const timers = new ManualTimers();
    const lineCheck: LineCheck = createLineCheck({
      servers: servers.map(({ port }) => ({ host: '127.0.0.1', port, secret })),
      nasIdentifier: 'tabane-spec',
      random: () => 0.5,
      timers,
      ...options,
    });
    running.push(lineCheck);
    return { lineCheck, timers };
  };

  it('sends identical bytes again after 2, 6 and 14 seconds, and gives up after 30', async () => {
    const server = await start();
    const { lineCheck, timers } = connect([server]);
    const outcome = lineCheck.check(question);
    await server.visited(1);
    for (const [index, waitMs] of [2_000, 4_000, 8_000].entries()) {
      await timers.advance(waitMs - 1);
      assert.equal(lineCheck.stats()[0]!.retransmitted, index);
      await timers.advance(1);
      await server.visited(index + 2);
    }
    await timers.advance(15_999);
    assert.equal(lineCheck.stats()[0]!.timeouts, 0);
    await timers.advance(1);
    assert.deepEqual(await outcome, timeout);
    assert.equal(new Set(server.visits.map(({ datagram }) => datagram.toString('hex'))).size, 1);
    const { sent, retransmitted, timeouts } = lineCheck.stats()[0]!;
    assert.deepEqual({ sent, retransmitted, timeouts }, { sent: 1, retransmitted: 3, timeouts: 1 });
  });

  it('transmits no more often than configured', async () => {
    const server = await start();
    const retransmission = { firstMs: 100, tries: 2 };
    const { lineCheck, timers } = connect([server], { retransmission });
    const outcome = lineCheck.check(question);
    await timers.advance(100);
    await server.visited(2);
    await timers.advance(200);
    assert.deepEqual(await outcome, timeout);
    assert.equal(server.visits.length, 2);
  });

  it('accepts the reply to a retransmission', async () => {
    const server = await start((visit) => (visit.index === 1 ? accept(visit) : undefined));
    const { lineCheck, timers } = connect([server]);
    const outcome = lineCheck.check(question);
    await server.visited(1);
    await timers.advance(2_000);
    assert.equal((await outcome).kind, 'accepted');
    assert.equal(timers.pending, 0);
  });

  it('refuses when the server answers with a challenge', async () => {
    const server = await start(({ request, answer }) =>
      answer(encodeReply({ code: 'Access-Challenge', request, secret })),
    );
    const { lineCheck } = connect([server]);
    assert.partialDeepStrictEqual(await lineCheck.check(question), { kind: 'refused', reason: 'rejected' });
  });

  it('asks the second server when the first has used up its share of the time', async () => {
    const [silent, second] = [await start(), await start(accept)];
    const { lineCheck, timers } = connect([silent, second]);
    const outcome = lineCheck.check(question);
    await silent.visited(1);
    await timers.advance(14_999);
    assert.equal(second.visits.length, 0);
    await timers.advance(1);
    assert.equal((await outcome).kind, 'accepted');
    assert.deepEqual(
      lineCheck.stats().map(({ server, timeouts, accepted }) => [server, timeouts, accepted]),
      [
        [`127.0.0.1:${silent.port}`, 1, 0],
        [`127.0.0.1:${second.port}`, 0, 1],
      ],
    );
    assert.ok(!JSON.stringify(lineCheck.stats()).includes(secret));
    assert.notEqual(second.visits[0]?.datagram.toString('hex'), silent.visits[0]?.datagram.toString('hex'));
  });

  it('asks a silent server after the others for a while, then first again', async () => {
    const [first, second] = [await start(), await start(accept)];
    const { lineCheck, timers } = connect([first, second], { silentRestMs: 60_000 });
    const outcome = lineCheck.check(question);
    await first.visited(1);
    await timers.advance(15_000);
    assert.equal((await outcome).kind, 'accepted');
    const asked = first.visits.length;
    assert.equal((await lineCheck.check(question)).kind, 'accepted');
    assert.deepEqual([first.visits.length, second.visits.length], [asked, 2]);
    await timers.advance(60_000);
    void lineCheck.check(question);
    await first.visited(asked + 1);
  });

  it('does not ask the second server when the first refuses', async () => {
    const [first, second] = [
      await start(({ request, answer }) => answer(honestReply(request, 'Access-Reject'))),
      await start(accept),
    ];
    const { lineCheck } = connect([first, second]);
    assert.partialDeepStrictEqual(await lineCheck.check(question), { kind: 'refused', reason: 'rejected' });
    assert.equal(second.visits.length, 0);
  });

  it('returns unknown when every server is silent, within the total time', async () => {
    const servers = [await start(), await start(), await start()];
    const { lineCheck, timers } = connect(servers);
    const outcome = lineCheck.check(question);
    await timers.advance(30_000);
    assert.deepEqual(await outcome, timeout);
    assert.deepEqual(
      lineCheck.stats().map(({ timeouts }) => timeouts),
      [1, 1, 1],
    );
  });

  it('returns unknown at once without any server', async () => {
    const { lineCheck } = connect([]);
    assert.deepEqual(await lineCheck.check(question), { kind: 'unknown', reason: 'no-server' });
  });

  it('distinguishes 700 pending checks over several sockets, each with its own reply', async () => {
    const visits: Visit[] = [];
    const server = await start((visit) => void visits.push(visit));
    const { lineCheck } = connect([server]);
    const outcomes: Promise<LineCheckOutcome>[] = [];
    while (outcomes.length < 700) {
      const lineId = `CAF${String(outcomes.length).padStart(10, '0')}`;
      outcomes.push(lineCheck.check({ lineId, address: '192.0.2.10' }));
      // In batches: the system buffers only some 270 datagrams for a server that does not read them.
      if (outcomes.length % 100 === 0) await server.visited(outcomes.length);
    }
    assert.equal(new Set(server.visits.map(({ from }) => from.port)).size, 3);
    for (const { request, answer } of visits.toReversed()) {
      const isEven = Number(findCallCheck(request)?.lineId.slice(3)) % 2 === 0;
      await answer(honestReply(request, isEven ? 'Access-Accept' : 'Access-Reject'));
    }
    const kinds = (await Promise.all(outcomes)).map(({ kind }) => kind);
    assert.deepEqual(
      kinds,
      kinds.map((_, index) => (index % 2 === 0 ? 'accepted' : 'refused')),
    );
  });

  it('reuses no identifier while its request is pending or just timed out', async () => {
    const server = await start();
    const retransmission = { firstMs: 10, tries: 1 };
    const { lineCheck, timers } = connect([server], { retransmission, maxPending: 256, quarantineMs: 5_000 });
    const askMany = async (count: number): Promise<string[]> => {
      const outcomes = Array.from({ length: count }, () => lineCheck.check(question));
      await new Promise((resolve) => void setImmediate(resolve));
      await timers.advance(10);
      return (await Promise.all(outcomes)).map((outcome) =>
        outcome.kind === 'unknown' ? outcome.reason : outcome.kind,
      );
    };
    // At most 256 checks means at most two sockets: 512 identifiers, all resting after these.
    assert.deepEqual(new Set(await askMany(256)), new Set(['timeout']));
    assert.deepEqual(new Set(await askMany(256)), new Set(['timeout']));
    assert.deepEqual(await askMany(1), ['overloaded']);
    await timers.advance(5_000);
    assert.deepEqual(await askMany(1), ['timeout']);
  });

  it('refuses more concurrent checks than allowed', async () => {
    const server = await start();
    const { lineCheck } = connect([server], { maxPending: 2 });
    const pending = [lineCheck.check(question), lineCheck.check(question)];
    assert.deepEqual(await lineCheck.check(question), { kind: 'unknown', reason: 'overloaded' });
    await lineCheck.close();
    await Promise.all(pending);
  });

  for (const [name, lineId, address] of [
    ['an empty line ID', '', '192.0.2.10'],
    ['a line ID too long for an attribute', 'C'.repeat(254), '192.0.2.10'],
    ['a line ID with a control character', 'CAF123456789\0', '192.0.2.10'],
    ['a line ID outside ASCII', 'CAF123456789０', '192.0.2.10'],
    ['an empty address', 'CAF1234567890', ''],
    ['a host name', 'CAF1234567890', 'example.test'],
    ['an address with a zone', 'CAF1234567890', 'fe80::1%eth0'],
  ] as const) {
    it(`sends no request about ${name}`, async () => {
      const server = await start(accept);
      const { lineCheck } = connect([server]);
      const outcome = await lineCheck.check({ lineId, address });
      assert.deepEqual(outcome, { kind: 'unknown', reason: 'invalid-request' });
      assert.equal(lineCheck.stats()[0]!.sent, 0);
    });
  }

  it('ends pending checks as unknown when it closes, and leaves no timer', async () => {
    const servers = [await start(), await start(accept)];
    const { lineCheck, timers } = connect(servers);
    const outcome = lineCheck.check(question);
    await servers[0]?.visited(1);
    await lineCheck.close();
    assert.deepEqual(await outcome, { kind: 'unknown', reason: 'closed' });
    assert.deepEqual(await lineCheck.check(question), { kind: 'unknown', reason: 'closed' });
    assert.equal(timers.pending, 0);
    assert.equal(servers[1]?.visits.length, 0);
  });

  it('survives datagrams that cannot be sent', async () => {
    // The system refuses to broadcast from a socket without the option for it.
    const timers = new ManualTimers();
    const servers = [{ host: '255.255.255.255', port: 1812, secret }];
    const lineCheck = createLineCheck({ servers, nasIdentifier: 'tabane-spec', timers });
    running.push(lineCheck);
    const outcome = lineCheck.check(question);
    while (lineCheck.stats()[0]!.sendFailures === 0)
      await new Promise((resolve) => void setImmediate(resolve));
    await timers.advance(30_000);
    assert.deepEqual(await outcome, timeout);
  });

  it('asks a server over IPv6 if it has such an address', async (context) => {
    const socket = createSocket('udp6');
    const isBound = await new Promise<boolean>((resolve) => {
      socket.once('error', () => resolve(false));
      socket.bind(0, '::1', () => resolve(true));
    });
    if (!isBound) return context.skip('this machine has no IPv6 loopback');
    running.push({ close: () => new Promise((resolve) => void socket.close(resolve)) });
    const lineCheck = createLineCheck({
      servers: [{ host: '0:0:0:0:0:0:0:1', port: socket.address().port, secret }],
      nasIdentifier: 'tabane-spec',
    });
    running.push(lineCheck);
    socket.on('message', (datagram, from) => {
      const verdict = verifyRequest(datagram, secret);
      if (verdict.kind === 'genuine') socket.send(honestReply(verdict.request), from.port, from.address);
    });
    assert.equal((await lineCheck.check(question)).kind, 'accepted');
  });

  for (const [name, options] of [
    ['a server by name', { servers: [{ host: 'localhost', port: 1812, secret }] }],
    ['port 0', { servers: [{ host: '127.0.0.1', port: 0, secret }] }],
    ['an empty secret', { servers: [{ host: '127.0.0.1', port: 1812, secret: '' }] }],
    ['an empty NAS identifier', { nasIdentifier: '' }],
    ['no tries', { retransmission: { tries: 0 } }],
    ['a wait that is no number', { retransmission: { firstMs: Number.NaN } }],
    ['no pending checks', { maxPending: 0 }],
  ] as const) {
    it(`does not start with ${name}`, () => {
      assert.throws(
        () => createLineCheck({ servers: [], nasIdentifier: 'tabane-spec', ...options }),
        /RADIUS/,
      );
    });
  }
});
