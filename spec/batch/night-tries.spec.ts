import assert from 'node:assert/strict';
import { it } from 'node:test';
import { NightTries } from '../../batch/night-tries.ts';

it('lets a night that failed be tried again after each pause, and then not before the next one is due', () => {
  const tries = new NightTries([100, 200]);
  assert.equal(tries.waitMs('2026-05-09', 0), 0);
  tries.note('2026-05-09', false, 1_000);
  assert.deepEqual(
    [1_000, 1_099, 1_100].map((nowMs) => tries.waitMs('2026-05-09', nowMs)),
    [100, 1, 0],
  );
  tries.note('2026-05-09', false, 1_100);
  assert.equal(tries.waitMs('2026-05-09', 1_100), 200);
  tries.note('2026-05-09', false, 1_300);
  assert.equal(tries.waitMs('2026-05-09', 9_999_999), Infinity);
  assert.equal(tries.waitMs('2026-05-10', 1_300), 0, 'the next night');
  tries.note('2026-05-10', false, 5_000);
  assert.equal(tries.waitMs('2026-05-10', 5_000), 100, 'from the first pause again');
});

it('waits for nothing once a night is done', () => {
  const tries = new NightTries([100]);
  tries.note('2026-05-09', false, 0);
  tries.note('2026-05-09', true, 50);
  assert.equal(tries.waitMs('2026-05-09', 50), 0);
});
