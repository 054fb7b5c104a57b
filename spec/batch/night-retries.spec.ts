import assert from 'node:assert/strict';
import { it } from 'node:test';
import { NightRetries } from '../../batch/night-retries.ts';

it('lets a night that failed be tried again after each pause, and then not before the next one is due', () => {
  const retries = new NightRetries([100, 200]);
  assert.equal(retries.waitMs('2026-05-09', 0), 0);
  retries.note('2026-05-09', false, 1_000);
  assert.deepEqual(
    [1_000, 1_099, 1_100].map((nowMs) => retries.waitMs('2026-05-09', nowMs)),
    [100, 1, 0],
  );
  retries.note('2026-05-09', false, 1_100);
  assert.equal(retries.waitMs('2026-05-09', 1_100), 200);
  retries.note('2026-05-09', false, 1_300);
  assert.equal(retries.waitMs('2026-05-09', 9_999_999), Infinity);
  assert.equal(retries.waitMs('2026-05-10', 1_300), 0, 'the next night');
  retries.note('2026-05-10', false, 5_000);
  assert.equal(retries.waitMs('2026-05-10', 5_000), 100, 'from the first pause again');
});

it('waits for nothing once a night is done', () => {
  const retries = new NightRetries([100]);
  retries.note('2026-05-09', false, 0);
  retries.note('2026-05-09', true, 50);
  assert.equal(retries.waitMs('2026-05-09', 50), 0);
});
