import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { chooseMonths } from '../../src/invariants/months-of-night.ts';
import { ensureBillingPeriods } from '../../src/billing-periods/ensure-billing-period.ts';
import type { World } from '../support/world.ts';
import { createSettledWorld } from './settled-world.ts';
import { tamper } from './tamper.ts';
import { staff } from '../support/actors.ts';

let filesDir: string;
let world: World;

before(async () => {
  filesDir = await mkdtemp(join(tmpdir(), 'months-of-night-'));
  world = await createSettledWorld(filesDir);
});
after(async () => {
  await world.close();
  await rm(filesDir, { recursive: true });
});

test('a night reads its month and the two before, even if there is no older one', async () => {
  assert.deepEqual(await chooseMonths(world.deps, '2026-03-25'), { since: '2026-01', also: undefined });
  assert.deepEqual(await chooseMonths(world.deps, '2026-04-01'), { since: '2026-02', also: '2026-01' });
});

test('older months are read in turn, one per night', async () => {
  const nights = ['2026-08-30', '2026-08-31', '2026-09-01', '2026-09-02'];
  const months = await Promise.all(nights.map((night) => chooseMonths(world.deps, night)));
  assert.deepEqual(
    months.map(({ since }) => since),
    ['2026-06', '2026-06', '2026-07', '2026-07'],
  );
  assert.deepEqual(new Set(months.slice(0, 2).map(({ also }) => also)), new Set(['2026-01', '2026-02']));
  assert.deepEqual(new Set(months.slice(1, 3).map(({ also }) => also)), new Set(['2026-01', '2026-02']));
});

test('a change of an old month is found in the night of its turn, and whenever all months are read', async () => {
  await tamper(
    world.deps,
    'line_period',
    "UPDATE line_period SET spent_minor = 0 WHERE period = '2026-01' LIMIT 1",
  );
  const brokenIn = async (months: { since: string; also: string } | undefined) =>
    (await checkInvariants(world.deps, staff(), months && { months }))
      .filter(({ holds }) => !holds)
      .map(({ number }) => number);
  assert.deepEqual(await brokenIn({ since: '2026-05', also: '2026-01' }), [5]);
  assert.deepEqual(await brokenIn({ since: '2026-05', also: '2026-02' }), []);
  assert.deepEqual(await brokenIn(undefined), [5]);
});

test('a period that has not closed is read at any age', async () => {
  await ensureBillingPeriods(world.deps, [{ period: '2026-03', closingGroup: 31 }]);
  assert.deepEqual((await chooseMonths(world.deps, '2026-12-31')).since, '2026-03');
});
