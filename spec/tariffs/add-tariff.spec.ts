import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addTariff } from '../../src/tariffs/add-tariff.ts';
import { getTariffOn } from '../../src/tariffs/tariff.queries.ts';
import { createWorld, type World } from '../support/world.ts';
import { staff } from '../support/actors.ts';
import { actor } from '../companies/new-companies.ts';

let world: World;
before(async () => {
  world = await createWorld();
});
after(() => world.close());

test('a tariff is added, never changed, and its next version begins in the future', async () => {
  const definition = {
    monthlyBaseMinor: 0,
    percentBps: 500,
    perLineMinimumMinor: 0,
    bands: [],
  };
  const flat = { code: 'flat', name: '定率', nameEn: 'Flat', definition, actor };
  await addTariff(world.deps, staff(), { ...flat, validFrom: '2020-01-01' });
  await assert.rejects(addTariff(world.deps, staff(), { ...flat, validFrom: '2020-01-01' }), {
    code: 'already-exists',
  });
  await assert.rejects(addTariff(world.deps, staff(), { ...flat, validFrom: '2026-05-10' }), {
    code: 'illegal-state',
  });
  const added = await Promise.allSettled(
    [1, 2, 3].map(() => addTariff(world.deps, staff(), { ...flat, code: 'race', validFrom: '2020-01-01' })),
  );
  const refusals = added.flatMap((one) =>
    one.status === 'rejected' ? [one.reason as { code: string }] : [],
  );
  assert.deepEqual(
    refusals.map((problem) => problem.code),
    ['already-exists', 'already-exists'],
  );
  const dearer = { ...flat, definition: { ...definition, percentBps: 600 } };
  await addTariff(world.deps, staff(), { ...dearer, validFrom: '2026-06-01' });
  assert.equal(
    (await getTariffOn(world.deps, actor, { code: 'flat', date: '2026-05-31' })).definition.percentBps,
    500,
  );
  assert.equal(
    (await getTariffOn(world.deps, actor, { code: 'flat', date: '2026-06-01' })).definition.percentBps,
    600,
  );
  await assert.rejects(getTariffOn(world.deps, actor, { code: 'flat', date: '2019-12-31' }), {
    code: 'tariff-not-found',
  });
});

test('a tariff definition is checked against its schema and its own sense', async () => {
  const definition = {
    monthlyBaseMinor: 0,
    percentBps: 500,
    perLineMinimumMinor: 0,
    bands: [],
  };
  const band = { aboveAverageMinor: 900, kind: 'percent', rate: 300 } as const;
  for (const wrong of [
    { ...definition, percentBps: 10_001 },
    { ...definition, percentBps: 5.5 },
    { ...definition, surprise: 1 },
    { ...definition, bands: [band, band] },
    { ...definition, percentBps: 0, bands: [band] },
  ]) {
    const tariff = {
      code: 'odd',
      validFrom: '2026-06-01',
      name: '変',
      nameEn: 'Odd',
      definition: wrong,
      actor,
    };
    await assert.rejects(addTariff(world.deps, actor, tariff), { code: 'invalid-request' });
  }
});
