import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CompiledQuery } from 'kysely';
import { sqlOf } from '../../src/database/sql.ts';
import { recordAudit } from '../../src/access/audit/record-audit.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { CLOSING_GROUPS } from '../../src/shared/calendar.rules.ts';
import { makeSale } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
before(async () => {
  world = await createWorld();
  await makeConfirmedRows();
});
after(() => world.close());

const run = (statement: string) => sqlOf(world.deps.orm.em.fork()).executeQuery(CompiledQuery.raw(statement));

/** One row of each kind that is final, as the night leaves it. */
async function makeConfirmedRows(): Promise<void> {
  const { company, contract, service, line } = await makeSale(world.deps);
  await makeSale(world.deps);
  await inTransaction(world.deps, (tx) =>
    recordAudit(tx, { actor: 'cli:test', action: 'company.create', subject: `company:${company.code}` }),
  );
  const settlementId = world.deps.ids.next();
  for (const group of CLOSING_GROUPS) {
    await run(`INSERT INTO billing_period (period, closing_group, starts_on, closes_on, issue_on, due_on, state)
      VALUES ('2026-04', ${group}, '2026-04-01', '2026-04-30', '2026-05-13', '2026-06-01', 'open')`);
  }
  await run(
    `INSERT INTO line_invoice_tax (billing_period, closing_group, line_id, holder_from, part, tax_code, tax_rate_bps, total_minor, tax_minor)
     VALUES ('2026-04', 31, '${line.lineId}', '2026-01-01', 'registered', 'standard', 1000, 1000, 90)`,
  );
  await run(`UPDATE billing_period SET state = 'closed', invoice_count = 1, item_count = 1, total_minor = 1000,
    checksum = REPEAT('a', 64), closed_at = '2026-05-01'`);
  await run(`INSERT INTO settlement (id, company_id, billing_period, contract_id, number, state, settled_on, billed_minor, refunded_minor,
      line_count, item_count, tariff_code, tariff_from, fee_branch, fee_ex_tax_minor, fee_tax_rate_bps, fee_tax_minor, carried_in_minor,
      payout_minor, carried_out_minor, payout_on, created_at, rule_version, legal_model, settlement_basis, fee_taxable)
    SELECT '${settlementId}', ${company.id}, '2026-04', ${contract.id}, 'S202604-000001', 'draft',
    '2026-05-25', 1000, 0, 1, 1, code, valid_from, 'percent', 50, 1000, 5, 0, 945, 0, '2026-06-30', '2026-05-26', 2, 'agency', 'billed', TRUE
    FROM tariff WHERE code = 'flets-2011' LIMIT 1`);
  await run(
    `INSERT INTO settlement_part (settlement_id, closing_group, service_id, tax_code, tax_rate_bps, line_count, item_count, total_minor)
    VALUES ('${settlementId}', 31, ${service.id}, 'standard', 1000, 1, 1, 1000)`,
  );
  await run(`INSERT INTO approval (id, kind, subject, input, changes, subject_hash, reason, state, maker, proposed_at, expires_at)
    VALUES ('A', 'settlement.approve', 'settlement:S202604-000001', '{"revision":1}', '{}', REPEAT('a', 64), 'reviewed', 'pending',
      'staff:hanako', '2026-05-26', '2026-06-09')`);
  await run("UPDATE approval SET state = 'executed', checker = 'staff:jiro', decided_at = '2026-05-27'");
  await run("UPDATE settlement SET state = 'approved', approval_id = 'A', approved_at = '2026-05-27'");
}

const changes = [
  ['UPDATE settlement SET company_id = company_id + 1', /settlement_is_final/],
  ["UPDATE settlement SET number = 'S202604-000002'", /settlement_is_final/],
  ["UPDATE settlement SET fee_branch = 'minimum'", /settlement_is_final/],
  ['UPDATE settlement SET line_count = 2', /settlement_is_final/],
  ["UPDATE settlement SET settled_on = '2026-05-26'", /settlement_is_final/],
  ["UPDATE settlement SET state = 'draft'", /settlement_is_final/],
  ['DELETE FROM settlement', /settlement_stays/],
  ['UPDATE settlement_part SET total_minor = 2000', /settlement_part_is_final/],
  ['DELETE FROM settlement_part', /settlement_part_stays/],
  ['UPDATE line_invoice_tax SET tax_minor = 0', /line_invoice_tax_is_final/],
  ['DELETE FROM line_invoice_tax', /line_invoice_tax_stays/],
  ["UPDATE billing_period SET state = 'open'", /billing_period_is_final/],
  ['DELETE FROM billing_period', /billing_period_stays/],
  ["UPDATE tariff SET definition = '{}'", /tariff_is_final/],
  ["DELETE FROM tariff WHERE code = 'west-2004'", /tariff_stays/],
  ["UPDATE audit_entry SET actor = 'somebody else'", /audit_entry_is_final/],
  ['DELETE FROM audit_entry', /audit_entry_stays/],
] as const;

for (const [statement, refusal] of changes) {
  test(`the database refuses ${statement}`, async () => {
    await assert.rejects(run(statement), refusal);
  });
}

test('an approved settlement becomes paid once, and stays paid', async () => {
  await run("UPDATE settlement SET state = 'paid'");
  await assert.rejects(run("UPDATE settlement SET state = 'approved'"), /settlement_is_final/);
});
