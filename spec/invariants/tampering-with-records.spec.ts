import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { sqlOf } from '../../src/database/sql.ts';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { chooseMonths } from '../../src/invariants/months-of-night.ts';
import type { World } from '../support/world.ts';
import { createMonthOfSales } from './month-of-sales.ts';
import { tamper } from './tamper.ts';
import { staff } from '../support/actors.ts';

let world: World;
before(async () => void ({ world } = await createMonthOfSales()));
after(() => world.close());

const record = '15: a guarded record is what its latest audit row says';
const removed = '15: a guarded record that the audit trail knows is there';
const line = '15: a line and those who hold it are what its last import or change left';
const lines = '15: the lines are those that the audit trail has imports and changes of';
const trail = '15: the audit trail has every change of a guarded record';
const agreed = '5: a captured charge is one that its subscriber has agreed to';
const said = '7: the invoices of a closed period say what they said when it closed';
const kept = '7: a final settlement has kept what its statement says besides the figures';

type Statement = readonly [table: string, text: string];

interface Tampering {
  readonly name: string;
  readonly statements: readonly Statement[];
  /** One of the sentences that are then not true. */
  readonly broken: string;
}

const one = (name: string, table: string, text: string, broken = record): Tampering => ({
  name,
  statements: [[table, text]],
  broken,
});

const renewed = '5: the month through which a subscription is renewed has been settled';

