import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { assertFilesDir } from '../../config/assert-files-dir.ts';
import { ConfigError } from '../../config/config.ts';

describe('the folder of the files', () => {
  let folder = '';
  before(async () => void (folder = await mkdtemp(join(tmpdir(), 'tabane-files-'))));
  after(() => rm(folder, { recursive: true }));

  it('is created with its parents, and concurrent checks leave nothing in it', async () => {
    const filesDir = join(folder, 'mount', 'files');
    await Promise.all(Array.from({ length: 8 }, () => assertFilesDir(filesDir)));
    assert.deepEqual(await readdir(filesDir), []);
  });

  it('is refused with the name of its setting and the reason, if it cannot be created or written to', async () => {
    const file = join(folder, 'letter.txt');
    await writeFile(file, 'dear reader');
    // Even root cannot create a file in /proc.
    for (const [filesDir, reason] of [
      [file, /EEXIST/],
      [join(file, 'files'), /ENOTDIR/],
      ['/proc', /ENOENT|EACCES|EPERM/],
    ] as const) {
      await assert.rejects(assertFilesDir(filesDir), (error) => {
        assert.ok(error instanceof ConfigError);
        assert.match(error.settings[0]!, /^FILES_DIR cannot be written to, which nights do: /);
        assert.match(error.settings[0]!, reason);
        return true;
      });
    }
  });
});
