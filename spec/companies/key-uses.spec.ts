import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { openOrm } from '../../config/database/orm.ts';
import { authenticateApiKey } from '../../src/companies/authenticate-api-key.ts';
import { listApiKeys } from '../../src/companies/company.queries.ts';
import { keepKeyUses, noteKeyUse, storeKeyUses } from '../../src/companies/key-uses.ts';
import { revokeApiKey } from '../../src/companies/revoke-api-key.ts';
import { staff } from '../support/actors.ts';
import { makeApiKey, makeSale } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';

const HOUR_MS = 3_600_000;

describe('the last use of an API key', () => {
  let world: World;
  let code: string;
  let companyId: number;
  let key: { id: string; token: string };
  before(async () => void (world = await createWorld()));
  after(() => world.close());
  beforeEach(async () => {
    const { company } = await makeSale(world.deps);
    ({ code, id: companyId } = company);
    key = await makeApiKey(world.deps, { companyId });
  });
  const lastUse = async () => (await listApiKeys(world.deps, staff(), code))[0]?.lastUsedAt;
  const use = () => authenticateApiKey(world.deps, key.token);

  it('is unknown before the first, and not written by the request itself', async () => {
    assert.equal(await lastUse(), null);
    await use();
    assert.equal(await lastUse(), null);
    const usedAt = world.clock.now();
    world.clock.advance(4_000);
    assert.equal(await storeKeyUses(world.deps), 1);
    assert.deepEqual(await lastUse(), usedAt);
  });

  it('is written once an hour however often the key is used, and is exact once an hour has passed', async () => {
    await use();
    const first = world.clock.now();
    assert.equal(await storeKeyUses(world.deps), 1);
    for (let minute = 0; minute < 59; minute += 1) {
      world.clock.advance(60_000);
      await use();
      assert.equal(await storeKeyUses(world.deps), 0);
    }
    const last = world.clock.now();
    assert.deepEqual(await lastUse(), first);
    world.clock.advance(60_000);
    assert.equal(await storeKeyUses(world.deps), 1);
    assert.deepEqual(await lastUse(), last);
    world.clock.advance(HOUR_MS);
    assert.equal(await storeKeyUses(world.deps), 0, 'an unused key is not written again');
    await use();
    assert.equal(await storeKeyUses(world.deps), 1);
  });

  it('is no use of another: a refused key leaves no trace, a revoked one keeps its last', async () => {
    await use();
    const usedAt = world.clock.now();
    await storeKeyUses(world.deps);
    await revokeApiKey(world.deps, staff(), { id: key.id });
    world.clock.advance(2 * HOUR_MS);
    for (const token of [key.token, `${key.token}x`, `tbn_${world.deps.ids.next()}_x`])
      await assert.rejects(authenticateApiKey(world.deps, token), { code: 'api-key-invalid' });
    assert.equal(await storeKeyUses(world.deps), 0);
    assert.deepEqual(await lastUse(), usedAt);
  });

  it('is the newest of several processes, whichever writes last, and of both that write at once', async () => {
    const orm = await openOrm({ databaseUrl: world.database.url, poolSize: 2 });
    const other = { ...world.deps, orm };
    noteKeyUse(other, key.id);
    world.clock.advance(30_000);
    await use();
    const newest = world.clock.now();
    await storeKeyUses(world.deps);
    await storeKeyUses(other);
    assert.deepEqual(await lastUse(), newest);
    world.clock.advance(HOUR_MS);
    await use();
    noteKeyUse(other, key.id);
    assert.deepEqual(await Promise.all([storeKeyUses(world.deps), storeKeyUses(other)]), [1, 1]);
    assert.deepEqual(await lastUse(), world.clock.now());
    await orm.close();
  });

  it('is written at the end of the process, and tried again after a failure', async () => {
    await use();
    await storeKeyUses(world.deps);
    world.clock.advance(60_000);
    await use();
    await keepKeyUses(world.deps).stop();
    assert.deepEqual(await lastUse(), world.clock.now());
    const stranger = world.deps.ids.next();
    noteKeyUse(world.deps, stranger);
    await assert.rejects(storeKeyUses(world.deps), /api_key_use_key/);
    await makeApiKey(world.deps, { companyId, id: stranger });
    assert.equal(await storeKeyUses(world.deps), 1);
  });
});