/** What an administrator, who can remove triggers, changes by plain SQL. */
const tamperings: readonly Tampering[] = [
  one(
    'a subscription that is never charged again',
    'subscription',
    `UPDATE subscription SET renewed_through = '2099-12' WHERE state = 'active' LIMIT 1`,
    renewed,
  ),
  one(
    'a subscription whose next month is not looked at before long',
    'subscription',
    `UPDATE subscription SET next_due_on = '2099-12-10' WHERE state = 'active' LIMIT 1`,
    '5: no subscription has a due date after that of its next month',
  ),
  // Where the money goes, and who is paid.
  one(
    'another account of a company',
    'bank_account',
    `UPDATE bank_account SET account_number = '7654321' LIMIT 1`,
  ),
  one(
    'another bank',
    'bank_account',
    `UPDATE bank_account SET bank_code = '9998', branch_code = '009' LIMIT 1`,
  ),
  one('another payee', 'bank_account', `UPDATE bank_account SET account_holder = 'カ）ベツ' LIMIT 1`),
  one(
    'another account in place of the one there is',
    'bank_account',
    insertCopy('bank_account', 'TRUE', { version: '2', account_number: `'7654321'` }),
    '12: a bank account in place of another has an executed approval of its company',
  ),
  one('another tariff of a contract', 'contract', `UPDATE contract SET tariff_code = 'west-2004' LIMIT 1`),
  one(
    'a contract with recourse without it',
    'contract',
    `UPDATE contract SET legal_model = 'assignment' LIMIT 1`,
  ),
  one(
    'a higher amount for a charge',
    'contract',
    `UPDATE contract SET per_charge_max_minor = 9999999 LIMIT 1`,
  ),
  one('another payout date by contract', 'contract', `UPDATE contract SET payout_months = 1 LIMIT 1`),
  one(
    'a contract that nobody concluded',
    'contract',
    insertCopy('contract', 'TRUE', { id: '900001', company_id: 'company_id', valid_from: `'2030-01-01'` }),
  ),
  one('a contract that is gone', 'contract', `DELETE FROM contract LIMIT 1`, removed),
  one('another name of a company', 'company', `UPDATE company SET name = '株式会社ベツ' LIMIT 1`),
  one(
    'another registration number',
    'company',
    `UPDATE company SET registration_number = 'T7010705000725' LIMIT 1`,
  ),
  one(
    'a registration that began earlier',
    'company',
    `UPDATE company SET registered_from = '2019-10-01' LIMIT 1`,
  ),
  one('a suspended company', 'company', `UPDATE company SET state = 'suspended' LIMIT 1`),
  one(
    'another site to be sent back to',
    'service',
    `UPDATE service SET site_origin = 'https://evil.example' LIMIT 1`,
  ),
  one('another name of a service', 'service', `UPDATE service SET name = 'べつ' LIMIT 1`),
  one(
    'the account of another company in the ledger',
    'ledger_account',
    `UPDATE ledger_account SET company_id = NULL WHERE kind = 'company-payable' LIMIT 1`,
  ),
  one(
    'a cheaper tariff',
    'tariff',
    `UPDATE tariff SET definition = REPLACE(definition, '500', '100') WHERE code = 'flets-2011'`,
  ),
  one(
    'a tariff back in time',
    'tariff',
    insertCopy('tariff', `code = 'flets-2011'`, { valid_from: `'2020-01-01'` }),
  ),
  // Who is who.
  one('another API key', 'api_key', `UPDATE api_key SET secret_hash = SHA2('mine', 256) LIMIT 1`),
  one(
    'a key that nobody issued',
    'api_key',
    insertCopy('api_key', 'TRUE', { id: `'01KR7X7KW0FDB0PYYWGFANZFPS'` }),
  ),
  one('a key with more rights', 'api_key', `UPDATE api_key SET scopes = CONCAT(scopes, ' more') LIMIT 1`),
  one('a password of somebody else', 'subscriber', `UPDATE subscriber SET password_hash = 'x' LIMIT 1`),
  one('an issued ID on another line', 'subscriber', `UPDATE subscriber SET slot = 2 LIMIT 1`),
  one(
    'a higher limit of an issued ID',
    'subscriber',
    `UPDATE subscriber SET monthly_limit_minor = 999999 LIMIT 1`,
  ),
  one(
    'an issued ID that nobody issued',
    'subscriber',
    insertCopy('subscriber', 'TRUE', { id: '900001', issued_id: `'F99999999'`, slot: '5' }),
  ),
  one('a higher limit of a line', 'line', `UPDATE line SET monthly_limit_minor = 999999 LIMIT 1`, line),
  one(
    'another closing group',
    'line',
    `UPDATE line SET closing_group = 15 WHERE closing_group = 5 LIMIT 1`,
    line,
  ),
  one(
    'a child that is grown up',
    'line_holder',
    `UPDATE line_holder SET birth_date = '1980-01-01' LIMIT 1`,
    line,
  ),
  one('another holder', 'line_holder', `UPDATE line_holder SET holder = '別人' LIMIT 1`, line),
  one('a tenure that ends', 'line_holder', `UPDATE line_holder SET valid_to = '2026-06-30' LIMIT 1`, line),
  one(
    'a tenure that nobody delivered',
    'line_holder',
    insertCopy('line_holder', 'TRUE', { valid_from: `'2027-01-01'` }),
    line,
  ),
  one(
    'a higher limit with a digest that fits no audit row',
    'line',
    `UPDATE line SET digest = digest + 1 LIMIT 1`,
    lines,
  ),
  one('a line that is gone', 'line', `DELETE FROM line LIMIT 1`, lines),
  one(
    'a line that nobody delivered',
    'line',
    insertCopy('line', 'TRUE', { line_id: `'CAF9999999999'`, digest: 'digest' }),
    lines,
  ),
  // The trail itself.
  one(
    'an audit row that is gone',
    'audit_entry',
    `DELETE FROM audit_entry WHERE record_table = 'contract' LIMIT 1`,
  ),
  one(
    'an audit row of an import that is gone',
    'audit_entry',
    `DELETE FROM audit_entry WHERE record_table = 'line' ORDER BY id DESC LIMIT 1`,
    lines,
  ),
  {
    name: 'a change of which the audit row was taken away again',
    statements: [
      ['audit_entry', `UPDATE audit_entry SET record_version = 2 WHERE record_table = 'contract' LIMIT 1`],
    ],
    broken: trail,
  },
  // What is closed.
  one(
    'another name on an invoice',
    'line_invoice',
    `UPDATE line_invoice SET holder = '別人' WHERE number IS NOT NULL LIMIT 1`,
    said,
  ),
  one(
    'another company on invoices',
    'closed_period_party',
    `UPDATE closed_period_party SET name = '別社' WHERE kind = 'company'`,
    said,
  ),
  one(
    'another registration number on invoices',
    'closed_period_party',
    `UPDATE closed_period_party SET registration_number = 'T7010705000725' WHERE kind = 'issuer'`,
    said,
  ),
  one(
    'a supplier who becomes unregistered on a closed invoice',
    'line_invoice_tax',
    `UPDATE line_invoice_tax SET part = 'unregistered' LIMIT 1`,
    said,
  ),
  {
    name: 'another description on a charge and its invoice',
    statements: [
      ['charge', `UPDATE charge SET description = 'べつ' WHERE billing_period = '2026-05'`],
      ['invoice_item', `UPDATE invoice_item SET description = 'べつ'`],
    ],
    broken: said,
  },
  one(
    'another due date of a closed period',
    'billing_period',
    `UPDATE billing_period SET due_on = '2026-12-31' WHERE state = 'closed' LIMIT 1`,
  ),
  one(
    'a period that is opened again',
    'billing_period',
    `UPDATE billing_period SET state = 'open' WHERE state = 'closed' LIMIT 1`,
    removed,
  ),
  one('a settlement that is said to be paid', 'settlement', `UPDATE settlement SET state = 'paid' LIMIT 1`),
  one(
    'a settlement that is a draft again',
    'settlement',
    `UPDATE settlement SET state = 'draft' LIMIT 1`,
    removed,
  ),
  one('another payout date', 'settlement', `UPDATE settlement SET payout_on = '2026-07-01' LIMIT 1`),
  one(
    'another account to pay a settlement to',
    'settlement_document',
    `UPDATE settlement_document SET content = JSON_SET(content, '$.bankAccount.accountNumber', '7654321')`,
  ),
  one('a settlement document that is gone', 'settlement_document', `DELETE FROM settlement_document`, kept),
  one('another statement', 'statement_file', `UPDATE statement_file SET checksum = SHA2('mine', 256)`),
  // Sales that nobody agreed to, with their entries in the ledger and what the line has spent.
  { name: 'a forged one-time charge', statements: forge('one_time', {}), broken: agreed },
  {
    name: 'a forged use of a consent of another line',
    statements: forge('usage', {
      consent_id: `(SELECT MIN(id) FROM consent x WHERE x.line_id <> charge.line_id)`,
    }),
    broken: agreed,
  },
  {
    name: 'a forged month of a subscription',
    statements: forge('monthly', { subscription_month: `'2026-09'` }),
    broken: agreed,
  },
  one(
    'a one-time charge whose checkout was declined',
    'checkout',
    `UPDATE checkout SET state = 'declined' WHERE kind = 'charge'`,
    agreed,
  ),
  one(
    'a consent that had ended before the use',
    'consent',
    `UPDATE consent SET state = 'ended', ended_at = agreed_at`,
    agreed,
  ),
  one('a consent agreed to after the use', 'consent', `UPDATE consent SET agreed_at = '2026-12-01'`, agreed),
  one('a use above what was agreed to', 'consent', `UPDATE consent SET per_charge_max_minor = 299`, agreed),
  one(
    'a subscription of another amount',
    'subscription',
    `UPDATE subscription SET amount_minor = amount_minor + 1`,
    agreed,
  ),
  one(
    'a subscription joined after the month',
    'subscription',
    `UPDATE subscription SET joined_on = '2026-12-01'`,
    agreed,
  ),
  one(
    'a month that was free',
    'subscription_month',
    `UPDATE subscription_month SET outcome = 'free', charge_id = NULL`,
    agreed,
  ),
  one(
    'a charge of another issued ID',
    'charge',
    `UPDATE charge SET subscriber_id = (SELECT MAX(id) FROM subscriber) WHERE kind = 'one_time'`,
    agreed,
  ),
];

