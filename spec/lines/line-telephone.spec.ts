import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeLine } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
before(async () => (world = await createWorld()));
after(() => world.close());

test('the database gives a telephone number to one line at a time', async () => {
  const telephone = '+81312345678';
  await makeLine(world.deps, { holder: { telephone, validTo: '2026-03-01' } });
  await makeLine(world.deps, { holder: { telephone, validFrom: '2026-03-01' } });
  await assert.rejects(makeLine(world.deps, { holder: { telephone } }), /line_holder_telephone_once/);
  await assert.rejects(
    makeLine(world.deps, { holder: { telephone: '0312345678' } }),
    /line_holder_telephone_number/,
  );
});
