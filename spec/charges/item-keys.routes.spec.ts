import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CompiledQuery } from 'kysely';
import { recordUsageCharges } from '../../src/charges/record-usage-charges.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { parsePublicId } from '../../src/shared/public-id.rules.ts';
import { countRows, createApiWorld, type ApiWorld } from '../support/api-world.ts';
import { makeConsent, makeLine, makeSubscriber } from '../support/factories.ts';
import { keyOf } from '../support/actors.ts';

interface Charge {
  id: string;
  state: string;
  amount: number;
  [member: string]: unknown;
}
interface Batch {
  outcomes: {
    charge?: Charge;
    replayed?: true;
    problem?: { code: string; status: number; charge?: string; errors?: { pointer: string }[] };
  }[];
  captured: number;
  replayed: number;
  refused: number;
}

const use = (consent: string, over: Record<string, unknown> = {}) => ({
  consent,
  amount: 100,
  tax_code: 'standard',
  description: '楽曲1曲',
  ...over,
});

const told = ({ outcomes }: Batch) =>
  outcomes.map(({ charge: made, problem, replayed }) =>
    problem ? problem.code : `${made!.amount}${replayed ? ' again' : ''}`,
  );

describe('a use with an item_key', () => {
  let world: ApiWorld;
  before(async () => {
    world = await createApiWorld();
  });
  after(() => world.close());

  /** A consent of another line of the same company, whose month is untouched. */
  const freshConsent = async () => {
    const { deps, sale } = world;
    const { lineId } = await makeLine(deps);
    const { id: subscriberId } = await makeSubscriber(deps, { lineId });
    const of = { companyId: sale.company.id, serviceId: sale.service.id, subscriberId, lineId };
    return `cs_${(await makeConsent(deps, of)).id}`;
  };
  const charge = (body: object, key?: string) =>
    world.api.post<Charge>('/v1/usage-charges', body, key === undefined ? {} : { key });
  const chargeMany = async (charges: readonly object[]) => {
    const { status, body } = await world.api.post<Batch>('/v1/usage-charges/batch', { charges });
    assert.equal(status, 200);
    return body;
  };
  /** What a consent has been charged. */
  const charged = async (consent: string) => {
    const rows = await sqlOf(world.deps.orm.em.fork())
      .selectFrom('charge')
      .select('amountMinor')
      .where('consentId', '=', parsePublicId('consent', consent) ?? '')
      .orderBy('id')
      .execute();
    return rows.map(({ amountMinor }) => Number(amountMinor));
  };

  const run = (statement: string) =>
    sqlOf(world.deps.orm.em.fork()).executeQuery(CompiledQuery.raw(statement));

  it('sent again under another Idempotency-Key is answered with its charge, and charged once', async () => {
    const consent = await freshConsent();
    const body = use(consent, { item_key: 'play-1', reference: 'r' });
    const first = await charge(body);
    assert.equal(first.status, 201);
    const entries = await countRows(world.deps, 'ledger_entry');
    world.clock.advance(40 * 24 * 60 * 60_000);
    const again = await charge(body);
    assert.deepEqual([again.status, again.body], [201, first.body]);
    assert.deepEqual(await charged(consent), [100]);
    assert.equal(await countRows(world.deps, 'ledger_entry'), entries);
  });

  it('of other content under the same key is refused, and names the charge', async () => {
    const consent = await freshConsent();
    const body = use(consent, { item_key: 'play-1', reference: 'r' });
    const { id } = (await charge(body)).body;
    for (const over of [
      { amount: 101 },
      { tax_code: 'reduced' },
      { description: '楽曲2曲' },
      { reference: 's' },
      { reference: undefined },
    ]) {
      const reply = await charge({ ...body, ...over });
      const { code, charge: named, errors } = reply.body;
      assert.deepEqual([reply.status, code, named], [409, 'item-key-reused', id]);
      assert.deepEqual(errors, [{ pointer: '/item_key', message: 'belongs to a use of other content' }]);
    }
    assert.deepEqual(await charged(consent), [100]);
  });

  it('is charged without one as often as it is sent, whatever its reference', async () => {
    const consent = await freshConsent();
    const body = use(consent, { reference: 'order-1' });
    assert.deepEqual(told(await chargeMany([body, body])), ['100', '100']);
    assert.deepEqual(await charged(consent), [100, 100]);
  });

  it('has a key of its consent alone: another consent, another letter case and another company know nothing of it', async () => {
    const [one, two] = [await freshConsent(), await freshConsent()];
    const uses = [use(one, { item_key: 'a' }), use(two, { item_key: 'a' }), use(one, { item_key: 'A' })];
    assert.deepEqual(told(await chargeMany(uses)), ['100', '100', '100']);
    const strange = await world.other.post('/v1/usage-charges', use(one, { item_key: 'a' }));
    assert.deepEqual([strange.status, strange.body['code']], [404, 'consent-not-found']);
  });

  it('twice in one request is charged once; of other content it is refused and harms no neighbour', async () => {
    const consent = await freshConsent();
    const body = use(consent, { item_key: 'play-1' });
    const batch = await chargeMany([
      body,
      use(consent, { amount: 7 }),
      body,
      { ...body, amount: 200 },
      use(consent, { amount: 9, item_key: 'play-2' }),
    ]);
    assert.deepEqual(told(batch), ['100', '7', '100 again', 'item-key-reused', '9']);
    assert.deepEqual([batch.captured, batch.replayed, batch.refused], [3, 1, 1]);
    const [first, , again, refused] = batch.outcomes;
    assert.deepEqual(again?.charge, first?.charge);
    assert.equal(refused?.problem?.status, 409);
    assert.equal(refused.problem.charge, first?.charge?.id);
    assert.deepEqual(
      refused.problem.errors?.map(({ pointer }) => pointer),
      ['/charges/3/item_key'],
    );
    assert.deepEqual(await charged(consent), [100, 7, 9]);
  });

  it('lets a corrected request be sent again as a whole: only what is new in it is charged', async () => {
    const consent = await freshConsent();
    const keyed = (key: string, amount: number) => use(consent, { item_key: key, amount });
    await chargeMany([keyed('1', 10), keyed('2', 20), keyed('3', 20_000)]);
    const batch = await chargeMany([keyed('1', 10), keyed('2', 25), keyed('3', 30), keyed('4', 40)]);
    assert.deepEqual(told(batch), ['10 again', 'item-key-reused', '30', '40']);
    assert.deepEqual([batch.captured, batch.replayed, batch.refused], [2, 1, 1]);
    assert.deepEqual(await charged(consent), [10, 20, 30, 40]);
  });

  it('leaves its key free when it is refused, for the next in the same request too', async () => {
    const consent = await freshConsent();
    const keyed = (amount: number) => use(consent, { item_key: 'k', amount });
    assert.deepEqual(told(await chargeMany([keyed(10_001), keyed(9_950), keyed(9_950)])), [
      'amount-above-contract',
      '9950',
      '9950 again',
    ]);
    const full = use(consent, { item_key: 'full', amount: 100 });
    assert.equal((await charge(full)).body['code'], 'limit-exceeded');
    world.clock.advance(31 * 24 * 60 * 60_000);
    assert.equal((await charge(full)).status, 201);
  });

  it('does not count against the limit again when it is sent again', async () => {
    const consent = await freshConsent();
    const large = use(consent, { item_key: 'large', amount: 9_000 });
    assert.deepEqual(told(await chargeMany([large, large, use(consent, { amount: 1_000 })])), [
      '9000',
      '9000 again',
      '1000',
    ]);
    assert.deepEqual(told(await chargeMany([large])), ['9000 again']);
  });

  it('is answered with its charge when the consent has ended and the company is suspended since', async () => {
    const consent = await freshConsent();
    const body = use(consent, { item_key: 'k' });
    const { id } = (await charge(body)).body;
    await world.api.post(`/v1/consents/${consent}/end`);
    assert.equal((await charge(body)).body.id, id);
    assert.equal((await charge({ ...body, item_key: 'new' })).body['code'], 'consent-not-active');
  });

  it('is charged once by fifty requests at the same moment, alone and among others', async () => {
    const consent = await freshConsent();
    const body = use(consent, { item_key: 'race' });
    const alone = Array.from({ length: 25 }, async () => {
      const { status, body: answer } = await charge(body);
      assert.equal(status, 201);
      return answer.id;
    });
    const many = Array.from({ length: 25 }, async (_, i) => {
      const batch = await chargeMany([use(consent, { amount: 1, item_key: `own-${i}` }), body]);
      assert.equal(batch.refused, 0);
      return batch.outcomes[1]!.charge!.id;
    });
    const ids = await Promise.all([...alone, ...many]);
    assert.equal(new Set(ids).size, 1);
    const amounts = await charged(consent);
    assert.deepEqual(
      [amounts.filter((amount) => amount === 100).length, amounts.filter((amount) => amount === 1).length],
      [1, 25],
    );
  });

  it('is the first of two of other content at the same moment, and the second is refused', async () => {
    for (let round = 0; round < 10; round += 1) {
      const consent = await freshConsent();
      const replies = await Promise.all(
        [100, 200].map((amount) => charge(use(consent, { item_key: 'race', amount }))),
      );
      assert.deepEqual(new Set(replies.map(({ status }) => status)), new Set([201, 409]));
      assert.equal((await charged(consent)).length, 1);
    }
  });

  it('must have a key of 1 to 64 visible ASCII characters', async () => {
    const consent = await freshConsent();
    for (const key of ['', ' ', 'a b', 'キー', 'a\n', 'x'.repeat(65), 1, null]) {
      const { status, body } = await charge(use(consent, { item_key: key }));
      assert.deepEqual([status, body['code']], [400, 'invalid-request'], JSON.stringify(key));
    }
    for (const key of ['!', '~', "';--", 'x'.repeat(64)])
      assert.equal((await charge(use(consent, { item_key: key, amount: 1 }))).status, 201, key);
  });

  it('says when it was, in a file that comes later, and is the same use only if that is the same', async () => {
    const consent = await freshConsent();
    const { deps, sale, clock } = world;
    const item = {
      consentId: parsePublicId('consent', consent) ?? '',
      amountMinor: 5n,
      taxCode: 'standard',
      description: '楽曲',
      itemKey: 'file-1',
      occurredAt: new Date(clock.now().getTime() - 3_600_000),
    } as const;
    const later = { ...item, occurredAt: clock.now() };
    const items = [item, item, later];
    for (const expected of [
      ['captured', 'replayed', 'item-key-reused'],
      ['replayed', 'replayed', 'item-key-reused'],
    ]) {
      const outcomes = await recordUsageCharges(deps, keyOf(sale.company.id), { items });
      assert.deepEqual(
        outcomes.map((one) =>
          one.kind === 'refused' ? one.problem.code : one.replayed ? 'replayed' : one.kind,
        ),
        expected,
      );
    }
  });

  it('has a key that the database keeps for ever, with one charge', async () => {
    const consent = await freshConsent();
    await charge(use(consent, { item_key: 'k' }));
    await charge(use(consent));
    const consentId = parsePublicId('consent', consent);
    const second = `INSERT INTO usage_item_key SELECT MAX(id), '${consentId}', 'k' FROM charge WHERE consent_id = '${consentId}'`;
    await assert.rejects(run(second), /usage_item_key_taken/);
    await assert.rejects(run(`UPDATE usage_item_key SET item_key = 'l'`), /usage_item_key_is_final/);
    await assert.rejects(run('DELETE FROM usage_item_key'), /usage_item_key_stays/);
  });
});
