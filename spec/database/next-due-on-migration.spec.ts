import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CompiledQuery } from 'kysely';
import { migrate } from '../../config/database/migrate.ts';
import { openOrm } from '../../config/database/orm.ts';
import type { Orm } from '../../src/database/orm.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { nextDueOn } from '../../src/subscriptions/next-due-on.rules.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

/** The schema before the due date was stored. */
async function migrateBefore(databaseUrl: string): Promise<void> {
  const orm = await openOrm({ databaseUrl, poolSize: 2 });
  try {
    await orm.migrator.up({ to: '0014-approvals' });
  } finally {
    await orm.close();
  }
}

const quote = (text: string | null) => (text === null ? 'NULL' : `'${text}'`);

const joinings = ['2026-01-31', '2026-02-10', '2026-02-28', '2028-02-29', '2026-12-15'];
const chargeDays = [1, 10, 15, 25, 31];
/** The last billed month, counted from the month of joining. */
const billed = [undefined, -1, 0, 1, 12];

describe('a database with older subscriptions', () => {
  let database: TestDatabase;
  let orm: Orm;
  const run = (text: string) => sqlOf(orm.em.fork()).executeQuery(CompiledQuery.raw(text));

  before(async () => {
    database = await createTestDatabase(migrateBefore, 'before-next-due-on');
    orm = await openOrm({ databaseUrl: database.url, poolSize: 2 });
    await run(`INSERT INTO company (id, code, name, name_en, address, state, created_at)
      VALUES (1, 'c', 'c', 'c', 'c', 'active', '2026-01-01')`);
    await run(`INSERT INTO service (id, company_id, code, name, name_en, site_origin, state, created_at)
      VALUES (1, 1, 's', 's', 's', 'https://s.example', 'active', '2026-01-01')`);
    await run(
      `INSERT INTO line (line_id, closing_group, status, updated_at) VALUES ('CAF0000000001', 31, 'active', '2026-01-01')`,
    );
    await run(`INSERT INTO line_holder (line_id, valid_from, holder, updated_at)
      VALUES ('CAF0000000001', '2026-01-01', 'h', '2026-01-01')`);
    await run(`INSERT INTO subscriber (id, issued_id, line_id, holder_from, slot, display_name, state, created_at)
      VALUES (1, 'F00000001', 'CAF0000000001', '2026-01-01', 1, 'x', 'active', '2026-01-01')`);
    const rows = [...listRows()].map(
      (row, index) =>
        `('${String(index).padStart(26, '0')}', 1, 1, 'i${index}', 'x', 100, 'standard', ${row.chargeDay}, 0, 0, 1, 'CAF0000000001',
          '2026-01-01', '${row.state}', '2026-01-01', ${quote(row.joinedOn)}, ${quote(row.joinedOn)}, ${quote(row.leftOn)},
          ${quote(row.leftOn)}, ${quote(row.renewedThrough)})`,
    );
    await run(`INSERT INTO subscription (id, company_id, service_id, item_code, description, amount_minor, tax_code, charge_day,
        first_month_free, last_month_free, subscriber_id, line_id, holder_from, state, created_at, joined_at, joined_on,
        left_at, left_on, renewed_through) VALUES ${rows.join(', ')}`);
    await migrate(database.ownerUrl, database.url);
  });
  after(async () => {
    await orm.close();
    await database.drop();
  });

  it('has the due date of the rule for each of them', async () => {
    const stored = await sqlOf(orm.em.fork()).selectFrom('subscription').selectAll().execute();
    assert.equal(stored.length, [...listRows()].length);
    assert.deepEqual(
      stored.map(({ id, nextDueOn: dueOn }) => [id, dueOn]),
      stored.map((row) => [row.id, nextDueOn({ ...row, joinedOn: row.joinedOn ?? '2026-01-01' })]),
    );
  });

  it('refuses an active one without a due date, and an ended one with one', async () => {
    await assert.rejects(
      run(`UPDATE subscription SET next_due_on = NULL WHERE state = 'active'`),
      /subscription_next_due/,
    );
    await assert.rejects(
      run(`UPDATE subscription SET next_due_on = '2026-05-01' WHERE state = 'ended'`),
      /subscription_next_due/,
    );
  });
});

function* listRows() {
  for (const joinedOn of joinings)
    for (const chargeDay of chargeDays)
      for (const months of billed) {
        const renewedThrough = months === undefined ? null : monthAfter(joinedOn, months);
        const base = { joinedOn, chargeDay, renewedThrough };
        yield { ...base, state: 'active', leftOn: null };
        yield { ...base, state: 'leaving', leftOn: joinedOn };
        yield { ...base, state: 'leaving', leftOn: `${monthAfter(joinedOn, 1)}-12` };
        yield { ...base, state: 'ended', leftOn: `${monthAfter(joinedOn, 1)}-12` };
      }
  yield { joinedOn: null, chargeDay: 10, renewedThrough: null, state: 'pending', leftOn: null };
}

function monthAfter(date: string, months: number): string {
  return Temporal.PlainDate.from(date).with({ day: 1 }).add({ months }).toString().slice(0, 7);
}
