import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { createSettledWorld } from '../invariants/settled-world.ts';
import { closeMonth, makeLineIds } from '../support/closed-month.ts';
import { onServer } from '../support/test-server.ts';
import type { World } from '../support/world.ts';

let filesDir: string;
let world: World;

/** January and February are closed and settled; of March, one group is closed. */
before(async () => {
  filesDir = await mkdtemp(join(tmpdir(), 'closed-is-closed-'));
  world = await createSettledWorld(filesDir);
  const [{ companyId, serviceId }] = (await rowsOf(
    'SELECT company_id AS companyId, id AS serviceId FROM service ORDER BY id LIMIT 1',
  )) as [{ companyId: number; serviceId: number }];
  const [lineId] = makeLineIds(1) as [string];
  const sale = { companyId, serviceId, lineId, closingGroup: 31, amountMinor: 500n } as const;
  await closeMonth(world.deps, { period: '2026-03', sales: [sale], closed: [10] });
});
after(async () => {
  await world.close();
  await rm(filesDir, { recursive: true });
});

/** Runs as the user of the service, as an attacker could; everything is rolled back. */
async function attempt(...statements: string[]): Promise<void> {
  await onServer(world.database.url, async (connection: Connection) => {
    await connection.query("SET sql_mode = 'TRADITIONAL'");
    await connection.beginTransaction();
    for (const statement of statements) await connection.query(statement);
    await connection.rollback();
  });
}

async function rowsOf(statement: string): Promise<RowDataPacket[]> {
  return onServer(
    world.database.url,
    async (connection) => (await connection.query<RowDataPacket[]>(statement))[0],
  );
}

const anySettlement = 'settlement ORDER BY billing_period, company_id LIMIT 1';
const open = `p.period = '2026-03' AND p.closing_group = 31`;
const closed = `p.period = '2026-01' AND p.closing_group = 31`;

/** A copy of a charge, in another state and period. */
const chargeIn = (state: string, period: string, group: number, id = 'X') => `
  INSERT INTO charge (id, company_id, service_id, kind, state, amount_minor, captured_minor, tax_code, tax_rate_bps, description,
    automatic_capture, line_id, holder_from, created_at, captured_at, business_date, reserved_period, billing_period, closing_group)
  SELECT '${id}', company_id, service_id, kind, '${state}', amount_minor, ${state === 'captured' ? 'captured_minor' : 'NULL'}, tax_code,
    tax_rate_bps, description, automatic_capture, line_id, holder_from, created_at, captured_at, business_date, reserved_period,
    '${period}', ${group} FROM charge LIMIT 1`;

const copied = `contract_id, settled_on, billed_minor, refunded_minor, line_count, item_count, tariff_code, tariff_from,
  fee_branch, fee_ex_tax_minor, fee_tax_rate_bps, fee_tax_minor, carried_in_minor, payout_minor, carried_out_minor, payout_on,
  created_at, rule_version, legal_model, settlement_basis, fee_taxable`;

/** A copy of the settlement of January with other keys. */
const settlementIn = (state: string, period: string, id = 'D') => `
  INSERT INTO settlement (id, company_id, billing_period, number, state, ${copied})
  SELECT '${id}', company_id, '${period}', 'D', '${state}', ${copied} FROM ${anySettlement}`;
const partOf = (id: string, group = 5) => `
  INSERT INTO settlement_part (settlement_id, closing_group, service_id, tax_code, tax_rate_bps, line_count, item_count, total_minor)
    SELECT '${id}', ${group}, 1, 'standard', 1000, line_count, item_count, billed_minor FROM ${anySettlement}`;

const tariff = (
  code: string,
  from: string,
) => `INSERT INTO tariff (code, valid_from, name, name_en, definition, created_at)
  SELECT '${code}', '${from}', name, name_en, definition, created_at FROM tariff WHERE code = 'flets-2012'`;
