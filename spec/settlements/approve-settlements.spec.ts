import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { getApproval } from '../../src/access/approvals/approval.queries.ts';
import { approveChange } from '../../src/access/approvals/decide-approval.ts';
import { proposeChange } from '../../src/access/approvals/propose-change.ts';
import { approvalKinds } from '../../src/approval-kinds.ts';
import { bankAccountApproval } from '../../src/bank-accounts/bank-account-approval.ts';
import { sqlOf } from '../../src/database/sql.ts';
import type { Deps } from '../../src/deps.ts';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { approveSettlements, countPendingSettlements } from '../../src/settlements/approve-settlements.ts';
import { holdSettlement, releaseSettlement } from '../../src/settlements/hold-settlement.ts';
import { proposeSettlements } from '../../src/settlements/propose-settlements.ts';
import { rejectSettlement } from '../../src/settlements/reject-settlement.ts';
import { settleCompanies } from '../../src/settlements/settle-companies.ts';
import { CLOSING_GROUPS } from '../../src/shared/calendar.rules.ts';
import { tamper } from '../invariants/tamper.ts';
import { staff } from '../support/actors.ts';
import { closeMonth, makeLineIds, type Sale } from '../support/closed-month.ts';
import { makeCompany, makeContract, makeService } from '../support/factories.ts';
import { fakeRun } from '../support/fake-run.ts';
import { hanako, jiro, person } from '../support/people.ts';
import { onServer } from '../support/test-server.ts';
import { createWorld, type World } from '../support/world.ts';

const period = '2026-05';
const reason = 'reviewed';

/** Changes the lines of a draft. */
const part = (set: string) => `UPDATE settlement_part SET ${set} WHERE settlement_id = '?' LIMIT 1`;

