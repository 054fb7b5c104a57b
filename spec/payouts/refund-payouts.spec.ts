import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { CompiledQuery } from 'kysely';
import { approveChange } from '../../src/access/approvals/decide-approval.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { importPayoutResults } from '../../src/payouts/import-payout-results.ts';
import { listDuePayouts } from '../../src/payouts/list-due-payouts.ts';
import { payoutRunApproval } from '../../src/payouts/payout-run-approval.ts';
import { getPayoutRun } from '../../src/payouts/payout-run.queries.ts';
import { preparePayouts } from '../../src/payouts/prepare-payouts.ts';
import { writePayoutFile } from '../../src/payouts/write-payout-file.ts';
import { staff } from '../support/actors.ts';
import { hanako, jiro, person } from '../support/people.ts';
import { createPayoutWorld, prepareRun, proposeRun, resultsOf, type PayoutWorld } from './payout-world.ts';
import { readZengin } from './read-zengin.ts';

describe('refunds by bank', () => {
  let world: PayoutWorld;
  let refundId: string;
  const run = (statement: string) =>
    sqlOf(world.deps.orm.em.fork()).executeQuery(CompiledQuery.raw(statement));

  before(async () => {
    world = await createPayoutWorld(1);
    refundId = world.deps.ids.next();
    await run(`INSERT INTO refund (id, charge_id, company_id, service_id, line_id, holder_from, charge_period, charge_group,
        amount_minor, refunded_before_minor, tax_code, tax_rate_bps, kind, business_date, billing_period, reason, created_by, created_at)
      SELECT '${refundId}', id, company_id, service_id, line_id, holder_from, billing_period, closing_group,
        1000, 0, tax_code, tax_rate_bps, 'bank', '2026-05-10', '2026-05', 'requested', 'spec', '2026-05-10' FROM charge ORDER BY id LIMIT 1`);
    await run(
      `INSERT INTO bank_refund (refund_id, state, amount_minor) VALUES ('${refundId}', 'waiting', 1000)`,
    );
    await run(`INSERT INTO invoice_collection (invoice_number, billing_period, closing_group, total_minor, state, collected_minor,
        uncollected_minor, result_count, changed_on)
      SELECT l.number, l.billing_period, l.closing_group, l.total_minor, 'collected', l.total_minor, 0, 1, '2026-05-10' FROM line_invoice l
      JOIN refund r ON r.line_id = l.line_id AND r.charge_period = l.billing_period WHERE r.id = '${refundId}'`);
    await run(
      `UPDATE bank_refund SET state = 'payable', payable_minor = 900, cancelled_minor = 100, decided_on = '2026-05-10'`,
    );
  });
  after(() => world.close());

  it('wait for the account of the former holder', async () => {
    const due = await listDuePayouts(world.deps, jiro);
    const refund = due.find(({ kind }) => kind === 'refund');
    assert.deepEqual(
      [refund?.reference, refund?.amountMinor, refund?.payOn, refund?.fault],
      [refundId, 900n, '2026-05-12', 'no bank account is known'],
    );
  });

  it('are paid with the settlements, approved by another person than who proposed the account', async () => {
    const { deps } = world;
    await enterAccount();
    const number = await prepareRun(deps);
    const approvalId = await proposeRun(deps, number);
    const maker = person('shiori', 'billing-approver');
    await assert.rejects(approveChange(deps, maker, [payoutRunApproval], { approvalId }), {
      code: 'approval-own',
    });
    await approveChange(deps, jiro, [payoutRunApproval], { approvalId });
    const { path } = await writePayoutFile(deps, hanako, { number });
    const file = readZengin(await readFile(path));
    assert.deepEqual(file.transfers.map(({ amount, payee }) => [amount, payee]).at(-1), [900n, 'ﾐﾎﾝ ﾀﾛｳ']);
    const entries = await run(`SELECT e.kind FROM ledger_entry e JOIN payout p ON p.id = e.journal_id
      WHERE p.kind = 'refund' ORDER BY e.kind`);
    assert.deepEqual(
      (entries.rows as { kind: string }[]).map(({ kind }) => kind),
      ['payout-sent', 'refund-paid'],
    );
    const { lines } = await getPayoutRun(deps, hanako, number);
    world.clock.set(new Date('2026-05-14T01:00:00.000Z'));
    const rows = lines.map(({ lineNumber, amountMinor, kind }) =>
      kind === 'refund'
        ? `${number},${lineNumber},${amountMinor},returned,2026-05-13,口座なし`
        : `${number},${lineNumber},${amountMinor},settled,2026-05-12,`,
    );
    await importPayoutResults(deps, hanako, { file: resultsOf(...rows) });

    // What came back has not proven the account: the same person does not approve it the second time either.
    const { runs } = await preparePayouts(deps, hanako, { sameAccount: true });
    const again = runs[0]!;
    const secondId = await proposeRun(deps, again);
    await assert.rejects(approveChange(deps, maker, [payoutRunApproval], { approvalId: secondId }), {
      code: 'approval-own',
    });
    await approveChange(deps, jiro, [payoutRunApproval], { approvalId: secondId });
    await writePayoutFile(deps, hanako, { number: again });
    world.clock.set(new Date('2026-05-18T01:00:00.000Z'));
    const settled = resultsOf(`${again},1,900,settled,2026-05-15,`);
    assert.deepEqual((await importPayoutResults(deps, hanako, { file: settled })).refused, []);
    const repeated = await getPayoutRun(deps, hanako, again);
    const paid = await run('SELECT state, payout_id AS payoutId FROM bank_refund');
    assert.deepEqual(paid.rows, [{ state: 'paid', payoutId: repeated.lines[0]!.id }]);
    const tenth = (await checkInvariants(deps, staff())).find((invariant) => invariant.number === 10);
    assert.deepEqual(tenth?.offending, []);
    assert.deepEqual(await listDuePayouts(deps, jiro), []);
  });

  /** As a proposal of one person and an approval of another leave it. */
  async function enterAccount(): Promise<void> {
    const account = {
      bankCode: '9999',
      bankName: 'ミホン',
      branchCode: '003',
      branchName: 'シナガワ',
      accountType: 'ordinary',
      accountNumber: '0000009',
      accountHolder: 'ミホン タロウ',
    };
    const id = world.deps.ids.next();
    const tenure = await run(`SELECT line_id AS lineId, CAST(holder_from AS CHAR) AS holderFrom FROM refund`);
    const [{ lineId, holderFrom }] = tenure.rows as [{ lineId: string; holderFrom: string }];
    const input = JSON.stringify({ ...account, lineId, holderFrom });
    await run(`INSERT INTO approval (id, kind, subject, input, changes, subject_hash, reason, state, maker, proposed_at, expires_at)
      VALUES ('${id}', 'refund.account', 'line:${lineId}', '${input}', '{}', REPEAT('a', 64), 'letter', 'pending', 'staff:shiori',
        '2026-05-10', '2026-06-10')`);
    await run(
      `UPDATE approval SET state = 'executed', checker = 'staff:kenji', decided_at = '2026-05-11' WHERE id = '${id}'`,
    );
    const values = Object.values(account).map((value) => `'${value}'`);
    await run(`INSERT INTO refund_account (line_id, holder_from, version, bank_code, bank_name, branch_code, branch_name, account_type,
      account_number, account_holder, approval_id, created_at) VALUES ('${lineId}', '${holderFrom}', 1, ${values.join(', ')}, '${id}', '2026-05-11')`);
  }
});
