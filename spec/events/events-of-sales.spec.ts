import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { authorizeCharge } from '../../src/charges/authorize-charge.ts';
import { cancelCharge, declineCharge } from '../../src/charges/cancel-charge.ts';
import { captureCharge } from '../../src/charges/capture-charge.ts';
import { createCharge } from '../../src/charges/create-charge.ts';
import { expireAuthorizations } from '../../src/charges/expire-authorizations.ts';
import { createConsent } from '../../src/consents/create-consent.ts';
import { declineConsent, grantConsent, revokeConsent } from '../../src/consents/grant-consent.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import type { Deps } from '../../src/deps.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import { parsePublicId, publicId } from '../../src/shared/public-id.rules.ts';
import { cancelSubscription } from '../../src/subscriptions/cancel-subscription.ts';
import { declineSubscription } from '../../src/subscriptions/decline-subscription.ts';
import { offer, renewNightly, subscribe } from '../subscriptions/subscribing.ts';
import { keyOf, signedIn, visitorOf } from '../support/actors.ts';
import { countRows, createApiWorld, type ApiWorld } from '../support/api-world.ts';
import { makeSale } from '../support/factories.ts';
import { eventsOf, typesOf } from './events-of.ts';

describe('events of sales', () => {
  let world: ApiWorld;
  let deps: Deps;
  before(async () => {
    world = await createApiWorld();
    deps = world.deps;
  });
  after(() => world.close());

  const offered = (over: { automaticCapture?: boolean } = {}) =>
    createCharge(deps, keyOf(world.sale.company.id), {
      serviceCode: world.sale.service.code,
      amountMinor: 700n,
      taxCode: 'standard',
      description: '映画',
      reference: 'order-1',
      returnUrl: 'https://shop.example/thanks',
      automaticCapture: false,
      ...over,
    });
  const run = (statement: ReturnType<typeof sql>) => statement.execute(sqlOf(deps.orm.em.fork()));
  const key = () => keyOf(world.sale.company.id);
  const buyer = () => signedIn(world.sale.buyer);
  const authorized = async () => {
    const { id } = await offered();
    await authorizeCharge(deps, buyer(), { chargeId: id });
    return id;
  };

  it('say what happened to a charge, with the charge as it was then', async () => {
    const id = await authorized();
    await captureCharge(deps, key(), { chargeId: id, amountMinor: 600n });
    const common = { subjectKind: 'charge', companyId: world.sale.company.id, occurredAt: deps.clock.now() };
    const snapshot = {
      serviceId: world.sale.service.id,
      kind: 'one_time',
      amountMinor: '700',
      capturedMinor: null,
      taxCode: 'standard',
      reference: 'order-1',
    };
    assert.deepEqual(await eventsOf(deps, id), [
      { type: 'charge.authorized', ...common, snapshot },
      { type: 'charge.captured', ...common, snapshot: { ...snapshot, capturedMinor: '600' } },
    ]);
  });

  it('are not there before anything happened, and one alone where a charge is captured at once', async () => {
    const { id } = await offered({ automaticCapture: true });
    assert.deepEqual(await typesOf(deps, id), []);
    await authorizeCharge(deps, buyer(), { chargeId: id });
    assert.deepEqual(await typesOf(deps, id), ['charge.captured']);
  });

  it('are not there when what they tell was refused or rolled back', async () => {
    const id = await authorized();
    const tooMuch = captureCharge(deps, key(), { chargeId: id, amountMinor: 701n });
    await assert.rejects(tooMuch, { code: 'amount-above-authorized' });
    const rolledBack = inTransaction(deps, async (tx) => {
      await captureCharge(tx, key(), { chargeId: id });
      throw new Error('rolled back');
    });
    await assert.rejects(rolledBack, /rolled back/);
    assert.deepEqual(await typesOf(deps, id), ['charge.authorized']);
  });

  it('are there once when a confirmation or a request is repeated', async () => {
    const id = await authorized();
    await authorizeCharge(deps, buyer(), { chargeId: id });
    const name = publicId('charge', id);
    for (const attempt of [1, 2, 3]) {
      const { status } = await world.api.post(`/v1/charges/${name}/capture`, {}, { key: 'capture-once' });
      assert.equal(status, 200, `attempt ${attempt}`);
    }
    assert.deepEqual(await typesOf(deps, id), ['charge.authorized', 'charge.captured']);
    const both = await Promise.allSettled(
      [1, 2].map(async () => captureCharge(deps, key(), { chargeId: id })),
    );
    assert.ok(both.every(({ status }) => status === 'rejected'));
    assert.deepEqual(await typesOf(deps, id), ['charge.authorized', 'charge.captured']);
  });

  it('name who ended a charge', async () => {
    const cancelled = await authorized();
    await cancelCharge(deps, key(), { chargeId: cancelled });
    await cancelCharge(deps, key(), { chargeId: cancelled });
    const { id: declined } = await offered();
    await declineCharge(deps, visitorOf(declined), { chargeId: declined });
    const endings = [...(await eventsOf(deps, cancelled)).slice(1), ...(await eventsOf(deps, declined))];
    assert.deepEqual(
      endings.map(({ type, snapshot }) => [type, snapshot['endedBy']]),
      [
        ['charge.cancelled', 'company'],
        ['charge.cancelled', 'subscriber'],
      ],
    );
  });

  it('are none for uses: a captured one is its own event', async () => {
    const before = await countRows(deps, 'event');
    const { status, body } = await world.api.post<{ id: string }>('/v1/usage-charges', {
      consent: world.consent,
      amount: 120,
      tax_code: 'standard',
      description: '楽曲',
    });
    assert.equal(status, 201);
    assert.deepEqual(await typesOf(deps, parsePublicId('charge', body.id) ?? ''), []);
    assert.equal(await countRows(deps, 'event'), before);
  });

  it('say what happened to a consent', async () => {
    const create = () =>
      createConsent(deps, key(), {
        serviceCode: world.sale.service.code,
        description: '都度',
        returnUrl: 'https://shop.example/thanks',
      });
    const { id: granted } = await create();
    await grantConsent(deps, buyer(), { consentId: granted });
    await grantConsent(deps, buyer(), { consentId: granted });
    await revokeConsent(deps, key(), { consentId: granted });
    await revokeConsent(deps, key(), { consentId: granted });
    assert.deepEqual(await typesOf(deps, granted), ['consent.granted', 'consent.revoked']);
    const { id: declined } = await create();
    await declineConsent(deps, visitorOf(declined), { consentId: declined });
    assert.deepEqual(await typesOf(deps, declined), ['consent.declined']);
  });

  it('are final', async () => {
    await authorized();
    await assert.rejects(run(sql`UPDATE event SET company_id = NULL`), /event_is_final/);
    await assert.rejects(run(sql`DELETE FROM event`), /event_stays/);
    const other = sql`INSERT INTO event (type, subject_kind, subject_id, occurred_at, snapshot)
      VALUES ('charge.captured', 'consent', 'x', NOW(3), '{}')`;
    await assert.rejects(run(other), /event_type/);
  });

  it('of what nobody confirmed or captured say when its time ran out, however late the night comes', async () => {
    const { id: pending } = await offered();
    const held = await authorized();
    const { id: consent } = await createConsent(deps, key(), {
      serviceCode: world.sale.service.code,
      description: '都度',
      returnUrl: 'https://shop.example/thanks',
    });
    const { id: subscription } = await offer(deps, world.sale);
    const rows = await sqlOf(deps.orm.em.fork())
      .selectFrom('charge')
      .select(['id', 'openUntil'])
      .where('id', 'in', [pending, held])
      .execute();
    const began = deps.clock.now();
    world.clock.set(new Date(began.getTime() + 9 * 86_400_000));
    const job = { job: 'expire-authorizations', businessDate: '2026-05-17' };
    await executeRun(deps, job, expireAuthorizations);
    await executeRun(deps, { ...job, businessDate: '2026-05-18' }, expireAuthorizations);
    world.clock.set(began);
    for (const id of [pending, held]) {
      const event = (await eventsOf(deps, id)).at(-1);
      assert.deepEqual(
        [event?.type, event?.snapshot['endedBy'], event?.occurredAt],
        ['charge.expired', 'time', rows.find((row) => row.id === id)?.openUntil],
      );
    }
    assert.deepEqual(await typesOf(deps, consent), ['consent.expired']);
    assert.deepEqual(await typesOf(deps, subscription), ['subscription.expired']);
    assert.deepEqual(await typesOf(deps, pending), ['charge.expired']);
  });
});

