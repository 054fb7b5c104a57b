import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { sqlOf } from '../../src/database/sql.ts';
import { queryRows } from '../../src/database/statement-pipeline.ts';
import type { Deps } from '../../src/deps.ts';
import { publishEvents } from '../../src/published-events/publish-events.ts';
import {
  claimDeliveries,
  claimEndpoints,
  COMPANY_PLACES,
  releaseEndpoint,
} from '../../src/webhooks/claim-deliveries.ts';
import { FAILING_LIMIT_MS, scheduleMs } from '../../src/webhooks/delivery-schedule.rules.ts';
import { MAX_PENDING, planDeliveries } from '../../src/webhooks/plan-deliveries.ts';
import { purgeWebhooks } from '../../src/webhooks/purge-webhooks.ts';
import { job } from '../support/actors.ts';
import { makeAccount } from '../support/accounts.ts';
import { readMailsOf } from '../support/mailbox.ts';
import { createHookWorld, type HookWorld } from './hook-world.ts';
import { hang, ok, status, type Received, type Receiver } from './receiver.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Whether a message is signed with a secret. The package refuses old messages by the real clock, so it signs again here. */
function isSignedWith(secret: string, { body, headers }: Received): boolean {
  const at = new Date(Number(headers['webhook-timestamp']) * 1_000);
  const expected = new Webhook(secret).sign(headers['webhook-id'] ?? '', at, body);
  return (headers['webhook-signature'] ?? '').split(' ').includes(expected);
}

