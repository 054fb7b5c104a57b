import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chunksOf } from '../../src/settlements/settle-chunks.rules.ts';

const chunks = (rows: readonly number[], limit?: number) => [
  ...chunksOf([...rows.keys()], (companyId) => rows[companyId]!, limit),
];

describe('the companies of one transaction', () => {
  it('are so many at most', () => {
    assert.deepEqual(chunks([1, 1, 1, 1, 1], 2), [[0, 1], [2, 3], [4]]);
    assert.deepEqual(
      chunks(Array.from({ length: 120 }, () => 0)).map((chunk) => chunk.length),
      [50, 50, 20],
    );
    assert.deepEqual(chunks([]), []);
  });

  it('have no more rows than fit, and a large company is alone', () => {
    assert.deepEqual(chunks([10, 90_000, 10, 10]), [[0], [1], [2, 3]]);
    assert.deepEqual(chunks([2_000, 2_000, 1]), [[0, 1], [2]]);
  });
});
