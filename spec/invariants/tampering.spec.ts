import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import type { CheckScope } from '../../src/invariants/invariant.types.ts';
import { chooseMonths } from '../../src/invariants/months-of-night.ts';
import type { World } from '../support/world.ts';
import { createSettledWorld } from './settled-world.ts';
import { tamper } from './tamper.ts';
import { staff } from '../support/actors.ts';

const runColumns = `(job, business_date, part, state, attempt, held_by, lease_token, lease_until, expected, done, skipped, parked, manifest,
      started_at, finished_at, error)`;

let filesDir: string;
let world: World;

before(async () => void (filesDir = await mkdtemp(join(tmpdir(), 'tampering-'))));
after(() => rm(filesDir, { recursive: true }));
beforeEach(async () => void (world = await createSettledWorld(filesDir)));
afterEach(() => world.close());

/** Changes of rows, and the only sentences that are then not true. */
const tampering = [
  {
    name: 'two entries on an account that does not exist',
    table: 'ledger_entry',
    statement: `INSERT INTO ledger_entry VALUES ('2026-01-31', 'X', 'authorization', 999, 1, 500, NULL),
      ('2026-01-31', 'X', 'release', 1, 999, 500, NULL)`,
    broken: [
      '1: every entry moves an amount between two accounts of the ledger',
      '1: every entry moves an amount between two accounts of the ledger',
    ],
  },
  {
    name: 'an entry on one account that does not exist',
    table: 'ledger_entry',
    statement: `INSERT INTO ledger_entry SELECT '2026-01-31', 'X', 'authorization', id, 999, 500, NULL FROM ledger_account WHERE kind = 'authorization-held'`,
    broken: [
      '1: every entry moves an amount between two accounts of the ledger',
      '1: the balances of all accounts sum to zero',
      '1: what is held in the ledger is what is authorized, charge by charge',
    ],
  },
  {
    name: 'a memo posted the wrong way round',
    table: 'ledger_entry',
    statement: `INSERT INTO ledger_entry SELECT '2026-01-31', 'X', k.kind, h.id, o.id, 500, NULL FROM ledger_account h, ledger_account o,
      (SELECT 'authorization' AS kind UNION SELECT 'release') AS k WHERE h.kind = 'authorization-held' AND o.kind = 'authorization-owed'`,
    broken: ['1: every entry debits and credits the accounts of its kind'],
  },
  {
    name: 'a capture of another billing period in the ledger',
    table: 'ledger_entry',
    statement: `UPDATE ledger_entry SET billing_period = '2026-07' WHERE kind = 'capture' LIMIT 1`,
    broken: [
      '1: every capture in the ledger is that of a captured charge, with its amount, company, date and period',
    ],
  },
  {
    name: 'a capture without a charge',
    table: 'ledger_entry',
    statement: `INSERT INTO ledger_entry SELECT business_date, 'X', kind, debit_account, credit_account, 5, billing_period
      FROM ledger_entry WHERE kind = 'capture' LIMIT 1`,
    broken: [
      '1: every capture in the ledger is that of a captured charge, with its amount, company, date and period',
      '4: what the ledger owes a company is what it sold in unsettled periods and the balance of its last approved settlement',
    ],
  },
  {
    name: 'an authorization that the ledger does not hold',
    table: 'charge',
    statement: `INSERT INTO charge (id, company_id, service_id, kind, state, amount_minor, tax_code, description, automatic_capture, created_at,
        reserved_period)
      SELECT 'X', company_id, service_id, 'one_time', 'authorized', 700, 'standard', '', 0, created_at, reserved_period FROM charge LIMIT 1`,
    broken: [
      '1: what is held in the ledger is what is authorized, charge by charge',
      '5: an open authorization is an authorized charge, with its amount and buyer',
    ],
  },
  {
    name: 'an item of another holder',
    table: 'invoice_item',
    statement: `UPDATE invoice_item SET holder_from = '2026-01-15' LIMIT 1`,
    broken: [
      '2: a captured charge is on an invoice, or its period is not closed',
      '2: an invoice item says what its captured charge says',
      '3: an invoice is the count and the sum of its items',
      '3: an invoice is the count and the sum of its items',
      '3: the tax of a closed invoice is that of its items, rounded once per rate and part',
      '3: the tax of a closed invoice is that of its items, rounded once per rate and part',
      '7: the invoices of a closed period say what they said when it closed',
    ],
  },
  {
    name: 'an invoice with another total, and its period with it',
    table: 'line_invoice',
    statement: `UPDATE line_invoice SET total_minor = total_minor + 1 LIMIT 1`,
    broken: [
      '3: an invoice is the count and the sum of its items',
      '3: the invoices of a period are the sum of what its companies billed',
      '7: a closed period has the invoices, items and total it was closed with',
      '7: the invoices of a closed period say what they said when it closed',
    ],
  },
  {
    name: 'tax rounded up',
    table: 'line_invoice_tax',
    statement: `UPDATE line_invoice_tax SET tax_minor = tax_minor + 1 LIMIT 1`,
    broken: [
      '3: the tax of a closed invoice is that of its items, rounded once per rate and part',
      '7: the invoices of a closed period say what they said when it closed',
    ],
  },
  {
    name: 'a fee branch that the figures do not give',
    table: 'settlement',
    statement: `UPDATE settlement SET fee_branch = 'minimum' WHERE tariff_code = 'west-2004' LIMIT 1`,
    broken: [
      '4: a settlement is what its tariff makes of the invoice items',
      '15: a guarded record is what its latest audit row says',
    ],
  },
  {
    name: 'a payout changed after it was approved',
    table: 'settlement',
    statement: `UPDATE settlement SET payout_minor = payout_minor + 1 WHERE tariff_code = 'flets-2012' LIMIT 1`,
    broken: [
      '4: billed − refunds − fee − set-up fee − their tax − commissions − clawbacks + recoveries − transfer fee + carried in = payout + carried out',
      '4: a settlement is what its tariff makes of the invoice items',
      '7: what an approved settlement charges and pays out is what the ledger was given then, and a draft has given it nothing',
      '15: a guarded record is what its latest audit row says',
    ],
  },
  {
    name: 'a fee changed together with the payout, so that the sum still comes out',
    table: 'settlement',
    statement: `UPDATE settlement SET payout_minor = payout_minor + 1, fee_ex_tax_minor = fee_ex_tax_minor - 1 WHERE tariff_code = 'flets-2012' LIMIT 1`,
    broken: [
      '4: a settlement is what its tariff makes of the invoice items',
      '7: what an approved settlement charges and pays out is what the ledger was given then, and a draft has given it nothing',
      '7: what an approved settlement charges and pays out is what the ledger was given then, and a draft has given it nothing',
      '15: a guarded record is what its latest audit row says',
    ],
  },
  {
    name: 'a part that is gone',
    table: 'settlement_part',
    statement: `DELETE FROM settlement_part LIMIT 1`,
    broken: [
      '3: the invoices of a period are the sum of what its companies billed',
      '4: a settlement is what its tariff makes of the invoice items',
      '4: a settlement is the sum of its parts',
    ],
  },
  {
    name: 'a line moved from one settlement to another of its company',
    table: 'settlement_part',
    statement: `UPDATE settlement_part SET settlement_id = (SELECT n.id FROM settlement s JOIN settlement n ON n.company_id = s.company_id
        AND n.billing_period > s.billing_period WHERE s.id = settlement_part.settlement_id), tax_rate_bps = 801
      WHERE settlement_id = (SELECT id FROM settlement ORDER BY billing_period, company_id LIMIT 1) LIMIT 1`,
    broken: [
      '3: the invoices of a period are the sum of what its companies billed',
      '3: the invoices of a period are the sum of what its companies billed',
      '4: a settlement is what its tariff makes of the invoice items',
      '4: a settlement is what its tariff makes of the invoice items',
      '4: a settlement is the sum of its parts',
      '4: a settlement is the sum of its parts',
    ],
  },
  {
    name: 'two lines of a settlement that say the same sum of other services',
    table: 'settlement_part',
    statement: `UPDATE settlement_part SET service_id = service_id + 1 WHERE settlement_id =
      (SELECT id FROM settlement ORDER BY billing_period, company_id LIMIT 1)`,
    broken: ['4: a settlement is what its tariff makes of the invoice items'],
  },
  {
    name: 'more lines than bought in a line of a settlement',
    table: 'settlement_part',
    statement: `UPDATE settlement_part SET line_count = line_count + 1 LIMIT 1`,
    broken: ['4: a settlement is what its tariff makes of the invoice items'],
  },
  {
    name: 'a line of nothing added to an approved settlement',
    table: 'settlement_part',
    statement: `INSERT INTO settlement_part (settlement_id, closing_group, service_id, tax_code, tax_rate_bps, line_count, item_count, total_minor)
    SELECT id, 5, 99, 'standard', 1000, 0, 0, 0 FROM settlement ORDER BY billing_period, company_id LIMIT 1`,
    broken: ['4: a settlement is what its tariff makes of the invoice items'],
  },
  {
    name: 'another tariff on a settlement, whose fee comes to the same',
    table: 'settlement',
    statement: `UPDATE settlement SET tariff_code = 'flets-2011', tariff_from = '2011-07-01' WHERE tariff_code = 'flets-2012' LIMIT 1`,
    broken: [
      '4: a settlement is what its tariff makes of the invoice items',
      '15: a guarded record is what its latest audit row says',
    ],
  },
  {
    name: 'a payout that is due earlier',
    table: 'settlement',
    statement: `UPDATE settlement SET payout_on = payout_on - INTERVAL 7 DAY LIMIT 1`,
    broken: [
      '4: a settlement is what its tariff makes of the invoice items',
      '15: a guarded record is what its latest audit row says',
    ],
  },
  {
    name: 'a settlement by the contract of another company',
    table: 'settlement',
    statement: `UPDATE settlement SET contract_id = (SELECT MAX(id) FROM contract) ORDER BY company_id LIMIT 1`,
    broken: [
      '4: a settlement is what its tariff makes of the invoice items',
      '15: a guarded record is what its latest audit row says',
      '15: what closed documents were made from is what the audit trail said then',
    ],
  },
  {
    name: 'a refund that nobody was given',
    table: 'settlement',
    statement: `UPDATE settlement SET refunded_minor = 10, payout_minor = payout_minor - 10 WHERE tariff_code = 'flets-2012' LIMIT 1`,
    broken: [
      '4: a settlement is what its tariff makes of the invoice items',
      '4: a settlement is the sum of its parts',
      '7: what an approved settlement charges and pays out is what the ledger was given then, and a draft has given it nothing',
      '15: a guarded record is what its latest audit row says',
    ],
  },
  {
    name: 'an item of another text',
    table: 'invoice_item',
    statement: `UPDATE invoice_item SET description = '別の商品' LIMIT 1`,
    broken: [
      '2: an invoice item says what its captured charge says',
      '7: the invoices of a closed period say what they said when it closed',
    ],
  },
  {
    name: 'an item added to an invoice of a closed period',
    table: 'invoice_item',
    statement: `INSERT INTO invoice_item SELECT billing_period, closing_group, line_id, 'X', '', company_id, service_id, holder_from, business_date, kind,
      description, amount_minor, tax_code, tax_rate_bps, late, supplied_on, charge_period FROM invoice_item ORDER BY charge_id LIMIT 1`,
    broken: [
      '2: an invoice item says what its captured charge says',
      '3: an invoice is the count and the sum of its items',
      '3: the tax of a closed invoice is that of its items, rounded once per rate and part',
      '4: a settlement is what its tariff makes of the invoice items',
      '7: the invoices of a closed period say what they said when it closed',
    ],
  },
  {
    name: 'an invoice without items added to a closed period',
    table: 'line_invoice',
    statement: `INSERT INTO line_invoice (billing_period, closing_group, line_id, holder_from, number, item_count, total_minor)
      SELECT billing_period, closing_group, 'COP99999999', holder_from, NULL, 0, 0 FROM line_invoice ORDER BY line_id LIMIT 1`,
    broken: [
      '3: an invoice is the count and the sum of its items',
      '7: a closed period has the invoices, items and total it was closed with',
      '7: the invoices of a closed period say what they said when it closed',
      '7: the invoices of a closed period are numbered in the order of their lines and tenures, without a gap',
      '9: an invoice with a result, or with nothing to collect, is booked',
    ],
  },
  {
    name: 'a tax of nothing added to a closed invoice',
    table: 'line_invoice_tax',
    statement: `INSERT INTO line_invoice_tax (billing_period, closing_group, line_id, holder_from, part, tax_code, tax_rate_bps, total_minor, tax_minor)
      SELECT billing_period, closing_group, line_id, holder_from, 'unregistered', 'standard', 500, 0, 0
      FROM line_invoice_tax ORDER BY line_id LIMIT 1`,
    broken: [
      '3: the tax of a closed invoice is that of its items, rounded once per rate and part',
      '7: the invoices of a closed period say what they said when it closed',
    ],
  },
  {
    name: 'a balance that is forgiven',
    table: 'settlement',
    statement: `UPDATE settlement SET carried_out_minor = carried_out_minor - carried_in_minor, carried_in_minor = 0
      WHERE carried_in_minor < 0`,
    broken: [
      '4: what one settlement carries out, the next carries in',
      '4: what the ledger owes a company is what it sold in unsettled periods and the balance of its last approved settlement',
      '15: a guarded record is what its latest audit row says',
    ],
  },
  {
    name: 'a captured charge above its amount',
    table: 'charge',
    statement: `UPDATE charge SET amount_minor = captured_minor - 1 LIMIT 1`,
    broken: ['5: no charge is captured above its amount'],
  },
  {
    name: 'a line that may spend again',
    table: 'line_period',
    statement: `UPDATE line_period SET spent_minor = 0 LIMIT 1`,
    broken: [
      '5: what a tenure has booked in a billing period is what is captured in it, less what of that its invoice gives back',
    ],
  },
  {
    name: 'a tenure that holds what nobody authorized',
    table: 'tenure_hold',
    statement: `INSERT INTO tenure_hold VALUES ('CAF0000000001', '2026-01-01', 700, 0)`,
    broken: ['5: what a tenure holds is its open authorizations and accepted uses'],
  },
  {
    name: 'an open authorization of no charge, held',
    table: 'open_authorization',
    statement: `INSERT INTO open_authorization VALUES ('CAF0000000001', '2026-01-01', 'X', 1, 700)`,
    broken: [
      '5: what a tenure holds is its open authorizations and accepted uses',
      '5: an open authorization is an authorized charge, with its amount and buyer',
    ],
  },
  {
    name: 'a tenure that has more booked than its limit',
    table: 'charge',
    statement: `UPDATE charge SET limit_minor = captured_minor - 1 LIMIT 1`,
    broken: [
      '13: what a tenure has booked in a billing period, less what its invoice gives back, is within the limit at the latest authorization among its charges',
    ],
  },
  {
    name: 'an issued ID that has bought more than its own limit',
    table: 'charge',
    statement: `UPDATE charge SET subscriber_id = 1, limit_minor = 100000000, own_limit_minor = captured_minor - 1 LIMIT 1`,
    broken: [
      '5: a captured charge is one that its subscriber has agreed to',
      '13: what an issued ID has bought in a billing period, less what its invoice gives back, is within its own limit at the latest of its authorizations',
    ],
  },
  {
    name: 'a month of a subscription that was charged without a charge',
    table: 'subscription_month',
    statement: `INSERT INTO subscription_month VALUES (1, 1, 'item', '2026-01', 'X', 'charged', 'Y')`,
    broken: [
      '5: a charged month of a subscriber is one charge of that subscription and month, and a charge without its month is refunded',
    ],
  },
  {
    name: 'an event posted a second time on another date',
    table: 'ledger_entry',
    statement: `INSERT INTO ledger_entry SELECT '2026-04-01', journal_id, kind, debit_account, credit_account, amount_minor, billing_period
      FROM ledger_entry WHERE kind = 'fee' LIMIT 1`,
    broken: [
      '4: what the ledger owes a company is what it sold in unsettled periods and the balance of its last approved settlement',
      '6: no event is posted twice, on whatever business date',
      '7: what an approved settlement charges and pays out is what the ledger was given then, and a draft has given it nothing',
      '7: what an approved settlement charges and pays out is what the ledger was given then, and a draft has given it nothing',
    ],
  },
  {
    name: 'a gap in the numbers',
    table: 'line_invoice',
    statement: `UPDATE line_invoice SET number = '202601-31-0000009' WHERE number = '202601-31-0000002'`,
    broken: [
      '7: the invoices of a closed period say what they said when it closed',
      '7: the invoices of a closed period are numbered in the order of their lines and tenures, without a gap',
    ],
  },
  {
    name: 'a proof of close with another total',
    table: 'billing_period',
    statement: `UPDATE billing_period SET total_minor = total_minor - 1 LIMIT 1`,
    broken: [
      '7: a closed period has the invoices, items and total it was closed with',
      '15: a guarded record is what its latest audit row says',
    ],
  },
  {
    name: 'a manifest that does not add up',
    table: 'run',
    statement: `UPDATE run SET done = done - 1 LIMIT 1`,
    broken: ['8: of a finished run, expected = done + skipped + parked'],
  },
  {
    name: 'something parked that is not listed',
    table: 'run',
    statement: `UPDATE run SET done = done - 1, parked = 1 LIMIT 1`,
    broken: ['8: what a finished run has parked is listed'],
  },
  {
    name: 'a part left open in a finished run',
    table: 'run',
    statement: `INSERT INTO run ${runColumns} SELECT job, business_date, 'fold/0001', 'running', 1, NULL, NULL, NULL, 0, 0, 0, 0, NULL, started_at,
      NULL, NULL FROM run LIMIT 1`,
    broken: ['8: the parts of a finished run have finished, and its figures have theirs in them'],
  },
  {
    name: 'a part that did more than its run',
    table: 'run',
    statement: `INSERT INTO run ${runColumns} SELECT job, business_date, 'fold/0001', state, 1, NULL, NULL, NULL, done + 1, done + 1, 0, 0, NULL,
      started_at, finished_at, NULL FROM run LIMIT 1`,
    broken: ['8: the parts of a finished run have finished, and its figures have theirs in them'],
  },
] as const;

for (const { name, table, statement, broken } of tampering) {
  test(`reports ${name}, and nothing else`, async () => {
    await tamper(world.deps, table, statement);
    assert.deepEqual(await brokenSentences({}), broken);

    // The night after the last settlement reads both months; much later they are read in turn.
    assert.deepEqual(await brokenSentences(await scopeOf('2026-03-25')), broken);
    const [one, other] = [await scopeOf('2026-07-10'), await scopeOf('2026-07-11')];
    assert.deepEqual(
      new Set([...(await brokenSentences(one)), ...(await brokenSentences(other))]),
      new Set(broken),
    );
  });
}

const scopeOf = async (night: string) => ({ months: await chooseMonths(world.deps, night) });

async function brokenSentences(scope: CheckScope): Promise<string[]> {
  const results = await checkInvariants(world.deps, staff(), scope);
  return results.flatMap(({ number, offending }) => offending.map((row) => `${number}: ${row.broken}`));
}