/** A copy of the first row of a table for which `where` holds, but for some columns; the columns are put in later. */
function insertCopy(table: string, where: string, changes: Readonly<Record<string, string>>): string {
  return JSON.stringify({ table, where, changes });
}

/** A sale that is a copy of a captured one of its kind, with its entry in the ledger and in what the line has spent. */
function forge(kind: string, changes: Readonly<Record<string, string>>): readonly Statement[] {
  const id = `'01KR7X7KW0FDB0PYYWGFANZFPT'`;
  const source = `(SELECT id FROM charge WHERE kind = '${kind}' AND billing_period = '2026-06' LIMIT 1)`;
  return [
    [
      'ledger_entry',
      insertCopy('ledger_entry', `kind = 'capture' AND journal_id = ${source}`, { journal_id: id }),
    ],
    [
      'line_period',
      `UPDATE line_period p JOIN charge c ON c.line_id = p.line_id AND c.billing_period = p.period
        SET p.spent_minor = p.spent_minor + c.captured_minor WHERE c.id = ${source}`,
    ],
    ['charge', insertCopy('charge', `id = ${source}`, { id, ...changes })],
  ];
}

async function textOf(text: string): Promise<string> {
  if (!text.startsWith('{')) return text;
  const { table, where, changes } = JSON.parse(text) as {
    table: string;
    where: string;
    changes: Record<string, string>;
  };
  const { rows } = await sql<{ name: string }>`SELECT column_name AS name FROM information_schema.columns
    WHERE table_schema = DATABASE() AND is_generated = 'NEVER' AND table_name = ${table} ORDER BY ordinal_position`.execute(
    sqlOf(world.deps.orm.em.fork()),
  );
  const columns = rows.map(({ name }) => name);
  const values = columns.map((column) => changes[column] ?? column);
  return `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${values.join(', ')} FROM ${table} WHERE ${where} LIMIT 1`;
}

