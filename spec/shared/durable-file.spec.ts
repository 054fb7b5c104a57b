import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { writeDurably } from '../../src/shared/durable-file.ts';

describe('a file that is written durably', () => {
  let folder: string;
  let path: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tabane-durable-'));
    path = join(folder, 'file.csv');
  });
  after(() => rm(folder, { recursive: true }));

  it('is renamed after its checksum was accepted', async () => {
    const accepted: string[] = [];
    const checksum = await writeDurably(path, pieces('a', '束'), (each) => void accepted.push(each));
    assert.equal(checksum, createHash('sha256').update('a束').digest('hex'));
    assert.deepEqual(accepted, [checksum]);
    assert.equal(await readFile(path, 'utf8'), 'a束');
  });

  it('keeps the old file, and leaves no other, when its checksum is refused', async () => {
    await assert.rejects(writeDurably(path, pieces('b'), refuse), { message: 'not accepted' });
    assert.equal(await readFile(path, 'utf8'), 'a束');
    assert.deepEqual(await readdir(folder), ['file.csv']);
  });
});

function refuse(): never {
  throw new Error('not accepted');
}

async function* pieces(...texts: string[]): AsyncGenerator<string> {
  yield* texts;
}
