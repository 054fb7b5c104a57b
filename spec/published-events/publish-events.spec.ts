import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { authorizeCharge } from '../../src/charges/authorize-charge.ts';
import { createCharge } from '../../src/charges/create-charge.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import type { Deps } from '../../src/deps.ts';
import { appendEvents } from '../../src/events/append-events.ts';
import { publishEvents } from '../../src/published-events/publish-events.ts';
import { publishedTypes } from '../../src/published-events/published-types.ts';
import { job, keyOf, signedIn } from '../support/actors.ts';
import { createApiWorld, type ApiWorld } from '../support/api-world.ts';

describe('publishing events', () => {
  let world: ApiWorld;
  let deps: Deps;
  before(async () => {
    world = await createApiWorld();
    deps = world.deps;
  });
  after(() => world.close());

  const publish = (from: Deps = deps) => publishEvents(from, job('publish-events'));
  const company = () => world.sale.company.id;
  const use = (amount = 10, client = world.api, consent = world.consent) =>
    client.post('/v1/usage-charges', { consent, amount, tax_code: 'standard', description: 'x' });
  const sell = async () => {
    const { id } = await createCharge(deps, keyOf(company()), {
      serviceCode: world.sale.service.code,
      amountMinor: 50n,
      taxCode: 'standard',
      description: '映画',
      returnUrl: 'https://shop.example/thanks',
      automaticCapture: true,
    });
    await authorizeCharge(deps, signedIn(world.sale.buyer), { chargeId: id });
    return id;
  };
  const published = () =>
    sqlOf(deps.orm.em.fork())
      .selectFrom('published_event')
      .select(['sequence', 'type', 'subjectId', 'eventId', 'chargeId'])
      .where('companyId', '=', company())
      .orderBy('sequence')
      .execute();
  const run = (statement: ReturnType<typeof sql>) => statement.execute(sqlOf(deps.orm.em.fork()));
  const assertDense = async () => {
    const rows = await published();
    assert.deepEqual(
      rows.map(({ sequence }) => Number(sequence)),
      rows.map((_, index) => index + 1),
    );
    return rows;
  };

  it('numbers what happened to each company from 1, a use by its own row and a sale by its event', async () => {
    const sold = await sell();
    assert.equal((await use()).status, 201);
    assert.deepEqual(await publish(), { published: 2 });
    const rows = await assertDense();
    assert.ok(rows.every(({ type }) => type === 'charge.captured'));
    assert.equal(rows.filter(({ chargeId }) => chargeId != null).length, 1);
    assert.ok(rows.some(({ subjectId, eventId }) => subjectId === sold && eventId != null));
  });

  it('publishes nothing twice, and nothing that is the carrier’s own', async () => {
    const snapshot = { name: '新', nameEn: 'New' };
    await inTransaction(deps, (tx) =>
      appendEvents(tx, [{ type: 'company.created', subject: 'new', companyId: company(), snapshot }]),
    );
    assert.deepEqual(await publish(), { published: 0 });
    assert.ok(!(publishedTypes as readonly string[]).includes('company.created'));
  });

  it('finds an event whose transaction commits after later ones were published', async () => {
    const before = await published();
    const late = Promise.withResolvers<void>();
    const written = Promise.withResolvers<void>();
    const event = { type: 'company.suspended', subject: 'late', companyId: company(), snapshot: {} } as const;
    const open = inTransaction(deps, async (tx) => {
      await appendEvents(tx, [event]);
      written.resolve();
      await late.promise;
    });
    await written.promise;
    await sell();
    assert.deepEqual(await publish(), { published: 1 });
    late.resolve();
    await open;
    assert.deepEqual(await publish(), { published: 1 });
    const [, last] = (await assertDense()).slice(before.length);
    assert.equal(last?.subjectId, 'late');
    assert.ok(
      Number(last.eventId) < Number((await published()).at(-2)?.eventId),
      'its identifier is the lower one',
    );
  });

  it('finds what committed long after its identifier was taken, by a longer look', async () => {
    const written = Promise.withResolvers<void>();
    const late = Promise.withResolvers<void>();
    const event = {
      type: 'company.activated',
      subject: 'later',
      companyId: company(),
      snapshot: {},
    } as const;
    const open = inTransaction(deps, async (tx) => {
      await appendEvents(tx, [event]);
      written.resolve();
      await late.promise;
    });
    await written.promise;
    for (let minute = 0; minute < 5; minute += 1) {
      world.clock.advance(10_000);
      await sell();
      await publish();
    }
    late.resolve();
    await open;
    assert.deepEqual(await publish(), { published: 0 }, 'not by a look at the newest');
    world.clock.advance(30_000);
    assert.deepEqual(await publish(), { published: 1 });
    assert.equal((await assertDense()).at(-1)?.subjectId, 'later');
  });

  it('gives each event one number when several publish at once', async () => {
    const count = (await published()).length;
    await Promise.all(Array.from({ length: 30 }, (_, index) => use(index + 1)));
    const counts = await Promise.all(Array.from({ length: 6 }, () => publish()));
    assert.equal(
      counts.reduce((sum, one) => sum + one.published, 0),
      30,
    );
    assert.equal((await assertDense()).length, count + 30);
  });

  it('leaves nothing of a chunk that was interrupted, and numbers it again', async () => {
    await sell();
    await use();
    const count = (await published()).length;
    let taken = 0;
    const ids = {
      next: () => {
        taken += 1;
        if (taken === 2) throw new Error('killed');
        return deps.ids.next();
      },
    };
    await use();
    await assert.rejects(publish({ ...deps, ids }), /killed/);
    assert.ok((await published()).length <= count + 1);
    await publish();
    assert.equal((await assertDense()).length, count + 3);
  });

  it('never changes what was published, and gives no source two numbers', async () => {
    await assert.rejects(
      run(sql`UPDATE published_event SET sequence = sequence + 1000`),
      /published_event_is_final/,
    );
    await assert.rejects(run(sql`DELETE FROM published_event`), /published_event_stays/);
    for (const [source, unique] of [
      ['event_id', 'published_event_event'],
      ['charge_id', 'published_event_charge'],
    ] as const) {
      const copy = sql`INSERT INTO published_event SELECT REVERSE(id), company_id, 9000 + sequence, type, subject_id, occurred_at,
        published_at, event_id, charge_id FROM published_event WHERE ${sql.ref(source)} IS NOT NULL LIMIT 1`;
      await assert.rejects(run(copy), new RegExp(unique));
    }
  });

  it('keeps companies apart', async () => {
    const other = await sqlOf(deps.orm.em.fork())
      .selectFrom('published_event')
      .select('companyId')
      .where('companyId', '!=', company())
      .execute();
    assert.deepEqual(other, []);
  });
});
