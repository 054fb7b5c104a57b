import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CompiledQuery } from 'kysely';
import { migrate } from '../../config/database/migrate.ts';
import { openOrm } from '../../config/database/orm.ts';
import type { Orm } from '../../src/database/orm.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

/** The schema before free months were stored. */
async function migrateBefore(databaseUrl: string): Promise<void> {
  const orm = await openOrm({ databaseUrl, poolSize: 2 });
  try {
    await orm.migrator.up({ to: '0004-books' });
  } finally {
    await orm.close();
  }
}

const maybe = (text: string | undefined) => (text === undefined ? 'NULL' : `'${text}'`);

const idOf = (name: string) => name.padEnd(26, '0');

interface Joined {
  readonly name: string;
  readonly subscriber: 1 | 2;
  readonly item: string;
  readonly joinedOn: string;
  readonly leftOn?: string;
  readonly through?: string;
  readonly state: string;
}

describe('a database with older subscriptions', () => {
  let database: TestDatabase;
  let orm: Orm;
  const run = async (text: string) =>
    (await sqlOf(orm.em.fork()).executeQuery(CompiledQuery.raw(text))).rows as Record<string, unknown>[];

  const join = async ({ name, subscriber, item, joinedOn, leftOn, through, state }: Joined) => {
    await run(`INSERT INTO subscription (id, company_id, service_id, item_code, description, amount_minor, tax_code, charge_day,
        first_month_free, last_month_free, subscriber_id, line_id, holder_from, state, created_at, joined_at, joined_on,
        left_at, left_on, renewed_through)
      VALUES ('${idOf(name)}', 1, 1, '${item}', 'x', 100, 'standard', 10, 1, 1, ${subscriber}, 'CAF0000000001', '2026-01-01',
        '${state}', '${joinedOn}', '${joinedOn}', '${joinedOn}', ${maybe(leftOn)}, ${maybe(leftOn)}, ${maybe(through)})`);
  };
  const month = (
    name: string,
    subscriber: number,
    item: string,
    [when, outcome]: readonly [string, string],
  ) =>
    run(`INSERT INTO subscription_month VALUES (${subscriber}, 1, '${item}', '${when}', '${idOf(name)}', '${outcome}',
      ${outcome === 'charged' ? `'${idOf(`C${name}${when.slice(5)}`)}'` : 'NULL'})`);

  before(async () => {
    database = await createTestDatabase(migrateBefore, 'before-free-months');
    orm = await openOrm({ databaseUrl: database.url, poolSize: 2 });
    await run(
      `INSERT INTO company (id, code, name, name_en, address, state, created_at) VALUES (1, 'c', 'c', 'c', 'c', 'active', '2026-01-01')`,
    );
    await run(`INSERT INTO service (id, company_id, code, name, name_en, site_origin, state, created_at)
      VALUES (1, 1, 's', 's', 's', 'https://s.example', 'active', '2026-01-01')`);
    await run(
      `INSERT INTO line (line_id, closing_group, status, updated_at) VALUES ('CAF0000000001', 31, 'active', '2026-01-01')`,
    );
    await run(
      `INSERT INTO line_holder (line_id, valid_from, holder, updated_at) VALUES ('CAF0000000001', '2026-01-01', 'h', '2026-01-01')`,
    );
    for (const id of [1, 2])
      await run(`INSERT INTO subscriber (id, issued_id, line_id, holder_from, slot, display_name, state, created_at)
        VALUES (${id}, 'F0000000${id}', 'CAF0000000001', '2026-01-01', ${id}, 'x', 'active', '2026-01-01')`);
    // Joins and cancels repeatedly, with a free month each time.
    await join({
      name: 'A',
      subscriber: 1,
      item: 'x',
      joinedOn: '2026-01-05',
      leftOn: '2026-02-02',
      through: '2026-02',
      state: 'ended',
    });
    await join({
      name: 'B',
      subscriber: 1,
      item: 'x',
      joinedOn: '2026-03-03',
      leftOn: '2026-04-02',
      through: '2026-04',
      state: 'ended',
    });
    for (const one of [
      ['2026-01', 'free'],
      ['2026-02', 'free'],
    ] as const)
      await month('A', 1, 'x', one);
    for (const one of [
      ['2026-03', 'free'],
      ['2026-04', 'free'],
    ] as const)
      await month('B', 1, 'x', one);
    // Was promised a free month that is not billed yet, although the line has had one.
    await join({ name: 'C', subscriber: 2, item: 'x', joinedOn: '2026-05-03', state: 'active' });
    // Cancelled in time, for the first time, and not billed yet.
    await join({
      name: 'D',
      subscriber: 1,
      item: 'y',
      joinedOn: '2026-04-05',
      leftOn: '2026-05-02',
      through: '2026-04',
      state: 'leaving',
    });
    await month('D', 1, 'y', ['2026-04', 'charged']);
    // Cancelled too late, and in the month of joining.
    await join({
      name: 'E',
      subscriber: 1,
      item: 'z',
      joinedOn: '2026-04-05',
      leftOn: '2026-05-12',
      through: '2026-05',
      state: 'ended',
    });
    await month('E', 1, 'z', ['2026-05', 'charged']);
    await join({
      name: 'F',
      subscriber: 1,
      item: 'w',
      joinedOn: '2026-05-01',
      leftOn: '2026-05-02',
      state: 'leaving',
    });
    await run(`INSERT INTO subscription (id, company_id, service_id, item_code, description, amount_minor, tax_code, charge_day,
        first_month_free, last_month_free, state, created_at)
      VALUES ('${idOf('P')}', 1, 1, 'x', 'x', 100, 'standard', 10, 1, 1, 'pending', '2026-05-03')`);
    await run(`INSERT INTO consent (id, company_id, service_id, description, state, created_at)
      VALUES ('${idOf('Q')}', 1, 1, 'x', 'pending', '2026-05-03')`);
    for (const [name, kind] of [
      ['P', 'subscription'],
      ['Q', 'consent'],
    ] as const)
      await run(`INSERT INTO checkout (subject_id, kind, company_id, return_url, state, expires_at)
        VALUES ('${idOf(name)}', '${kind}', 1, 'https://s.example/', 'open', '2026-05-03 00:30:00')`);
    await migrate(database.ownerUrl, database.url);
  });
  after(async () => {
    await orm.close();
    await database.drop();
  });

  it('stores the first joining and the first free last month of each tenure and item', async () => {
    const rows = await run(
      'SELECT item_code, kind, subscription_id, month FROM free_month ORDER BY item_code, kind',
    );
    assert.deepEqual(
      rows.map(
        (row) =>
          `${String(row['item_code'])} ${String(row['kind'])} ${String(row['subscription_id'])[0]} ${String(row['month'])}`,
      ),
      [
        'w first F 2026-05',
        'x first A 2026-01',
        'x last A 2026-02',
        'y first D 2026-04',
        'y last D 2026-05',
        'z first E 2026-04',
      ],
    );
  });

  it('keeps the promise of a future free first month', async () => {
    const [row] = await run(`SELECT renewed_through FROM subscription WHERE id = '${idOf('C')}'`);
    assert.equal(row?.['renewed_through'], '2026-05');
    const months = await run(
      `SELECT month, outcome FROM subscription_month WHERE subscription_id = '${idOf('C')}'`,
    );
    assert.deepEqual(
      months.map((one) => ({ ...one })),
      [{ month: '2026-05', outcome: 'free' }],
    );
    const [own] = await run(`SELECT renewed_through FROM subscription WHERE id = '${idOf('F')}'`);
    assert.equal(own?.['renewed_through'], null);
  });

  it('stores until when pending ones can be confirmed', async () => {
    for (const [table, name] of [
      ['subscription', 'P'],
      ['consent', 'Q'],
    ] as const) {
      const [row] = await run(
        `SELECT CAST(open_until AS CHAR) AS open_until FROM ${table} WHERE id = '${idOf(name)}'`,
      );
      assert.equal(row?.['open_until'], '2026-05-03 00:30:00.000');
    }
  });
});
