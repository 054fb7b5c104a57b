import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import { sqlOf } from '../../src/database/sql.ts';
import { makeLine } from '../support/factories.ts';
import { createWorld } from '../support/world.ts';

const path = join(import.meta.dirname, '../../migrations/0007-line-master.sql');

test('tenures with an end in the year 9999 are open after the migration, others are unchanged', async () => {
  const world = await createWorld();
  try {
    const ends = ['9999-12-31', '2999-12-31', '2026-12-31', null];
    for (const validTo of ends) await makeLine(world.deps, { holder: { validTo } });
    const database = sqlOf(world.deps.orm.em.fork());
    await sql.raw(await readFile(path, 'utf8')).execute(database);
    const stored = await database.selectFrom('line_holder').select('validTo').orderBy('lineId').execute();
    assert.deepEqual(
      stored.map(({ validTo }) => validTo),
      [null, null, '2026-12-31', null],
    );
  } finally {
    await world.close();
  }
});