/** Whether the second signature is one of ed25519 by a public key as companies keep it. */
function isSignedByKey(publicKey: string, { body, headers }: Received): boolean {
  const raw = Buffer.from(publicKey.slice('whpk_'.length), 'base64');
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]);
  const [, signature = ''] = (headers['webhook-signature'] ?? '').split(' ');
  const content = Buffer.from(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`);
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  return verify(null, content, key, Buffer.from(signature.slice('v1a,'.length), 'base64'));
}

const idsOf = (of: Receiver) => of.received.map(({ headers }) => headers['webhook-id']);

describe('webhooks', () => {
  let world: HookWorld;
  let deps: Deps;
  let receiver: Receiver;
  let endpoint: Awaited<ReturnType<HookWorld['endpoint']>>;
  before(async () => {
    world = await createHookWorld();
    deps = world.deps;
    world.clock.set(new Date());
  });
  after(() => world.close());
  beforeEach(async () => {
    const { body } = await world.api.get<{ items: { id: string }[] }>('/v1/webhook-endpoints?limit=100');
    for (const { id } of body.items) await world.api.delete(`/v1/webhook-endpoints/${id}`);
    receiver = await world.receiver();
    endpoint = await world.endpoint(receiver.url, { signing_key: true });
  });

  /** Waits for an answer for a moment alone. */
  const impatient = (): Deps => {
    const webhooks = { ...deps.config.webhooks, timeoutMs: 1_000 };
    return { ...deps, config: { ...deps.config, webhooks } };
  };
  const statusesOf = async (over: { id: string } = endpoint) =>
    (await world.deliveriesOf(over)).map(({ attempts }) => attempts.map((one) => one.status ?? one.error));

  it('sends each event once, signed for the stock verifier, as the API returns it', async () => {
    await world.happens(2);
    assert.deepEqual(await world.deliver(), { planned: 2, delivered: 2, failed: 0 });
    assert.deepEqual(await world.deliver(), { planned: 0, delivered: 0, failed: 0 });
    assert.equal(receiver.received.length, 2);
    const hook = new Webhook(endpoint.secret);
    for (const message of receiver.received) {
      const event = hook.verify(message.body, message.headers) as { id: string };
      assert.equal(message.headers['webhook-id'], event.id);
      assert.equal(message.headers['content-type'], 'application/json');
      assert.deepEqual(event, (await world.api.get(`/v1/events/${event.id}`)).body);
      assert.throws(() => hook.verify(`${message.body} `, message.headers));
      assert.ok(isSignedByKey(endpoint.public_key ?? '', message));
    }
    assert.deepEqual(
      (await world.deliveriesOf(endpoint)).map((one) => [one.state, one.event_type, one.attempts.length]),
      [
        ['succeeded', 'company.activated', 1],
        ['succeeded', 'company.activated', 1],
      ],
    );
  });

  it('sends only the types that an endpoint wants, and nothing to another company', async () => {
    const mine = await world.receiver();
    await world.endpoint(mine.url, { event_types: ['company.suspended'] });
    const others = await world.receiver();
    await world.other.post('/v1/webhook-endpoints', { url: others.url });
    await world.happens();
    await world.deliver();
    assert.deepEqual([receiver.received.length, mine.received.length, others.received.length], [1, 0, 0]);
  });

  it('tries again as the schedule says, and gives up after the tenth attempt', async () => {
    receiver.answer(status(500, {}, 'out of order'));
    await world.happens();
    for (const [index, pauseMs] of scheduleMs.entries()) {
      world.clock.advance(Math.max(0, pauseMs - 1_000));
      if (index > 0) assert.equal((await world.deliver()).failed, 0, `attempt ${index + 1} too early`);
      // A pause is spread by a tenth at most.
      world.clock.advance(pauseMs / 10 + 2_000);
      assert.equal((await world.deliver()).failed, 1, `attempt ${index + 1}`);
    }
    const [delivery] = await world.deliveriesOf(endpoint);
    assert.equal(delivery?.state, 'failed');
    assert.deepEqual(
      delivery.attempts.map((one) => [one.number, one.status, one.response]),
      scheduleMs.map((_, index) => [index + 1, 500, 'out of order']),
    );
    assert.equal(new Set(idsOf(receiver)).size, 1);
    world.clock.advance(2 * DAY_MS);
    assert.equal((await world.deliver()).failed, 0);
  });

  it('takes a redirect, a hanging answer and a refused connection for failures', async () => {
    const elsewhere = await world.receiver();
    const location = { location: elsewhere.url };
    for (const answer of [status(301, location), status(308, location), hang]) {
      receiver.answer(answer);
      await world.happens();
      assert.equal((await world.deliver(answer === hang ? { deps: impatient() } : {})).failed, 1);
      receiver.answer(ok);
      world.clock.advance(10_000);
      assert.equal((await world.deliver()).delivered, 1);
    }
    assert.equal(elsewhere.received.length, 0);
    assert.deepEqual((await statusesOf()).toReversed(), [
      [301, 204],
      [308, 204],
      ['timeout', 204],
    ]);
    await receiver.close();
    await world.happens();
    await world.deliver();
    assert.deepEqual((await statusesOf())[0], ['connection-refused']);
  });

  it('keeps the first 1 kB of an answer, and does not read one that never ends', async () => {
    receiver.answer((_, response) => {
      response.writeHead(200);
      const more = () => {
        for (let piece = 0; piece < 20 && !response.destroyed; piece += 1) response.write('あ'.repeat(5_000));
        if (!response.destroyed) setImmediate(more);
      };
      more();
    });
    await world.happens();
    assert.equal((await world.deliver()).delivered, 1);
    const [delivery] = await world.deliveriesOf(endpoint);
    const kept = delivery?.attempts[0]?.response ?? '';
    assert.ok(kept.startsWith('あああ') && Buffer.byteLength(kept) <= 1_024, kept);
  });

  it('waits as long as Retry-After says, for all that goes to the endpoint', async () => {
    receiver.answer(status(429, { 'retry-after': '600' }));
    await world.happens();
    await world.deliver();
    receiver.answer(ok);
    await world.happens();
    world.clock.advance(599_000);
    assert.deepEqual(await world.deliver(), { planned: 1, delivered: 0, failed: 0 });
    world.clock.advance(2_000);
    assert.equal((await world.deliver()).delivered, 2);
    const until = new Date(deps.clock.now().getTime() + HOUR_MS).toUTCString();
    receiver.answer(status(503, { 'retry-after': until }));
    await world.happens();
    await world.deliver();
    receiver.answer(ok);
    world.clock.advance(HOUR_MS - 5_000);
    assert.equal((await world.deliver()).delivered, 0);
    world.clock.advance(6_000);
    assert.equal((await world.deliver()).delivered, 1);
  });

  it('slows down for a minute after 502', async () => {
    receiver.answer(status(502));
    await world.happens();
    await world.deliver();
    receiver.answer(ok);
    world.clock.advance(50_000);
    assert.equal((await world.deliver()).delivered, 0);
    world.clock.advance(11_000);
    assert.equal((await world.deliver()).delivered, 1);
  });

  it('switches an endpoint off that answers 410, and cancels what waits', async () => {
    receiver.answer(status(500));
    await world.happens();
    await world.deliver();
    receiver.answer(status(410));
    world.clock.advance(10_000);
    await world.happens(20);
    await world.deliver();
    const shown = await world.get(endpoint);
    assert.deepEqual([shown.state, shown.state_reason], ['disabled', 'gone']);
    assert.deepEqual(await world.deliveriesOf(endpoint, '&state=pending'), []);
    const count = receiver.received.length;
    await world.happens();
    await world.deliver();
    assert.equal(receiver.received.length, count);
  });

  it('switches an endpoint off that fails for five days, tells its owner by mail, and sends later what it missed', async () => {
    const companyCode = world.sale.company.code;
    const { account } = await makeAccount(deps, { companyCode, roles: ['owner'] });
    world.clock.advance(1_000);
    const since = deps.clock.now().toISOString();
    receiver.answer(status(500));
    await world.happens();
    await world.deliver();
    for (let day = 1; day <= 5; day += 1) {
      world.clock.advance(FAILING_LIMIT_MS / 5 - 1_000);
      await world.happens();
      await world.deliver();
      assert.equal((await world.get(endpoint)).state, 'enabled', `day ${day}`);
    }
    world.clock.advance(HOUR_MS);
    await world.happens();
    await world.deliver();
    const shown = await world.get(endpoint);
    assert.deepEqual([shown.state, shown.state_reason], ['disabled', 'failing']);
    const mails = await readMailsOf(deps, 'webhook-disabled');
    const mine = mails.filter(({ accountId }) => accountId === String(account.id));
    assert.deepEqual(
      mine.map(({ facts }) => new URL(facts.url).pathname),
      [`/company/webhooks/${endpoint.id}`],
    );

    await world.happens();
    await world.deliver();
    receiver.answer(ok);
    receiver.received.length = 0;
    const at = `/v1/webhook-endpoints/${endpoint.id}`;
    await world.api.patch(at, { state: 'enabled' });
    await world.deliver();
    assert.equal(receiver.received.length, 0, 'what was missed is sent on request');
    assert.equal((await world.api.post(`${at}/replay`, { since })).body['events'], 8);
    await world.deliver();
    const ids = idsOf(receiver);
    assert.deepEqual([ids.length, new Set(ids).size], [8, 8]);
    await world.api.post(`${at}/replay`, { since });
    await world.deliver();
    assert.equal(receiver.received.length, 8, 'nothing is missed any more');
    await world.api.post(`${at}/replay`, { since, only_missed: false });
    await world.api.post(`${at}/replay`, { event: ids[0] });
    await world.deliver();
    assert.equal(receiver.received.length, 17);
  });

  it('signs with both secrets while one is replaced, and with the new one alone after it', async () => {
    const at = `/v1/webhook-endpoints/${endpoint.id}/rotate-secret`;
    const rotated = (await world.api.post<{ secret: string }>(at, { overlap_hours: 2 })).body.secret;
    await world.happens();
    await world.deliver();
    world.clock.advance(2 * HOUR_MS);
    await world.happens();
    await world.deliver();
    const [during, behind] = receiver.received as [Received, Received];
    assert.deepEqual([isSignedWith(endpoint.secret, during), isSignedWith(rotated, during)], [true, true]);
    assert.deepEqual([isSignedWith(endpoint.secret, behind), isSignedWith(rotated, behind)], [false, true]);
    const fresh = (await world.api.post<{ secret: string }>(at, { overlap_hours: 0 })).body.secret;
    await world.happens();
    await world.deliver();
    const last = receiver.received[2]!;
    assert.deepEqual([isSignedWith(rotated, last), isSignedWith(fresh, last)], [false, true]);
  });

  it('sends a test event on request', async () => {
    const { status: code, body } = await world.api.post(`/v1/webhook-endpoints/${endpoint.id}/test`);
    assert.equal(code, 201);
    await world.deliver();
    const event = JSON.parse(receiver.received[0]!.body) as { type: string; data: { object: object } };
    assert.deepEqual([event.type, event.data.object], ['webhook-endpoint.tested', { id: endpoint.id }]);
    const [delivery] = await world.deliveriesOf(endpoint);
    assert.deepEqual([delivery?.id, delivery?.kind, delivery?.state], [body['id'], 'test', 'succeeded']);
  });

  it('does not let one that hangs delay another', async () => {
    receiver.answer(hang);
    const swift = await world.receiver();
    await world.endpoint(swift.url);
    await world.happens(30);
    const all = Promise.withResolvers<void>();
    swift.answer((message, response, request) => {
      ok(message, response, request);
      if (swift.received.length === 30) all.resolve();
    });
    let isOver = false;
    const delivering = world.deliver({ deps: impatient() }).then(() => (isOver = true));
    await all.promise;
    assert.equal(isOver, false, 'the other one still hangs');
    await delivering;
    const tried = (await statusesOf()).filter((attempts) => attempts.length > 0);
    assert.ok(tried.length < 30, 'one that fails again and again is left alone for a while');
  });

  it('has one sender for an endpoint: several at once send each event once', async () => {
    await world.happens(120);
    await Promise.all([world.deliver(), world.deliver(), world.deliver()]);
    await world.deliver();
    const ids = idsOf(receiver);
    assert.deepEqual([ids.length, new Set(ids).size], [120, 120]);
  });

  it('sends again what a process had claimed that died before its mark', async () => {
    await world.happens(3);
    await publishEvents(deps, job('publish-events'));
    await planDeliveries(deps);
    const claims = await claimEndpoints(deps, { healthy: 5, failing: 5 });
    const claim = claims.find((one) => `we_${one.endpoint.id}` === endpoint.id)!;
    assert.equal((await claimDeliveries(deps, claim, 50)).deliveries.length, 3);
    assert.equal((await world.deliver()).delivered, 0, 'they are of the other process');
    world.clock.advance(5 * 60_000 + 1_000);
    assert.equal((await world.deliver()).delivered, 3);
    const numbers = (await world.deliveriesOf(endpoint)).map((one) => one.attempts.map((of) => of.number));
    assert.deepEqual(numbers, [[2], [2], [2]]);
  });

  it('changes nothing of what another process took meanwhile', async () => {
    await world.happens();
    receiver.answer((message, response, request) => {
      void sqlOf(deps.orm.em.fork())
        .updateTable('webhook_delivery')
        .set({ leaseOwner: '01JV5Q8Z3M7N2X4K6T9W1B0C5D' })
        .where('state', '=', 'pending')
        .execute()
        .then(() => ok(message, response, request));
    });
    await world.deliver();
    const [delivery] = await world.deliveriesOf(endpoint);
    assert.deepEqual([delivery?.state, delivery?.attempts], ['pending', []]);
  });

  it('continues at the new address, with the new secret, within the same turn', async () => {
    const moved = await world.receiver();
    const at = `/v1/webhook-endpoints/${endpoint.id}`;
    let change: Promise<string> | undefined;
    receiver.answer((message, response, request) => {
      change ??= (async () => {
        await world.api.patch(at, { url: moved.url });
        const rotated = await world.api.post<{ secret: string }>(`${at}/rotate-secret`, { overlap_hours: 0 });
        return rotated.body.secret;
      })();
      // What the former address says now is not held against the endpoint.
      void change.then(() =>
        (receiver.received.length === 50 ? status(410) : ok)(message, response, request),
      );
    });
    await world.happens(100);
    await world.deliver();
    const secret = await change!;
    assert.deepEqual([receiver.received.length, moved.received.length], [50, 50]);
    assert.ok(moved.received.every((message) => isSignedWith(secret, message)));
    assert.ok(!isSignedWith(endpoint.secret, moved.received[0]!));
    const shown = await world.get(endpoint);
    assert.deepEqual([shown.state, shown.failing_since], ['enabled', null]);
    world.clock.advance(10_000);
    await world.deliver();
    const ids = [...idsOf(receiver), ...idsOf(moved)];
    assert.equal(new Set(ids).size, 100);
    assert.deepEqual(await world.deliveriesOf(endpoint, '&state=failed'), []);
    assert.deepEqual(await world.deliveriesOf(endpoint, '&state=pending'), []);
  });

  it('ends a turn when its endpoint is switched off', async () => {
    let change: Promise<unknown> | undefined;
    receiver.answer((message, response, request) => {
      change ??= world.api.patch(`/v1/webhook-endpoints/${endpoint.id}`, { state: 'disabled' });
      void change.then(() => status(500)(message, response, request));
    });
    await world.happens(100);
    await world.deliver();
    assert.ok(receiver.received.length <= 50, String(receiver.received.length));
    const shown = await world.get(endpoint);
    assert.deepEqual([shown.state, shown.state_reason, shown.failing_since], ['disabled', 'company', null]);
  });

  /** Sets columns of an endpoint as no use case does. */
  const setEndpoint = async ({ id }: { id: string }, changes: object) =>
    void (await sqlOf(deps.orm.em.fork())
      .updateTable('webhook_endpoint')
      .set(changes)
      .where('id', '=', id.slice('we_'.length))
      .execute());

  it('plans for all others when one is full and one cannot be planned for', async () => {
    const full = await world.endpoint((await world.receiver()).url);
    const broken = await world.endpoint((await world.receiver()).url);
    // Types that are no list.
    await queryRows(deps.orm.em.fork(), `UPDATE webhook_endpoint SET event_types = '5' WHERE id = ?`, [
      broken.id.slice('we_'.length),
    ]);
    const later = new Date(deps.clock.now().getTime() + DAY_MS);
    await queryRows(
      deps.orm.em.fork(),
      `INSERT INTO webhook_delivery (id, endpoint_id, kind, state, attempts, created_at, next_attempt_at)
       SELECT CONCAT('01JV00000000000000', LPAD(seq, 8, '0')), ?, 'test', 'pending', 0, ?, ? FROM seq_1_to_${MAX_PENDING}`,
      [full.id.slice('we_'.length), later, later],
    );
    await world.happens(2);
    const { planned } = await world.deliver();
    await setEndpoint(broken, { eventTypes: null });
    assert.deepEqual([planned, receiver.received.length], [2, 2]);
    assert.equal((await world.deliver()).planned, 2, 'what could not be planned is planned later');
    await queryRows(
      deps.orm.em.fork(),
      `DELETE FROM webhook_delivery WHERE endpoint_id = ? AND kind = 'test' LIMIT 1`,
      [full.id.slice('we_'.length)],
    );
    assert.equal((await world.deliver()).planned, 2);
  });

  it('gives up a delivery whose last attempt was begun and never recorded', async () => {
    receiver.answer(status(500));
    await world.happens();
    await world.deliver();
    const leaseUntil = new Date(deps.clock.now().getTime() + 60_000);
    await sqlOf(deps.orm.em.fork())
      .updateTable('webhook_delivery')
      .set({ attempts: scheduleMs.length, leaseOwner: '01JV5Q8Z3M7N2X4K6T9W1B0C5D', leaseUntil })
      .where('endpointId', '=', endpoint.id.slice('we_'.length))
      .execute();
    world.clock.advance(61_000);
    assert.equal((await world.deliver()).failed, 0);
    assert.equal(receiver.received.length, 1);
    const [delivery] = await world.deliveriesOf(endpoint);
    assert.equal(delivery?.state, 'failed');
  });

  it('sends the others when a message cannot be made, and does not blame the endpoint', async () => {
    let asked = 0;
    const config = {
      ...deps.config,
      get currency() {
        asked += 1;
        // All of them together, and the first by itself.
        if (asked <= 2) throw new Error('no currency');
        return deps.config.currency;
      },
    };
    await world.happens(3);
    assert.deepEqual(await world.deliver({ deps: { ...deps, config } }), {
      planned: 3,
      delivered: 2,
      failed: 1,
    });
    assert.deepEqual(new Set((await statusesOf()).flat()), new Set([204, 'message-failed']));
    assert.equal((await world.get(endpoint)).failing_since, null);
    world.clock.advance(10_000);
    await world.deliver();
    assert.equal(new Set(idsOf(receiver)).size, 3);
  });

  it('counts secrets that cannot be opened as a failure of the endpoint, and sends nothing', async () => {
    const { secret } = await sqlOf(deps.orm.em.fork())
      .selectFrom('webhook_endpoint')
      .select('secret')
      .where('id', '=', endpoint.id.slice('we_'.length))
      .executeTakeFirstOrThrow();
    await setEndpoint(endpoint, { secret: 'unreadable' });
    await world.happens(2);
    assert.equal((await world.deliver()).delivered, 0);
    assert.deepEqual((await statusesOf()).flat()[0], 'signing-failed');
    assert.notEqual((await world.get(endpoint)).failing_since, null);
    await setEndpoint(endpoint, { secret });
    world.clock.advance(DAY_MS);
    await world.deliver();
    assert.equal(new Set(idsOf(receiver)).size, 2);
  });

  it('plans no replay for an endpoint that is switched off', async () => {
    await world.happens(2);
    await world.deliver();
    await world.api.patch(`/v1/webhook-endpoints/${endpoint.id}`, { state: 'disabled' });
    // As a request leaves it that is committed between the two.
    await sqlOf(deps.orm.em.fork())
      .insertInto('webhook_replay')
      .values({
        id: deps.ids.next(),
        endpointId: endpoint.id.slice('we_'.length),
        nextSequence: 1n,
        throughSequence: 2n,
        onlyMissed: false,
        requestedAt: deps.clock.now(),
        finishedAt: null,
      })
      .execute();
    assert.equal((await world.deliver()).planned, 0);
    assert.deepEqual(await world.deliveriesOf(endpoint, '&state=pending'), []);
  });

  it('ends the turn of a slow endpoint, which continues after others', async (t) => {
    let lateMs = 0;
    const now = performance.now.bind(performance);
    t.mock.method(performance, 'now', () => now() + lateMs);
    receiver.answer((message, response, request) => {
      lateMs = 31_000;
      ok(message, response, request);
    });
    await world.happens(20);
    const { delivered } = await world.deliver();
    assert.ok(delivered >= 1 && delivered <= 8, String(delivered));
    t.mock.reset();
    world.clock.advance(3_000);
    await world.deliver();
    assert.equal(new Set(idsOf(receiver)).size, 20);
    const numbers = (await world.deliveriesOf(endpoint)).flatMap((one) =>
      one.attempts.map((of) => of.number),
    );
    assert.deepEqual(
      numbers,
      Array.from({ length: 20 }, () => 1),
    );
  });

  it('takes endpoints that have waited longest first, and of a company only some at once', async () => {
    const others = Array.from({ length: COMPANY_PLACES + 1 }, () => world.endpoint(receiver.url));
    const last = (await Promise.all(others))
      .map(({ id }) => id)
      .toSorted()
      .at(-1)!;
    await world.happens();
    await publishEvents(deps, job('publish-events'));
    await planDeliveries(deps);
    await sqlOf(deps.orm.em.fork())
      .updateTable('webhook_delivery')
      .set({ nextAttemptAt: new Date(deps.clock.now().getTime() - 1_000) })
      .where('endpointId', '=', last.slice('we_'.length))
      .where('state', '=', 'pending')
      .execute();
    const claim = async (healthy: number) => await claimEndpoints(deps, { healthy, failing: 0 });
    const first = await claim(1);
    assert.deepEqual(
      first.map((one) => `we_${one.endpoint.id}`),
      [last],
    );
    assert.equal((await claim(64)).length, COMPANY_PLACES - 1);
    assert.equal((await claim(64)).length, 0);
    await releaseEndpoint(deps, first[0]!, { isCut: true });
    const next = await claim(64);
    assert.ok(next.length === 1 && next[0]?.endpoint.id !== first[0]?.endpoint.id);
  });

  it('does not take two failures for a row when nothing was tried for days in between', async () => {
    receiver.answer(status(500));
    await world.happens();
    await world.deliver();
    world.clock.advance(FAILING_LIMIT_MS + DAY_MS);
    await world.deliver();
    const shown = await world.get(endpoint);
    assert.deepEqual([shown.state, shown.failing_since], ['enabled', deps.clock.now().toISOString()]);
  });

  it('refuses names that lead inside by any of their addresses', async () => {
    const webhooks = { timeoutMs: 500, isLoopbackAllowed: false };
    const strict = { ...deps, config: { ...deps.config, webhooks } };
    for (const address of ['10.1.2.3', '::1', '64:ff9b::a00:1']) {
      const named = await world.endpoint('https://video.example/hooks');
      await world.happens();
      const inside = { address, family: address.includes(':') ? 6 : 4 } as const;
      const resolve = async () => [{ address: '93.184.215.14', family: 4 } as const, inside];
      await world.deliver({ deps: strict, resolve });
      assert.deepEqual(await statusesOf(named), [['address-refused']], address);
      await world.api.delete(`/v1/webhook-endpoints/${named.id}`);
    }
    assert.equal(receiver.received.length, 0);
  });

  it('connects to the address that was checked, wherever the name leads later', async () => {
    const { port } = new URL(receiver.url);
    const named = await world.endpoint(`http://localhost:${port}/hooks`);
    let asked = 0;
    const resolve = async () => {
      asked += 1;
      return [{ address: asked === 1 ? '127.0.0.1' : '10.0.0.1', family: 4 } as const];
    };
    await world.happens();
    await world.deliver({ resolve });
    assert.deepEqual(await statusesOf(named), [[204]]);
    world.clock.advance(1_000);
    await world.happens();
    await world.deliver({ resolve });
    assert.deepEqual(await statusesOf(named), [['address-refused'], [204]]);
    assert.equal(asked, 2);
  });

  it('keeps attempts and deliveries that are over for 30 days', async () => {
    await world.happens();
    await world.deliver();
    world.clock.advance(29 * DAY_MS);
    await purgeWebhooks(deps);
    assert.equal((await world.deliveriesOf(endpoint)).length, 1);
    world.clock.advance(DAY_MS + 1_000);
    assert.ok((await purgeWebhooks(deps)) >= 2);
    assert.deepEqual(await world.deliveriesOf(endpoint), []);
    assert.equal(await purgeWebhooks(deps), 0);
  });
});