describe('events of subscriptions', () => {
  let world: ApiWorld;
  before(async () => {
    world = await createApiWorld();
  });
  after(() => world.close());

  it('say who joined, each month, who leaves, and the end', async () => {
    const { deps } = world;
    const { id } = await subscribe(deps, world.sale);
    assert.deepEqual(await typesOf(deps, id), ['subscription.joined', 'subscription.renewed']);
    await renewNightly(world, '2026-06-08', '2026-06-11');
    await cancelSubscription(deps, keyOf(world.sale.company.id), { subscriptionId: id });
    await cancelSubscription(deps, keyOf(world.sale.company.id), { subscriptionId: id });
    const events = await eventsOf(deps, id);
    assert.deepEqual(
      events.map(({ type, snapshot }) => [type, snapshot['month'] ?? snapshot['leftOn']]),
      [
        ['subscription.joined', undefined],
        ['subscription.renewed', '2026-05'],
        ['subscription.renewed', '2026-06'],
        ['subscription.cancelled', '2026-06-12'],
        ['subscription.ended', '2026-06-12'],
      ],
    );
    const charges = await sqlOf(deps.orm.em.fork())
      .selectFrom('charge')
      .select('id')
      .where('subscriptionId', '=', id)
      .orderBy('subscriptionMonth')
      .execute();
    assert.deepEqual(
      events.filter(({ type }) => type === 'subscription.renewed').map(({ snapshot }) => snapshot['charge']),
      charges.map((charge) => charge.id),
    );
  });

  it('say that a month was not billed, and why', async () => {
    const { deps, clock } = world;
    const sale = await makeSale(deps);
    clock.set(new Date('2026-07-01T03:00:00.000Z'));
    const { id } = await subscribe(deps, sale, { amountMinor: 6_000n, itemCode: 'costly', chargeDay: 20 });
    assert.deepEqual(await typesOf(deps, id), ['subscription.joined']);
    await subscribe(deps, sale, { amountMinor: 6_000n, itemCode: 'other', chargeDay: 1 });
    await renewNightly(world, '2026-07-20', '2026-07-20');
    const event = (await eventsOf(deps, id)).at(-1);
    assert.deepEqual(
      [event?.type, event?.snapshot['month'], event?.snapshot['problem']],
      ['subscription.renewal-refused', '2026-07', 'limit-exceeded'],
    );
  });

  it('say that somebody declined', async () => {
    const { id } = await offer(world.deps, world.sale);
    await declineSubscription(world.deps, visitorOf(id), { subscriptionId: id });
    assert.deepEqual(await typesOf(world.deps, id), ['subscription.declined']);
  });
});
