import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { sqlOf } from '../../src/database/sql.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
before(async () => (world = await createWorld()));
after(() => world.close());

interface Column {
  readonly column: string;
  readonly type: string;
  readonly nullable: boolean;
}

async function readColumns(): Promise<Map<string, Column[]>> {
  const { rows } = await sql<{ t: string; c: string; type: string; nullable: string }>`
    select table_name as t, column_name as c, column_type as type, is_nullable as nullable
    from information_schema.columns where table_schema = database() and table_name <> 'migration'
    order by table_name, column_name`.execute(sqlOf(world.deps.orm.em.fork()));
  const tables = new Map<string, Column[]>();
  for (const { t, c, type, nullable } of rows) {
    tables.set(t, [...(tables.get(t) ?? []), { column: c, type: plain(type), nullable: nullable === 'YES' }]);
  }
  return tables;
}

/** Maps a type of MariaDB to the ORM's. */
function plain(type: string): string {
  const text = type.toLowerCase().replaceAll(/\b(int|tinyint|smallint|bigint)\(\d+\)/g, '$1');
  return text === 'json' ? 'longtext' : text.replace('boolean', 'tinyint').replace(/^tinyint$/, 'tinyint');
}

test('every entity describes its table column by column, and every table has an entity', async () => {
  const described = new Map<string, Column[]>();
  for (const meta of world.deps.orm.getMetadata().getAll().values()) {
    const columns = meta.props.map((prop) => ({
      column: prop.fieldNames[0] ?? '',
      type:
        plain(prop.columnTypes[0] ?? '') +
        (prop.unsigned && !prop.columnTypes[0]?.includes('unsigned') ? ' unsigned' : ''),
      nullable: prop.nullable === true,
    }));
    described.set(
      meta.tableName,
      columns.sort((a, b) => (a.column < b.column ? -1 : 1)),
    );
  }
  const tables = await readColumns();
  assert.deepEqual([...described.keys()].sort(), [...tables.keys()].sort());
  for (const [table, columns] of tables) {
    const found = columns.toSorted((a, b) => (a.column < b.column ? -1 : 1));
    assert.deepEqual(described.get(table), found, table);
  }
});

test('migrations alone create the schema, and migrating again changes nothing', async () => {
  assert.deepEqual(await world.deps.orm.migrator.getPending(), []);
  const { migrate } = await import('../../config/database/migrate.ts');
  const before = await readColumns();
  await migrate(world.database.url);
  assert.deepEqual(await readColumns(), before);
});
