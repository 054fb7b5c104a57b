import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import { after, before, beforeEach, describe, it } from 'node:test';
import { openOrm } from '../../../config/database/orm.ts';
import { createApp } from '../../../src/app.ts';
import { inTransaction } from '../../../src/database/transaction.ts';
import { pagesPoolSize, type Orm } from '../../../src/database/orm.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { startListener, type Listener } from '../../../src/http/listener.ts';
import { WorkGate } from '../../../src/identity/work-gate.ts';
import { Problem } from '../../../src/shared/problem.ts';
import { ManualTimers } from '../../radius/manual-timers.ts';
import {
  openCheckoutSite,
  PASSWORD,
  ScriptedLineCheck,
  type CheckoutSite,
} from '../../support/checkout-site.ts';
import { makeApiKey } from '../../support/factories.ts';
import { apiClient } from '../../support/http-client.ts';
import { formToken, PageClient, type PageReply } from '../../support/page-client.ts';

const busy = (): Error => new Problem('service-unavailable');

describe('gate of sign-ins', () => {
  it('turns away what has waited too long, and lets the others in in their order', async () => {
    const timers = new ManualTimers();
    const gate = new WorkGate({ maxRunning: 1, maxWaiting: 10, maxWaitMs: 1_500, timers });
    const under = Promise.withResolvers<void>();
    const first = gate.run(() => under.promise, busy);
    const late = assert.rejects(
      gate.run(() => Promise.resolve('late'), busy),
      { code: 'service-unavailable' },
    );
    await timers.advance(1);
    const next = gate.run(() => Promise.resolve('next'), busy);
    await timers.advance(1_499);
    await late;
    assert.equal(timers.pending, 1, 'the other one still waits');
    under.resolve();
    await first;
    assert.equal(await next, 'next');
    assert.equal(timers.pending, 0);
    assert.equal(await gate.run(() => Promise.resolve('after'), busy), 'after');
  });

  it('keeps the place of one that was turned away for nobody', async () => {
    const timers = new ManualTimers();
    const gate = new WorkGate({ maxRunning: 1, maxWaiting: 1, maxWaitMs: 10, timers });
    const under = Promise.withResolvers<void>();
    const first = gate.run(() => under.promise, busy);
    const late = assert.rejects(gate.run(() => Promise.resolve(), busy));
    await assert.rejects(
      gate.run(() => Promise.resolve(), busy),
      'the queue is full',
    );
    await timers.advance(10);
    await late;
    const second = gate.run(() => Promise.resolve('in'), busy);
    under.resolve();
    await first;
    assert.equal(await second, 'in');
  });
});

describe('sign-ins by the hundred', () => {
  let site: CheckoutSite;
  let [apiOrm, pagesOrm]: Orm[] = [];
  let service: Listener;
  let token: string;
  before(async () => {
    site = await openCheckoutSite(new ScriptedLineCheck());
    const { deps, database } = site.world;
    const poolSize = 2;
    const [orm, pages] = [
      await openOrm({ databaseUrl: database.url, poolSize }),
      await openOrm({ databaseUrl: database.url, poolSize: pagesPoolSize(poolSize) }),
    ];
    [apiOrm, pagesOrm] = [orm, pages];
    const app = createApp({ ...deps, orm, pagesOrm: pages, lineCheck: new ScriptedLineCheck() });
    service = await startListener(createServer(app.callback() as RequestListener), {
      host: '127.0.0.1',
      port: 0,
    });
    ({ token } = await makeApiKey(deps, { companyId: site.seller.companyId }));
  });
  after(async () => {
    await service.close();
    await Promise.all([apiOrm?.close(), pagesOrm?.close()]);
    await site.close();
  });
  beforeEach(() => sqlOf(site.world.deps.orm.em.fork()).deleteFrom('sign_in_failure').execute());

  /** Browsers of one household that have the form open. */
  const openForms = async (count: number) => {
    const { url } = await site.newCharge();
    const page = `${service.address}${new URL(url).pathname}`;
    const { issuedId } = await site.newSubscriber();
    const client = new PageClient();
    const { text } = await client.get(page);
    const post = () =>
      client.post(`${page}/sign-in`, {
        form_token: formToken(text),
        issued_id: issuedId,
        password: PASSWORD,
      });
    return { issuedId, send: () => Array.from({ length: count }, post) };
  };
  const attemptsOf = async () =>
    (
      await sqlOf(site.world.deps.orm.em.fork()).selectFrom('sign_in_failure').select('failures').execute()
    ).reduce((sum, { failures }) => sum + failures, 0);

  it('leave the API its connections, and are told to try again, uncounted, where they cannot be taken', async () => {
    const { send } = await openForms(150);
    // The row of their source exists, and somebody holds it: every sign-in that is let in waits for it.
    const warm = await openForms(1);
    await Promise.all(warm.send());
    let replies: Promise<PageReply>[] = [];
    await inTransaction(site.world.deps, async (tx) => {
      await sqlOf(tx.em).selectFrom('sign_in_failure').selectAll().forUpdate().execute();
      replies = send();
      // Beyond the hundred that may wait; they need no lock to be answered.
      const first = await Promise.any(replies);
      assert.equal(first.status, 503);
      const { status } = await apiClient(service.address, token).get('/v1/charges');
      assert.equal(status, 200, 'while sign-ins hold or want every connection of the pages');
      await Promise.all([
        apiClient(service.address, token).get('/v1/charges'),
        apiClient(service.address, token).get('/v1/consents'),
        apiClient(service.address, token).get('/v1/subscriptions'),
      ]);
    });
    const answered = await Promise.all(replies);
    const turnedAway = answered.filter(({ status }) => status === 503);
    const signedIn = answered.filter(({ status }) => status === 303);
    assert.equal(turnedAway.length + signedIn.length, 150);
    assert.ok(turnedAway.length >= 40 && signedIn.length >= 1);
    for (const { headers, text } of turnedAway) {
      assert.equal(headers.get('retry-after'), '5');
      assert.ok(text.includes('ただいま混み合っています'));
      assert.match(text, /href="\/checkout\/ch_\w+\/[\w-]+"/, 'with the way back to the form');
    }
    assert.equal(await attemptsOf(), 0, 'nobody’s right password counts as a failure');
  });

  it('that were turned away have not used up the tries of their ID', async () => {
    const { send } = await openForms(150);
    const answered = await Promise.all(send());
    assert.ok(answered.every(({ status }) => status === 303 || status === 503));
    const again = await Promise.all((await openForms(1)).send());
    assert.equal(again[0]?.status, 303);
    assert.equal(await attemptsOf(), 0);
  });
});
