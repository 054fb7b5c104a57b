import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CompiledQuery } from 'kysely';
import { migrate } from '../../config/database/migrate.ts';
import { openOrm } from '../../config/database/orm.ts';
import type { Orm } from '../../src/database/orm.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

/** The schema in which the set-up fee was a component of the tariff. */
async function migrateBefore(databaseUrl: string): Promise<void> {
  const orm = await openOrm({ databaseUrl, poolSize: 2 });
  try {
    await orm.migrator.up({ to: '0036-refunds-on-invoices' });
  } finally {
    await orm.close();
  }
}

/** Contracts of the release before, by company: tariff, legal model, first and last day, and what was settled by them. */
const contracts: readonly (readonly [
  company: number,
  tariff: string,
  model: 'agency' | 'assignment',
  from: string,
  to: string | null,
  settled?: readonly [billed: number, refunded: number],
])[] = [
  [1, 'with', 'agency', '2026-01-01', null],
  [2, 'with', 'agency', '2026-01-01', null, [1_000, 0]],
  [3, 'with', 'agency', '2026-01-01', null, [1_000, 1_000]],
  [4, 'without', 'agency', '2026-01-01', null],
  [5, 'with', 'assignment', '2020-01-01', '2021-01-01'],
  [5, 'dear', 'assignment', '2021-01-01', null],
  [6, 'with', 'agency', '2020-01-01', '2021-01-01'],
  [6, 'dear', 'agency', '2019-01-01', '2020-01-01'],
];

describe('a database whose tariffs have set-up fees', () => {
  let database: TestDatabase;
  let orm: Orm;
  const run = (text: string) => sqlOf(orm.em.fork()).executeQuery(CompiledQuery.raw(text));
  const rows = async <Row>(text: string) => (await run(text)).rows as Row[];

  before(async () => {
    database = await createTestDatabase(migrateBefore, 'before-set-up-fees');
    orm = await openOrm({ databaseUrl: database.ownerUrl, poolSize: 2 });
    const at = `'2026-05-01'`;
    for (const [code, setUp] of [
      ['with', ',"setUpMinor":20000'],
      ['dear', ',"setUpMinor":50000'],
      ['without', ''],
    ])
      await run(`INSERT INTO tariff (code, valid_from, name, name_en, definition, created_at) VALUES
        ('${code}', '2011-07-01', 'x', 'x', '{"monthlyBaseMinor":0,"percentBps":500,"perLineMinimumMinor":30,"bands":[]${setUp}}', ${at})`);
    for (const [index, [company, tariff, model, from, to, settled]] of contracts.entries()) {
      const id = index + 1;
      await run(`INSERT IGNORE INTO company (id, code, name, name_en, address, state, created_at)
        VALUES (${company}, 'c${company}', 'c', 'c', 'c', 'active', ${at})`);
      await run(`INSERT INTO contract (id, company_id, tariff_code, legal_model, valid_from, valid_to, per_charge_max_minor,
          late_charges, authorization_days, payout_months, payout_day, payout_bank_day, created_at)
        VALUES (${id}, ${company}, '${tariff}', '${model}', '${from}', ${to === null ? 'NULL' : `'${to}'`}, 10000, 'accept', 7, 2, 31,
          'previous', ${at})`);
      if (!settled) continue;
      const [billed, refunded] = settled;
      await run(`INSERT INTO settlement (id, company_id, billing_period, contract_id, number, state, settled_on, billed_minor,
          refunded_minor, line_count, item_count, tariff_code, tariff_from, fee_branch, fee_ex_tax_minor, fee_tax_rate_bps,
          fee_tax_minor, carried_in_minor, payout_minor, carried_out_minor, payout_on, created_at)
        VALUES ('${String(id).padStart(26, '0')}', ${company}, '2026-04', ${id}, 'S202604-${company}', 'draft', '2026-05-25', ${billed},
          ${refunded}, 1, 1, '${tariff}', '2011-07-01', 'percent', 0, 1000, 0, 0, ${billed - refunded}, 0, '2026-06-30', ${at})`);
    }
    await migrate(database.ownerUrl, database.url);
  });
  after(async () => {
    await orm.close();
    await database.drop();
  });

  it('has them in the contract that is settled next, of companies that were billed none', async () => {
    const fees = await rows<{ id: number; fee: number }>(
      'SELECT id, set_up_fee_minor AS fee FROM contract ORDER BY id',
    );
    assert.deepEqual(
      fees.map(({ id, fee }) => [contracts[id - 1]!.slice(0, 2).join(' '), fee]),
      [
        ['1 with', 20_000],
        // Its settlement has billed the fee of the tariff with the rest.
        ['2 with', 0],
        // What was refunded whole has billed nothing.
        ['3 with', 20_000],
        ['4 without', 0],
        // The contract in force; the one before it is over.
        ['5 with', 0],
        ['5 dear', 50_000],
        // None is in force any more: the last one settles what is left.
        ['6 with', 20_000],
        ['6 dear', 0],
      ],
    );
  });

  it('has no tax on the fee of assigned claims, and terms that change nothing else', async () => {
    const terms = await rows<Record<string, unknown>>(
      `SELECT DISTINCT legal_model, fee_taxable, settlement_basis, minimum_payout_minor, fee_bearer, transfer_fee_minor, refund_days
       FROM contract ORDER BY legal_model`,
    );
    const others = {
      settlement_basis: 'billed',
      minimum_payout_minor: 0,
      fee_bearer: 'carrier',
      transfer_fee_minor: 0,
      refund_days: 60,
    };
    assert.deepEqual(
      terms.map((row) => ({ ...row })),
      [
        { legal_model: 'agency', fee_taxable: 1, ...others },
        { legal_model: 'assignment', fee_taxable: 0, ...others },
      ],
    );
  });

  it('keeps the audit trail of each contract', async () => {
    const adopted = await rows<{ n: number }>(
      "SELECT COUNT(*) AS n FROM audit_entry WHERE record_table = 'contract' AND action = 'record.adopt' AND id LIKE '000000150%'",
    );
    assert.equal(adopted[0]!.n, contracts.length);
  });
});
