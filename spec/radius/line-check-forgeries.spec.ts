import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { createLineCheck, type LineCheck } from '../../src/radius/line-check.ts';
import type { DropReason } from '../../src/radius/server-stats.ts';
import { forgeries, honestReply } from './forgeries.ts';
import { secret, startForgingServer, type ForgingServer, type Visit } from './forging-server.ts';
import { ManualTimers } from './manual-timers.ts';

const question = { lineId: 'CAF1234567890', address: '192.0.2.10' };

describe('line check against a server that sends forgeries', () => {
  const timers = new ManualTimers();
  let server: ForgingServer;
  let lineCheck: LineCheck;

  const start = async (behave: (visit: Visit) => Promise<void>): Promise<void> => {
    server = await startForgingServer(behave);
    const servers = [{ host: '127.0.0.1', port: server.port, secret }];
    lineCheck = createLineCheck({ servers, nasIdentifier: 'tabane-spec', timers });
  };
  afterEach(async () => {
    await lineCheck.close();
    await server.close();
  });

  const assertDropped = (expected: Partial<Record<DropReason, number>>): void => {
    const counted = Object.entries(lineCheck.stats()[0]!.droppedReplies).filter(([, count]) => count > 0);
    assert.deepEqual(Object.fromEntries(counted), expected);
  };

  for (const { name, reason, forge } of forgeries) {
    it(`keeps waiting after a reply ${name}, and takes the valid one`, async () => {
      await start(async ({ request, answer }) => {
        await answer(forge(request));
        await answer(honestReply(request));
      });
      assert.equal((await lineCheck.check(question)).kind, 'accepted');
      assertDropped({ [reason]: 1 });
    });
  }

  it('returns unknown when only forgeries arrive', async () => {
    let lied: () => void;
    const allLies = new Promise<void>((resolve) => (lied = resolve));
    await start(async ({ request, answer, index }) => {
      for (const { forge } of forgeries) await answer(forge(request));
      if (index === 0) lied();
    });
    const outcome = lineCheck.check(question);
    await allLies;
    await timers.advance(30_000);
    assert.deepEqual(await outcome, { kind: 'unknown', reason: 'timeout' });
    assert.equal(lineCheck.stats()[0]!.accepted, 0);
  });

  it('does not accept the reply to an earlier check for a later one', async () => {
    let earlier: Buffer;
    await start(async ({ request, answer, index }) => {
      if (index === 0) await answer((earlier = honestReply(request)));
      // The identifier alone is easy to match; the authenticators are bound to the earlier request.
      earlier.writeUInt8(request.identifier, 1);
      if (index === 1) await answer(earlier);
      if (index === 1) await answer(honestReply(request, 'Access-Reject'));
    });
    assert.equal((await lineCheck.check(question)).kind, 'accepted');
    assert.partialDeepStrictEqual(await lineCheck.check(question), { kind: 'refused', reason: 'rejected' });
    assertDropped({ 'message-authenticator-wrong': 1 });
  });

  it('does not accept a valid reply from another port', async () => {
    await start(async ({ request, answer, answerFrom }) => {
      await answerFrom(honestReply(request), { address: '127.0.0.1', port: 0 });
      await answer(honestReply(request, 'Access-Reject'));
    });
    assert.partialDeepStrictEqual(await lineCheck.check(question), { kind: 'refused', reason: 'rejected' });
    assertDropped({ source: 1 });
  });

  it('does not accept a valid reply from another address', async () => {
    await start(async ({ request, answer, answerFrom }) => {
      await answerFrom(honestReply(request), { address: '127.0.0.2', port: server.port });
      await answer(honestReply(request, 'Access-Reject'));
    });
    assert.partialDeepStrictEqual(await lineCheck.check(question), { kind: 'refused', reason: 'rejected' });
    assertDropped({ source: 1 });
  });

  it('accepts the first of two valid replies and drops the other', async () => {
    await start(async ({ request, answer }) => {
      await answer(honestReply(request, 'Access-Reject'));
      await answer(honestReply(request));
    });
    assert.partialDeepStrictEqual(await lineCheck.check(question), { kind: 'refused', reason: 'rejected' });
    assert.equal(lineCheck.stats()[0]!.accepted, 0);
  });
});