async function hasRows(table: string): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM ${sql.table(table)} LIMIT 1`.execute(
    sqlOf(world.deps.orm.em.fork()),
  );
  return rows.length > 0;
}

const sentences = async (months?: { since: string }) =>
  (await checkInvariants(world.deps, staff(), months ? { months } : {})).flatMap(({ number, offending }) =>
    offending.map((row) => `${number}: ${row.broken}`),
  );

test('a month that was sold, closed, settled and rendered by the jobs themselves is sound', async () => {
  assert.deepEqual(await sentences(), []);
});

/** The columns of a table that it does not compute. */
async function storedColumns(table: string): Promise<string> {
  const { rows } = await sql<{ name: string }>`SELECT column_name AS name FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = ${table} AND is_generated = 'NEVER'`.execute(
    sqlOf(world.deps.orm.em.fork()),
  );
  return rows.map(({ name }) => `\`${name}\``).join(', ');
}

for (const [index, { name, statements, broken }] of tamperings.entries()) {
  // What was there before, as a table that only the owner can make.
  const keptAs = (table: string) => `kept_${index}_${table}`;
  test(`finds ${name}`, async () => {
    for (const [table, text] of statements) {
      await tamper(world.deps, table, `CREATE TABLE ${keptAs(table)} AS SELECT * FROM ${table}`);
      await tamper(world.deps, table, await textOf(text));
    }
    const found = await sentences();
    const foundTonight = await sentences(await chooseMonths(world.deps, '2026-06-27'));
    for (const [table] of statements) {
      if (await hasRows(table)) await tamper(world.deps, table, `DELETE FROM ${table}`);
      const columns = await storedColumns(table);
      await tamper(
        world.deps,
        table,
        `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM ${keptAs(table)}`,
      );
    }
    assert.ok(found.includes(broken), `found ${JSON.stringify(found)}`);
    assert.deepEqual(foundTonight, found);
  });
}

test('leaves nothing of it', async () => {
  assert.deepEqual(await sentences(), []);
});
