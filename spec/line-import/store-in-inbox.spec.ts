import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Deps } from '../../src/deps.ts';
import { findFreeName, openLineFolders, type InboxFolders } from '../../src/line-import/line-folders.ts';
import { inboxNameOf, storeInInbox } from '../../src/line-import/store-in-inbox.ts';

const REMNANT = '.4b1f9c3e-7a52-4d0f-9a7e-0c2d8f6b1a35';

describe('a file that somebody sends', () => {
  let filesDir: string;
  let folders: InboxFolders;
  const deps = () => ({ config: { filesDir } }) as unknown as Deps;
  before(async () => void (filesDir = await mkdtemp(join(tmpdir(), 'inbox-'))));
  after(() => rm(filesDir, { recursive: true }));
  beforeEach(async () => {
    await rm(join(filesDir, 'lines'), { recursive: true, force: true });
    folders = await openLineFolders(deps());
  });
  const send = async (filename: string, content = 'x') => {
    await mkdir(join(filesDir, 'uploads'), { recursive: true });
    const path = join(filesDir, 'uploads', '9d1c1f3e-0000-4d0f-9a7e-0c2d8f6b1a35');
    await writeFile(path, content);
    return storeInInbox(folders, { path, filename });
  };

  it('keeps a name of Japanese letters as far as a file system takes it, cut between letters, twice too', async () => {
    const long = `${'回線マスター'.repeat(40)}.csv`;
    const first = await send(long, 'one');
    const second = await send(long, 'two');
    assert.ok(long.startsWith(first.replace(/\.csv$/, '')) && Buffer.byteLength(first) <= 200, first);
    assert.equal(second, first.replace(/\.csv$/, '-2.csv'));
    assert.deepEqual((await readdir(folders.inbox)).toSorted(), [first, second].toSorted());
    assert.equal(await readFile(join(folders.inbox, second), 'utf8'), 'two');
    const archived = await findFreeName(folders, '2026-05-01', second);
    assert.ok(Buffer.byteLength(archived) <= 255);
  });

  it('has a name of its own letters only: no folder, nothing hidden, always .csv', () => {
    const names = ['../../etc/passwd', 'C:\\carrier\\2026年5月.TXT', '.hidden.csv', '...', '𠮷野家.csv'];
    assert.deepEqual(names.map(inboxNameOf), [
      'passwd.csv',
      '2026年5月.csv',
      'hidden.csv',
      'upload.csv',
      '𠮷野家.csv',
    ]);
    assert.match(inboxNameOf('𠮷'.repeat(100)), /^𠮷{45}\.csv$/u);
  });

  it('leaves nothing when its process ends in the middle: the remnant is removed after an hour, other hidden files are not', async () => {
    const old = new Date(Date.now() - 2 * 60 * 60_000);
    for (const name of [REMNANT, '.copying.csv', `${REMNANT}0`]) {
      await writeFile(join(folders.inbox, name), 'half');
      await utimes(join(folders.inbox, name), old, old);
    }
    const young = REMNANT.replace('4b1f', '5c2a');
    await writeFile(join(folders.inbox, young), 'half');
    await openLineFolders(deps());
    assert.deepEqual(
      (await readdir(folders.inbox)).toSorted(),
      [young, '.copying.csv', `${REMNANT}0`].toSorted(),
    );
  });
});
