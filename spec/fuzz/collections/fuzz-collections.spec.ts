import assert from 'node:assert/strict';
import { it } from 'node:test';
import { fuzzCollections } from './fuzz-collections.ts';

it('60 sets of malformed files of results and answers leave what their rows say, in any order', async () => {
  const { files, refusedFiles, booked, known, refusedRows, growthBytes, brokenInvariants } =
    await fuzzCollections({ seed: 1, count: 60 });
  assert.ok(refusedFiles > 5 && refusedFiles < files / 2, `${refusedFiles} of ${files} files were refused`);
  assert.ok(booked > 100 && known > 10 && refusedRows > 20, 'the files were spoilt in all ways');
  assert.deepEqual(brokenInvariants, []);
  assert.ok(growthBytes < 4 * 2 ** 20, `grew by ${growthBytes} bytes`);
});
