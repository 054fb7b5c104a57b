import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findValidityFaults } from '../../src/contracts/contract.rules.ts';

const faultsOf = (validFrom: string, validTo: string | null) =>
  findValidityFaults({ validFrom, validTo }).map(({ pointer }) => pointer);

test('a contract holds for whole months and not for none', () => {
  assert.deepEqual(faultsOf('2026-05-01', null), []);
  assert.deepEqual(faultsOf('2026-05-01', '2026-06-01'), []);
  assert.deepEqual(faultsOf('2026-05-02', null), ['/validFrom']);
  assert.deepEqual(faultsOf('2026-05-01', '2026-05-31'), ['/validTo']);
  assert.deepEqual(faultsOf('2026-05-01', '2026-05-01'), ['/validTo']);
});
