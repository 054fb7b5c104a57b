import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { startEmbeddedDatabase } from '../../../batch/launch/embedded-database.ts';
import { shortSocketFolder } from '../../../batch/launch/server-process.ts';

const settings = { bufferPoolMib: 32, logFileMib: 16, durability: 'throwaway' } as const;

it(
  'keeps the data of a server whose folder is called like those for sockets',
  { timeout: 60_000 },
  async () => {
    const dataDir = mkdtempSync(shortSocketFolder());
    try {
      const database = await startEmbeddedDatabase({ dataDir, settings });
      await database.stop();
      assert.ok(existsSync(join(dataDir, 'mariadb', 'ibdata1')), 'the data are there');
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
);
