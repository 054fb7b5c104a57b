import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fuzzCsv } from './fuzz-csv.ts';

describe('400 malformed line master files', () => {
  it('are refused as a whole or imported row by row, without a leak', async () => {
    const { refusedFiles, added, refusedRows, growthBytes, brokenInvariants } = await fuzzCsv({
      seed: 1,
      count: 400,
    });
    assert.ok(refusedFiles > 20 && added > 400 && refusedRows > 20, 'the files were spoilt in all ways');
    assert.deepEqual(brokenInvariants, []);
    assert.ok(growthBytes < 4 * 2 ** 20, `grew by ${growthBytes} bytes`);
  });
});
