import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CompiledQuery } from 'kysely';
import { sqlOf } from '../../src/database/sql.ts';
import { writePayoutFile } from '../../src/payouts/write-payout-file.ts';
import { approveRun, createPayoutWorld, prepareRun, type PayoutWorld } from '../payouts/payout-world.ts';
import { hanako } from '../support/people.ts';

let world: PayoutWorld;
before(async () => void (world = await createPayoutWorld()));
after(() => world.close());

const run = (statement: string) => sqlOf(world.deps.orm.em.fork()).executeQuery(CompiledQuery.raw(statement));
/** The first payout again in a run, with some columns changed. */
const copyInto = (runId: string, over: Record<string, string> = {}) => {
  const columns = [
    'id',
    'run_id',
    'line_number',
    'kind',
    'settlement_id',
    'refund_id',
    'company_id',
    'amount_minor',
    'due_on',
  ];
  const account = [
    'pay_on',
    'account_version',
    'bank_code',
    'bank_name',
    'branch_code',
    'branch_name',
    'account_type',
  ];
  const rest = [
    'account_number',
    'payee',
    'account_news',
    'replaces_id',
    'state',
    'result_on',
    'returned_reason',
    'created_at',
  ];
  const names = [...columns, ...account, ...rest];
  const given: Record<string, string> = {
    id: `'${world.deps.ids.next()}'`,
    run_id: runId,
    line_number: '9',
    ...over,
  };
  const values = names.map((name) => given[name] ?? name);
  return run(
    `INSERT INTO payout (${names.join(', ')}) SELECT ${values.join(', ')} FROM payout ORDER BY id LIMIT 1`,
  );
};
const draftAgain = (
  number: string,
) => `INSERT INTO payout_run (id, number, prepared_on, pay_on, state, payout_count, total_minor, originator,
    prepared_by, created_at) SELECT '${number}', '${number}', prepared_on, pay_on, 'draft', 1, 1, originator, prepared_by, created_at
  FROM payout_run LIMIT 1`;

test('the database refuses what would send money twice, elsewhere or without a second person', async () => {
  const number = await prepareRun(world.deps);
  const refuses = async (statement: string, refusal: RegExp) =>
    assert.rejects(run(statement), refusal, statement);

  await refuses("UPDATE payout_run SET state = 'sent'", /payout_run_goes_forward/);
  await refuses("UPDATE payout_run SET state = 'approved'", /payout_run_takes_two/);
  await refuses("UPDATE payout SET state = 'sent'", /payout_goes_forward/);
  await refuses('UPDATE payout SET amount_minor = amount_minor + 1', /payout_is_final/);
  await refuses("UPDATE payout SET account_number = '7777777'", /payout_is_final/);
  await refuses("UPDATE payout SET iban = 'DE75512108001245126199'", /payout_is_final/);
  await refuses("UPDATE payout SET bic = 'COBADEFFXXX'", /payout_is_final/);
  await refuses('UPDATE payout_run SET total_minor = 1', /payout_run_goes_forward/);
  await refuses('DELETE FROM payout', /payout_stays/);
  await refuses('DELETE FROM payout_run', /payout_run_stays/);
  await assert.rejects(copyInto('run_id'), /payout_of_settlement_once/);
  await assert.rejects(copyInto('run_id', { amount_minor: 'amount_minor + 1' }), /payout_is_owed/);
  await assert.rejects(copyInto('run_id', { account_number: "'7777777'" }), /payout_is_owed/);
  await assert.rejects(copyInto('run_id', { account_version: '2' }), /payout_is_owed/);
  await assert.rejects(copyInto('run_id', { company_id: 'company_id + 1' }), /payout_is_owed/);
  await assert.rejects(copyInto('run_id', { state: "'sent'" }), /payout_begins_planned/);
  await assert.rejects(copyInto('run_id', { replaces_id: 'id' }), /payout_replaces_returned/);
  await assert.rejects(copyInto('run_id', { pay_on: "'2026-05-13'" }), /payout_begins_planned/);

  await run(draftAgain('2026051209'));
  await approveRun(world.deps, number);
  await assert.rejects(copyInto('run_id'), /payout_begins_planned/);
  await refuses(
    `UPDATE payout_run SET approval_id = NULL WHERE number = '${number}'`,
    /payout_run_goes_forward/,
  );
  await refuses(
    `UPDATE payout_run SET state = 'approved', approval_id = (SELECT id FROM approval WHERE kind = 'payout-run.approve')
      WHERE number = '2026051209'`,
    /payout_run_takes_two|payout_run_of_approval/,
  );
  await writePayoutFile(world.deps, hanako, { number });
  const sent = `WHERE number = '${number}'`;
  await refuses(`UPDATE payout_run SET checksum = REPEAT('a', 64) ${sent}`, /payout_run_is_final/);
  await refuses(`UPDATE payout_run SET state = 'void', checksum = NULL ${sent}`, /payout_run_is_final/);
  await refuses("UPDATE payout SET state = 'planned'", /payout_goes_forward/);
  await refuses("UPDATE payout SET state = 'dropped'", /payout_goes_forward/);
  await refuses("UPDATE payout SET state = 'returned', result_on = '2026-05-13'", /payout_result/);
  await run("UPDATE payout SET state = 'settled', result_on = '2026-05-12' ORDER BY id LIMIT 1");
  await refuses(
    "UPDATE payout SET state = 'returned', result_on = '2026-05-13', returned_reason = 'x' ORDER BY id LIMIT 1",
    /payout_goes_forward/,
  );
  await assert.rejects(
    copyInto("'2026051209'", { state: "'planned'", result_on: 'NULL' }),
    /payout_of_settlement_once/,
  );
});