const period = (name: string, state: string, group = 5) => `
  INSERT INTO billing_period (period, closing_group, starts_on, closes_on, issue_on, due_on, state, invoice_count, item_count, total_minor,
    checksum, closed_at)
  SELECT '${name}', ${group}, starts_on, closes_on, issue_on, due_on, '${state}', 0, 0, 0, REPEAT('a', 64), closed_at
  FROM billing_period WHERE period = '2026-01' AND closing_group = 5`;

describe('what is closed', () => {
  const refused: readonly [what: string, statements: string[], refusal: RegExp][] = [
    ['a captured charge', [chargeIn('captured', '2026-01', 31)], /charge_enters_open_period/],
    [
      'a captured charge of a period that is being closed',
      [
        "UPDATE billing_period SET state = 'closing' WHERE period = '2026-03' AND closing_group = 5",
        chargeIn('captured', '2026-03', 5),
      ],
      /charge_enters_open_period/,
    ],
    [
      'a captured charge of a period that is not there, past the foreign key',
      ['SET foreign_key_checks = 0', chargeIn('captured', '2025-11', 31)],
      /charge_enters_open_period/,
    ],
    [
      'an authorization, captured into it',
      [
        chargeIn('authorized', '2026-03', 31),
        "UPDATE charge SET state = 'captured', captured_minor = amount_minor, billing_period = '2026-01' WHERE id = 'X'",
      ],
      /charge_is_captured_in_open_period/,
    ],
    [
      'an invoice',
      [
        `INSERT INTO line_invoice (billing_period, closing_group, line_id, holder_from, number, item_count, total_minor)
           SELECT p.period, p.closing_group, 'COP99999999', '2026-01-01', NULL, 1, 100 FROM billing_period p WHERE ${closed}`,
      ],
      /line_invoice_enters_unclosed_period/,
    ],
    [
      'an invoice that comes behind one of an open period',
      [
        `INSERT INTO line_invoice (billing_period, closing_group, line_id, holder_from, number, item_count, total_minor)
           SELECT p.period, p.closing_group, 'COP99999999', '2026-01-01', NULL, 1, 100 FROM billing_period p
           WHERE (${closed}) OR (${open}) ORDER BY p.period DESC`,
      ],
      /line_invoice_enters_unclosed_period/,
    ],
    [
      'an invoice of another period',
      ["UPDATE line_invoice SET billing_period = '2026-01' WHERE number IS NULL"],
      /line_invoice_keeps_its_place/,
    ],
    [
      'a tax',
      [
        `INSERT INTO line_invoice_tax (billing_period, closing_group, line_id, holder_from, part, tax_code, tax_rate_bps, total_minor, tax_minor)
           SELECT billing_period, closing_group, line_id, holder_from, 'unregistered', tax_code, tax_rate_bps, 0, 0
           FROM line_invoice_tax LIMIT 1`,
      ],
      /line_invoice_tax_enters_unclosed_period/,
    ],
    ['a period that is born closed', [period('2026-04', 'closed')], /billing_period_begins_open/],
    ['a period that is born closing', [period('2026-04', 'closing')], /billing_period_begins_open/],
    [
      'a period before the settled ones',
      [period('2025-12', 'open')],
      /billing_period_begins_open: its month/,
    ],
    [
      'a period that opens again',
      [
        "UPDATE billing_period SET state = 'closing' WHERE period = '2026-03' AND closing_group = 5",
        "UPDATE billing_period SET state = 'open' WHERE period = '2026-03' AND closing_group = 5",
      ],
      /billing_period_goes_forward/,
    ],
    [
      'other days of a period under way',
      ["UPDATE billing_period SET closes_on = closes_on + INTERVAL 1 MONTH WHERE period = '2026-03'"],
      /billing_period_goes_forward/,
    ],
    [
      'a settlement that is born approved',
      [settlementIn('approved', '2026-03')],
      /settlement_begins_as_draft/,
    ],
    ['a settlement that is born paid', [settlementIn('paid', '2026-03')], /settlement_begins_as_draft/],
    [
      'a settlement of a month that is not closed',
      [
        settlementIn('draft', '2026-03'),
        partOf('D'),
        "UPDATE settlement SET state = 'approved' WHERE id = 'D'",
      ],
      /settlement_is_approved_whole: its month/,
    ],
    [
      'a settlement that is paid without being approved',
      [settlementIn('draft', '2026-03'), "UPDATE settlement SET state = 'paid' WHERE id = 'D'"],
      /settlement_is_approved_whole/,
    ],
    ['a line of an approved settlement', [partOf('').replace("''", 'id')], /settlement_part_is_of_draft/],
    [
      'a line that is replaced',
      [`REPLACE INTO settlement_part SELECT * FROM settlement_part LIMIT 1`],
      /settlement_part_is_of_draft|settlement_part_stays/,
    ],
    [
      'a line of a draft, moved there',
      [
        settlementIn('draft', '2026-03'),
        partOf('D', 25),
        `UPDATE settlement_part SET settlement_id = (SELECT id FROM ${anySettlement}) WHERE settlement_id = 'D'`,
      ],
      /settlement_part_is_not_moved/,
    ],
    [
      'a further fee of an approved settlement',
      [
        `INSERT INTO ledger_entry SELECT business_date + INTERVAL 1 DAY, journal_id, kind, debit_account, credit_account, 5, billing_period
           FROM ledger_entry WHERE kind = 'fee' LIMIT 1`,
      ],
      /ledger_entry_is_of_draft/,
    ],
    [
      'a tariff between two versions',
      [tariff('flets-2012', '2011-06-01')],
      /tariff_goes_forward: a later version/,
    ],
    [
      'a tariff of a closed month',
      [tariff('flets-2012', '2026-02-01')],
      /tariff_goes_forward: a month has closed/,
    ],
    [
      'a tariff within a closed month',
      [tariff('flets-2012', '2026-02-28')],
      /tariff_goes_forward: a month has closed/,
    ],
    [
      'another tariff of a contract that was settled by',
      ["UPDATE contract SET tariff_code = 'flets-2011'"],
      /contract_of_settlement_is_final/,
    ],
    ['an earlier payout of it', ['UPDATE contract SET payout_months = 1'], /contract_of_settlement_is_final/],
    ['an end of it', ['SET foreign_key_checks = 0', 'DELETE FROM contract'], /contract_of_settlement_stays/],
  ];
  for (const [what, statements, refusal] of refused) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(attempt(...statements), refusal);
    });
  }

  const taken: readonly [what: string, statements: string[]][] = [
    ['a charge of an open period', [chargeIn('captured', '2026-03', 31)]],
    ['an authorization, whatever it is reserved for', [chargeIn('authorized', '2026-01', 31)]],
    [
      'invoices and taxes while a period closes',
      [
        "UPDATE billing_period SET state = 'closing' WHERE period = '2026-03' AND closing_group = 31",
        `INSERT INTO line_invoice (billing_period, closing_group, line_id, holder_from, number, item_count, total_minor)
          VALUES ('2026-03', 31, 'COP99999999', '2026-01-01', NULL, 1, 100)`,
        "UPDATE line_invoice SET number = '202603-31-9999999' WHERE line_id = 'COP99999999'",
        `INSERT INTO line_invoice_tax (billing_period, closing_group, line_id, holder_from, part, tax_code, tax_rate_bps, total_minor, tax_minor)
          VALUES ('2026-03', 31, 'COP99999999', '2026-01-01', 'registered', 'standard', 1000, 100, 9)`,
      ],
    ],
    ['the next version of a tariff', [tariff('flets-2012', '2026-04-01')]],
    ['the first version of a new tariff', [tariff('another', '2020-01-01')]],
    [
      'the same period once more, to be ignored',
      [period('2026-01', 'open').replace('INSERT', 'INSERT IGNORE')],
    ],
    ['the end of a contract', ["UPDATE contract SET valid_to = '2026-06-01'"]],
  ];
  for (const [what, statements] of taken) {
    it(`allows ${what}`, () => attempt(...statements));
  }
});
