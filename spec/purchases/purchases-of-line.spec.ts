import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { cancelCharge } from '../../src/charges/cancel-charge.ts';
import { getPurchase } from '../../src/purchases/purchase-details.queries.ts';
import { listPurchases } from '../../src/purchases/purchase.queries.ts';
import { listSellers } from '../../src/purchases/sellers.queries.ts';
import type { PurchaseFilter } from '../../src/purchases/find-purchases.queries.ts';
import { keyOf } from '../support/actors.ts';
import { createWorld, type World } from '../support/world.ts';
import { asHolder, asMember, makeHousehold, runNight, type Household } from './household.ts';

const DAY_MS = 24 * 60 * 60_000;

describe('the purchases of a line', () => {
  let world: World;
  let home: Household;
  const ids = new Map<string, string>();
  before(async () => {
    world = await createWorld();
    home = await makeHousehold(world.deps);
    const [holder, ...others] = home.people;
    ids.set('song', await home.use(holder!, 100n, { description: 'サクラの歌 100%' }));
    ids.set('bread', await home.use(holder!, 250n, { description: 'パン', taxCode: 'reduced' }));
    for (const [n, person] of others.entries()) ids.set(`of ${n}`, await home.use(person, BigInt(300 + n)));
    world.clock.advance(2 * DAY_MS);
    ids.set('camera', await home.reserve(home.taro, 900n));
    ids.set('cancelled', await home.reserve(home.taro, 800n));
    await cancelCharge(world.deps, keyOf(home.company.id), { chargeId: ids.get('cancelled')! });
    ids.set('run out', await home.reserve(holder!, 700n));
    await runNight(world.deps, '2026-05-11');
  });
  after(() => world.close());

  const names = async (actor: Parameters<typeof listPurchases>[1], filter: PurchaseFilter = {}) => {
    const { purchases } = await listPurchases(world.deps, actor, { limit: 50, ...filter });
    const known = new Map([...ids].map(([name, id]) => [id, name]));
    return purchases.map(({ id }) => known.get(id));
  };

  it('are shown to the holder with who bought them, newest first', async () => {
    const { purchases, isHolder } = await listPurchases(world.deps, asHolder(home.holder), { limit: 50 });
    assert.ok(isHolder);
    assert.deepEqual(await names(asHolder(home.holder)), [...ids.keys()].toReversed());
    assert.deepEqual(
      purchases.filter(({ kind }) => kind === 'usage').map(({ person }) => person?.displayName.slice(0, 2)),
      ['三郎', '二郎', '一郎', '太郎', '花子', '花子'],
    );
  });

  it('are only their own to another person', async () => {
    assert.deepEqual(await names(asMember(home.taro)), ['cancelled', 'camera', 'of 0']);
    for (const name of ['song', 'run out', 'of 1'])
      await assert.rejects(getPurchase(world.deps, asMember(home.taro), ids.get(name)!), {
        code: 'charge-not-found',
      });
  });

  it('are not found by the holder of another line', async () => {
    const other = await makeHousehold(world.deps);
    assert.deepEqual(await names(asHolder(other.holder)), []);
    await assert.rejects(getPurchase(world.deps, asHolder(other.holder), ids.get('song')!), {
      code: 'charge-not-found',
    });
  });

  it('say what became of each', async () => {
    const statuses = async () => {
      const { purchases } = await listPurchases(world.deps, asHolder(home.holder), { limit: 50 });
      return new Map(purchases.map(({ id, status }) => [id, status]));
    };
    const before = await statuses();
    assert.equal(before.get(ids.get('camera')!), 'reserved');
    assert.equal(before.get(ids.get('cancelled')!), 'cancelled');
    assert.equal(before.get(ids.get('song')!), 'on-invoice');
    const now = world.clock.now();
    world.clock.advance(8 * DAY_MS);
    assert.equal((await statuses()).get(ids.get('run out')!), 'expired');
    world.clock.set(now);
  });

  const searches: readonly (readonly [string, PurchaseFilter, readonly string[]])[] = [
    ['a part of the description, whatever its width', { text: 'さくら' }, ['song']],
    ['a percent sign as a percent sign', { text: '100%' }, ['song']],
    ['an underscore as an underscore', { text: '_' }, []],
    ['an amount', { minMinor: 700n, maxMinor: 900n }, ['run out', 'cancelled', 'camera']],
    ['a day', { from: '2026-05-12', to: '2026-05-12' }, ['run out', 'cancelled', 'camera']],
    ['the days before', { to: '2026-05-11', maxMinor: 299n }, ['bread', 'song']],
    ['a company that sold nothing', { company: 'nobody' }, []],
  ];
  for (const [what, filter, found] of searches)
    it(`are found by ${what}`, async () => {
      assert.deepEqual(await names(asHolder(home.holder), filter), found);
    });

  it('are found by the name of the company and the service, in both languages', async () => {
    for (const text of [home.company.name, home.company.nameEn.toUpperCase(), home.service.nameEn])
      assert.equal((await names(asHolder(home.holder), { text })).length, ids.size, text);
  });

  it('are found by company and person together', async () => {
    const filter = { company: home.company.code, personId: home.taro.buyer.subscriberId };
    assert.deepEqual(await names(asHolder(home.holder), filter), ['cancelled', 'camera', 'of 0']);
    const others = { personId: home.holder.buyer.subscriberId };
    assert.deepEqual(await names(asMember(home.taro), others), [], 'a person finds nobody else');
  });

  it('come in pages that hold each once', async () => {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await listPurchases(world.deps, asHolder(home.holder), { limit: 4, after });
      seen.push(...page.purchases.map(({ id }) => id));
      after = page.next;
    } while (after !== undefined);
    assert.deepEqual(seen, [...ids.values()].toReversed());
  });

  it('name the companies to choose from', async () => {
    const sellers = await listSellers(world.deps, asHolder(home.holder));
    assert.deepEqual(
      sellers.map(({ code }) => code),
      [home.company.code],
    );
    const other = await makeHousehold(world.deps);
    assert.deepEqual(await listSellers(world.deps, asHolder(other.holder)), []);
  });
});
