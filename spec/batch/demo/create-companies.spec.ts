import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createCompanies } from '../../../batch/demo/acts/create-companies.ts';
import type { DemoWorld } from '../../../batch/demo/acts/demo-world.ts';
import { planCompanies } from '../../../batch/demo/plan/plan-companies.ts';
import { createRandom } from '../../../batch/demo/random.ts';
import { listPublicServices } from '../../../src/companies/listed-services.queries.ts';
import { isComplete } from '../../../src/companies/seller-terms.rules.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { createWorld, type World } from '../../support/world.ts';

let world: World;
before(async () => (world = await createWorld()));
after(() => world.close());

test('every service of the demo can sell, and the list of companies shows one that is planned', async () => {
  const { deps } = world;
  const site = { deps, origin: 'http://127.0.0.1:1' };
  const demo = { site, companies: new Map() } as unknown as DemoWorld;
  await createCompanies(demo, planCompanies(16, createRandom(1, 'companies')));
  const services = await sqlOf(deps.orm.em.fork()).selectFrom('service').selectAll().execute();
  assert.deepEqual(
    services.filter((service) => !isComplete(service)),
    [],
  );
  const { count, services: listed } = await listPublicServices(deps, {});
  assert.equal(count, services.length);
  assert.deepEqual(
    listed.filter(({ listedFrom }) => listedFrom === null).map(({ service }) => service),
    ['朗読便'],
  );
});