describe('the settlements of a month', () => {
  let world: World;
  let deps: Deps;
  let sellers: { companyId: number; code: string; serviceId: number }[];
  beforeEach(async () => {
    world = await createWorld();
    deps = world.deps;
    sellers = [];
    for (let made = 0; made < 3; made += 1) {
      const { id: companyId, code } = await makeCompany(deps);
      const { id: serviceId } = await makeService(deps, { companyId });
      await makeContract(deps, { companyId });
      sellers.push({ companyId, code, serviceId });
    }
    for (const month of [period, '2026-06']) await closeMonth(deps, { period: month, sales: sales() });
    await settle('2026-06-25');
  });
  afterEach(() => world.close());

  function sales(): Sale[] {
    return makeLineIds(6).map((lineId, index) => {
      const { companyId, serviceId } = sellers[index % 3]!;
      return { companyId, serviceId, lineId, closingGroup: CLOSING_GROUPS[index]!, amountMinor: 1_000n };
    });
  }
  const settle = (businessDate: string) =>
    fakeRun(deps, settleCompanies, { job: 'settle-companies', businessDate });
  const run = (statement: string) => deps.orm.em.fork().execute(statement);
  const propose = () => proposeSettlements(deps, hanako, { period, reason });
  const approve = async (actor = jiro) =>
    approveSettlements(deps, actor, {
      period,
      expect: await countPendingSettlements(deps, actor, { period }),
    });
  const rows = () =>
    sqlOf(deps.orm.em.fork())
      .selectFrom('settlement')
      .selectAll()
      .orderBy('billingPeriod')
      .orderBy('id')
      .execute();
  const statesOf = async () => (await rows()).map(({ state }) => state);
  const posted = async () =>
    (
      await sqlOf(deps.orm.em.fork())
        .selectFrom('ledger_entry')
        .select('kind')
        .where('kind', 'in', ['fee', 'tax', 'payout'])
        .execute()
    ).length;
  const broken = async () =>
    (await checkInvariants(deps, staff())).flatMap(({ number, offending }) =>
      offending.map((row) => `${number}: ${row.broken}`),
    );

  it('are drafts of the night, posted and final once one person has proposed and another approved them', async () => {
    assert.deepEqual([await statesOf(), await posted()], [['draft', 'draft', 'draft'], 0]);
    assert.deepEqual(await broken(), []);
    world.clock.set(new Date('2026-07-10T03:00:00.000Z'));
    assert.equal((await propose()).length, 3);
    assert.deepEqual([await statesOf(), await posted()], [['draft', 'draft', 'draft'], 0]);
    assert.equal((await approve()).length, 3);
    for (const { state, approvalId, approvedAt } of await rows()) {
      assert.equal(state, 'approved');
      const { maker, checker, kind, changes } = await getApproval(deps, jiro, approvalId!);
      assert.deepEqual([maker, checker, kind], ['staff:hanako', 'staff:jiro', 'settlement.approve']);
      const shown = changes as Record<string, { after: string } | undefined>;
      const [tariff] = await deps.orm.em
        .fork()
        .execute<object[]>(
          'SELECT tariff_code AS tariffCode, DATE_FORMAT(tariff_from, "%Y-%m-%d") AS tariffFrom, fee_branch AS feeBranch FROM settlement WHERE approval_id = ?',
          [approvalId],
        );
      for (const [field, value] of Object.entries(tariff!)) assert.equal(shown[field]?.after, value, field);
      assert.equal(approvedAt?.toISOString(), '2026-07-10T03:00:00.000Z');
    }
    assert.equal(await posted(), 9);
    assert.deepEqual(await broken(), []);
    assert.deepEqual([await propose(), await approve()], [[], []]);
  });

  it('are approved as they were seen: nothing when one more waits, or another sum, or the approver names none', async () => {
    const [first] = await rows();
    await proposeSettlements(deps, hanako, { numbers: [first!.number], reason });
    const seen = await countPendingSettlements(deps, jiro, { period });
    assert.deepEqual(seen, { count: 1, payoutMinor: first!.payoutMinor });
    await propose();
    await assert.rejects(approveSettlements(deps, jiro, { period, expect: seen }), {
      code: 'illegal-state',
      message: /3\/\d+ waits .* you have seen 1\//,
    });
    const sum = (await countPendingSettlements(deps, jiro, { period })).payoutMinor;
    const other = { count: 3, payoutMinor: sum - 1n };
    await assert.rejects(approveSettlements(deps, jiro, { period, expect: other }), {
      code: 'illegal-state',
    });
    await assert.rejects(approveSettlements(deps, jiro, { period }), { code: 'invalid-request' });
    assert.deepEqual([await statesOf(), await posted()], [['draft', 'draft', 'draft'], 0]);
    const outcomes = await approveSettlements(deps, jiro, { period, expect: { count: 3, payoutMinor: sum } });
    assert.deepEqual(
      outcomes.map(({ refused }) => refused),
      [undefined, undefined, undefined],
    );
  });

  it('are approved by nobody who proposed them', async () => {
    const both = person('hanako', 'billing', 'billing-approver');
    await propose();
    const outcomes = await approve(both);
    assert.ok(
      outcomes.every(({ refused }) => refused?.includes('another person')),
      JSON.stringify(outcomes),
    );
    assert.deepEqual([await statesOf(), await posted()], [['draft', 'draft', 'draft'], 0]);
  });

  it('hold each other up in no way: one whose company has another account since is not approved', async () => {
    await propose();
    const bank = { bankCode: '9999', bankName: 'ミホン', branchCode: '001', branchName: 'ホンテン' };
    const account = { accountType: 'ordinary', accountNumber: '7654321', accountHolder: 'ミセ' } as const;
    const input = { companyCode: sellers[1]!.code, ...bank, ...account };
    const approvalId = await proposeChange(deps, hanako, bankAccountApproval, { input, reason: 'letter' });
    await approveChange(deps, jiro, approvalKinds, { approvalId });
    const outcomes = await approve();
    assert.deepEqual(
      outcomes.map(({ refused }) => refused !== undefined),
      [false, true, false],
    );
    assert.deepEqual(await statesOf(), ['approved', 'draft', 'approved']);
    await propose();
    await approve();
    assert.deepEqual(await statesOf(), ['approved', 'approved', 'approved']);
  });

  it('are drafted again once rejected, under their number, and nothing else is', async () => {
    const [first, second] = await rows();
    await propose();
    await rejectSettlement(deps, jiro, { number: second!.number, reason: 'a refund is missing' });
    await approve();
    assert.deepEqual(await statesOf(), ['approved', 'rejected', 'approved']);
    const approved = (await rows())[0];
    assert.deepEqual(await broken(), []);
    await settle('2026-06-26');
    const again = (await rows()).find(({ id }) => id === second!.id)!;
    assert.deepEqual(
      [again.number, again.state, again.revision, again.rejectedReason, again.payoutMinor],
      [second!.number, 'draft', 2, null, second!.payoutMinor],
    );
    assert.deepEqual((await rows())[0], approved);
    assert.equal(approved?.number, first!.number);
    assert.deepEqual(await broken(), []);
    await propose();
    assert.deepEqual(
      (await approve()).map(({ refused }) => refused),
      [undefined],
    );
  });

  it('follow each other: the next month of a company is drafted when the one before is approved', async () => {
    await propose();
    await rejectSettlement(deps, hanako, { number: (await rows())[0]!.number, reason: 'not yet' });
    await approve();
    const next = await settle('2026-07-25');
    // The rejected one again, and June of the other two.
    assert.equal(next.counts.done, 3);
    assert.deepEqual(
      (await rows()).map(({ billingPeriod, state }) => `${billingPeriod} ${state}`),
      [`${period} draft`, `${period} approved`, `${period} approved`, '2026-06 draft', '2026-06 draft'],
    );
  });

  it('may be held and released, while later months go on', async () => {
    await propose();
    await approve();
    const { number } = (await rows())[0]!;
    await holdSettlement(deps, jiro, { number, reason: 'the account is disputed' });
    await assert.rejects(holdSettlement(deps, jiro, { number, reason }), { code: 'illegal-state' });
    assert.equal((await rows())[0]?.heldReason, 'the account is disputed');
    assert.equal((await settle('2026-07-25')).counts.done, 3);
    assert.deepEqual(await broken(), []);
    await releaseSettlement(deps, jiro, { number, reason: 'settled' });
    assert.equal((await rows())[0]?.heldReason, null);
    assert.deepEqual(await broken(), []);
  });

  it('are approved whole or not at all, wherever the process ends', async () => {
    const [proposed] = await proposeSettlements(deps, hanako, {
      numbers: [(await rows())[0]!.number],
      reason,
    });
    const approvalId = proposed!.approvalId!;
    for (let identifiers = 0; ; identifiers += 1) {
      let left = identifiers;
      const next = () => {
        if (left === 0) throw new Error('the process ended');
        left -= 1;
        return deps.ids.next();
      };
      const dying: Deps = { ...deps, ids: { ...deps.ids, next } };
      const attempt = approveChange(dying, jiro, approvalKinds, { approvalId });
      const hasEnded = await attempt.then(
        () => false,
        (error: Error) => {
          assert.match(error.message, /the process ended/);
          return true;
        },
      );
      if (!hasEnded) break;
      assert.deepEqual([(await statesOf())[0], await posted()], ['draft', 0]);
      assert.equal((await getApproval(deps, jiro, approvalId)).state, 'pending');
    }
    assert.deepEqual([(await statesOf())[0], await posted()], ['approved', 3]);
  });

  it('are approved once when two approve at once, and never beside a rejection', async () => {
    await propose();
    const other = person('shiro', 'billing-approver');
    const seen = await countPendingSettlements(deps, jiro, { period });
    const both = [jiro, other].map((actor) => approveSettlements(deps, actor, { period, expect: seen }));
    const outcomes = (await Promise.allSettled(both)).flatMap((act) =>
      act.status === 'fulfilled' ? act.value : [],
    );
    assert.equal(outcomes.filter(({ refused }) => refused === undefined).length, 3);
    assert.equal(await posted(), 9);
    await settle('2026-07-25');
    const { number } = (await rows()).at(-1)!;
    await proposeSettlements(deps, hanako, { numbers: [number], reason });
    const [approved, rejected] = await Promise.allSettled([
      approveSettlements(deps, jiro, { numbers: [number] }),
      rejectSettlement(deps, other, { number, reason: 'no' }),
    ]);
    const isApproved = approved.status === 'fulfilled' && approved.value[0]?.refused === undefined;
    assert.notEqual(isApproved, rejected.status === 'fulfilled');
    const after = (await rows()).find((row) => row.number === number);
    assert.equal(after?.state, isApproved ? 'approved' : 'rejected');
    assert.deepEqual(await broken(), []);
  });

  it('are refused by the database without two people of the carrier, out of order, and changed afterwards', async () => {
    const [first, second] = await rows();
    const set = (id: string, values: string) => run(`UPDATE settlement SET ${values} WHERE id = '${id}'`);
    await assert.rejects(set(first!.id, "state = 'approved'"), /settlement_takes_two/);
    const [proposed] = await propose();
    const named = `state = 'approved', approved_at = NOW(3), approval_id = '${proposed!.approvalId}'`;
    await assert.rejects(set(first!.id, named), /settlement_takes_two/);
    await approveSettlements(deps, jiro, { numbers: [first!.number] });
    await assert.rejects(set(second!.id, named), /settlement_takes_two|settlement_approval_once/);
    await assert.rejects(set(first!.id, 'payout_minor = payout_minor + 1'), /settlement_is_final/);
    await assert.rejects(set(first!.id, 'approval_id = NULL, approved_at = NULL'), /settlement_is_final/);
    await assert.rejects(set(first!.id, "state = 'rejected', rejected_reason = 'x'"), /settlement_is_final/);
    const columns = `contract_id, settled_on, billed_minor, refunded_minor, line_count, item_count, tariff_code, tariff_from,
      fee_branch, fee_ex_tax_minor, fee_tax_rate_bps, fee_tax_minor, carried_in_minor, payout_minor, carried_out_minor, payout_on,
      created_at, rule_version, legal_model, settlement_basis, fee_taxable`;
    const next = `INSERT INTO settlement (id, company_id, billing_period, number, state, ${columns})
      SELECT 'D', company_id, '2026-06', 'D', 'draft', ${columns} FROM settlement WHERE id = '${second!.id}'`;
    await assert.rejects(run(next), /settlement_in_order/);
    await tamper(
      deps,
      'settlement',
      `UPDATE settlement SET set_up_ex_tax_minor = 1 WHERE id = '${first!.id}'`,
    );
    await set(second!.id, `contract_id = ${first!.contractId}`);
    await assert.rejects(
      set(second!.id, 'set_up_ex_tax_minor = 1, carried_in_minor = carried_in_minor + 1'),
      /settlement_set_up_once/,
    );
  });

  for (const [what, refusal, ...statements] of [
    ['with a line of another amount', /its lines are not its sum/, part('total_minor = total_minor + 1')],
    ['with a line of other items', /its lines are not its sum/, part('item_count = item_count + 1')],
    [
      'with a refund among the lines that is none of its figures',
      /its lines are not its sum/,
      part('total_minor = total_minor + 10'),
      `INSERT INTO settlement_part (settlement_id, closing_group, service_id, tax_code, tax_rate_bps, kind, original_period,
          line_count, item_count, total_minor)
        SELECT settlement_id, closing_group, service_id, tax_code, tax_rate_bps, 'refund', '2026-04', 1, 1, -10
        FROM settlement_part WHERE settlement_id = '?' LIMIT 1`,
    ],
    [
      'with refunds that no line names',
      /its lines are not its sum/,
      "UPDATE settlement SET refunded_minor = 10, payout_minor = payout_minor - 10 WHERE id = '?'",
    ],
    [
      'as paid at once',
      /a draft is approved before it is paid/,
      "UPDATE settlement SET state = 'paid' WHERE id = '?'",
    ],
    ['by nobody', /settlement_takes_two/],
    [
      'as a draft that is rejected without a reason',
      /settlement_rejected/,
      "UPDATE settlement SET state = 'rejected' WHERE id = '?'",
    ],
    [
      'after it was rejected',
      /a rejected settlement becomes its next draft/,
      "UPDATE settlement SET state = 'rejected', rejected_reason = 'x' WHERE id = '?'",
    ],
  ] as const) {
    it(`are not approved ${what}`, async () => {
      const { id } = (await rows())[0]!;
      await onServer(world.database.url, async (connection) => {
        await connection.beginTransaction();
        const approval = "UPDATE settlement SET state = 'approved', rejected_reason = NULL WHERE id = '?'";
        const attempt = async () => {
          for (const statement of [...statements, approval])
            await connection.query(statement.replace('?', id));
        };
        await assert.rejects(attempt(), refusal);
        await connection.rollback();
      });
    });
  }

  for (const [what, table, statement, sentences] of [
    [
      'approved by nobody',
      'settlement',
      "UPDATE settlement SET state = 'approved' WHERE billing_period = '2026-06' ORDER BY id LIMIT 1",
      ['12: a settlement is approved by two people of the carrier, who saw this draft of it'],
    ],
    [
      'approved by one person',
      'approval',
      "UPDATE approval SET checker = maker WHERE kind = 'settlement.approve' ORDER BY id LIMIT 1",
      ['12: every executed approval has two different people, and neither is a job'],
    ],
    [
      'approved by a job',
      'approval',
      "UPDATE approval SET checker = 'job:night' WHERE kind = 'settlement.approve' ORDER BY id LIMIT 1",
      [
        '12: every executed approval has two different people, and neither is a job',
        '12: a settlement is approved by two people of the carrier, who saw this draft of it',
      ],
    ],
    [
      'posted as a draft',
      'ledger_entry',
      `INSERT INTO ledger_entry SELECT '2026-06-25', s.id, 'fee', a.id, f.id, 100, s.billing_period FROM settlement s
        JOIN ledger_account a ON a.company_id = s.company_id JOIN ledger_account f ON f.code = 'fee-revenue'
        WHERE s.state = 'draft' LIMIT 1`,
      [
        '7: what an approved settlement charges and pays out is what the ledger was given then, and a draft has given it nothing',
      ],
    ],
    [
      'approved before the month before',
      'settlement',
      "UPDATE settlement SET state = 'draft', approval_id = NULL, approved_at = NULL WHERE billing_period = '2026-05' ORDER BY id LIMIT 1",
      ['4: no month of a company is settled before the one before it is approved'],
    ],
    [
      'with a set-up fee twice',
      'settlement',
      "UPDATE settlement SET set_up_ex_tax_minor = 100, set_up_tax_minor = 10, payout_minor = payout_minor - 110 WHERE billing_period = '2026-06' ORDER BY id LIMIT 1",
      ['4: the set-up fee of a contract is billed once, with its first settlement'],
    ],
  ] as const) {
    it(`${what} by plain SQL are found by the check`, async () => {
      await propose();
      await approve();
      await settle('2026-07-25');
      await tamper(deps, table, statement);
      const found = await broken();
      for (const sentence of sentences) assert.ok(found.includes(sentence), found.join('\n'));
    });
  }
});
