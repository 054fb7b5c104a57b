import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { recreateDatabase } from '../../../batch/demo/demo-database.ts';
import { DemoRefusal } from '../../../batch/demo/demo-refusal.ts';
import { findWorldMark, markBegin, markFinish } from '../../../batch/demo/world-mark.ts';
import { parseDemoOptions } from '../../../batch/demo/options.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { makeCompany, makeLine } from '../../support/factories.ts';
import { createWorld, type World } from '../../support/world.ts';

const countCompanies = async (world: World) =>
  (await sqlOf(world.deps.orm.em.fork()).selectFrom('company').select('id').execute()).length;

describe("the demo's database", () => {
  const options = parseDemoOptions(['--out', '/demo']);
  let world: World;
  before(async () => void (world = await createWorld()));
  after(() => world.close());

  const addresses = () => ({ databaseUrl: world.database.url, ownerUrl: world.database.ownerUrl });

  it('is not erased when it holds companies that no demo has made', async () => {
    await makeCompany(world.deps);
    await assert.rejects(recreateDatabase(addresses()), DemoRefusal);
    assert.equal(await countCompanies(world), 1);
    assert.equal(await findWorldMark(world.database.url), undefined);
  });

  it('is created again when a demo has begun in it, even one that was cut off', async () => {
    await markBegin(world.deps, options);
    await makeLine(world.deps);
    assert.equal(await findWorldMark(world.database.url), undefined);
    await recreateDatabase(addresses());
    assert.equal(await countCompanies(world), 0);
  });

  it('returns where its world ended', async () => {
    await markFinish(world.deps, options);
    const mark = await findWorldMark(world.database.url);
    assert.equal(mark?.out, '/demo');
    assert.equal(mark?.worldEndedAt, world.clock.now().toISOString());
  });
});
