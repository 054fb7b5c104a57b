import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { approveChange } from '../../src/access/approvals/decide-approval.ts';
import { approvalKinds } from '../../src/approval-kinds.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { proposeSettlements } from '../../src/settlements/propose-settlements.ts';
import { rejectSettlement } from '../../src/settlements/reject-settlement.ts';
import { settleCompanies } from '../../src/settlements/settle-companies.ts';
import { CLOSING_GROUPS } from '../../src/shared/calendar.rules.ts';
import { listBrokenInvariants } from '../support/broken-invariants.ts';
import { closeMonth, makeLineIds } from '../support/closed-month.ts';
import { makeCompany, makeContract, makeService } from '../support/factories.ts';
import { fakeRun } from '../support/fake-run.ts';
import { hanako, jiro } from '../support/people.ts';
import { createWorld, type World } from '../support/world.ts';

const COMPANIES = 8;

describe('an approval of a settlement and its next draft, at once', () => {
  let world: World;
  before(async () => {
    world = await createWorld();
    const sales = [];
    for (let made = 0; made < COMPANIES; made += 1) {
      const { id: companyId } = await makeCompany(world.deps);
      const { id: serviceId } = await makeService(world.deps, { companyId });
      await makeContract(world.deps, { companyId });
      for (const [index, lineId] of makeLineIds(6).entries())
        sales.push({
          companyId,
          serviceId,
          lineId,
          closingGroup: CLOSING_GROUPS[index]!,
          amountMinor: 1_000n,
        });
    }
    await closeMonth(world.deps, { period: '2026-05', sales });
    await settle();
  });
  after(() => world.close());

  const settle = () =>
    fakeRun(world.deps, settleCompanies, { job: 'settle-companies', businessDate: '2026-06-25' });
  const settlements = () =>
    sqlOf(world.deps.orm.em.fork())
      .selectFrom('settlement')
      .select(['number', 'state', 'revision', 'approvalId'])
      .orderBy('number')
      .execute();
  /** Proposes a draft; returns the approval that waits. */
  const propose = async (number: string) => {
    await proposeSettlements(world.deps, hanako, { numbers: [number], reason: 'reviewed' });
    const { id } = await sqlOf(world.deps.orm.em.fork())
      .selectFrom('approval')
      .select('id')
      .where('subject', '=', `settlement:${number}`)
      .where('state', '=', 'pending')
      .executeTakeFirstOrThrow();
    return id;
  };
  const approve = (approvalId: string) => approveChange(world.deps, jiro, approvalKinds, { approvalId });
  const reject = (number: string) => rejectSettlement(world.deps, hanako, { number, reason: 'wrong' });

  it('an approval that comes first has the rejection wait, and refused', async () => {
    const { number } = (await settlements())[0]!;
    const approvalId = await propose(number);
    let rejecting: Promise<string> | undefined;
    await inTransaction(world.deps, async (tx) => {
      await approveChange(tx, jiro, approvalKinds, { approvalId });
      rejecting = reject(number).then(
        () => 'rejected',
        (error: { code?: string }) => String(error.code),
      );
      await sqlOf(tx.em).selectFrom('settlement').select('id').execute();
    });
    assert.equal(await rejecting, 'illegal-state');
    assert.equal((await settlements())[0]!.state, 'approved');
  });

  it('an approval of a draft that was drafted again meanwhile approves nothing', async () => {
    const { number } = (await settlements())[1]!;
    const approvalId = await propose(number);
    await reject(number);
    await settle();
    // The rejection has decided what waited for this draft.
    await assert.rejects(approve(approvalId), { code: 'approval-decided' });
    const { state, revision } = (await settlements())[1]!;
    assert.deepEqual([state, revision], ['draft', 2]);
  });

  it('of both at once one wins, and nothing is approved that was not seen', async () => {
    const numbers = (await settlements()).slice(2).map(({ number }) => number);
    const approvals = new Map<string, string>();
    for (const number of numbers) approvals.set(number, await propose(number));
    const acts = numbers.flatMap((number, index) => {
      const pair = [
        () => approve(approvals.get(number)!),
        async () => {
          await reject(number);
          await settle();
        },
      ];
      return index % 2 === 0 ? pair : pair.toReversed();
    });
    const outcomes = await Promise.allSettled(acts.map((act) => act()));
    for (const outcome of outcomes)
      if (outcome.status === 'rejected')
        assert.match(
          String((outcome.reason as { code?: string }).code),
          /^(approval-(void|decided)|illegal-state)$/,
        );
    await settle();
    const seen = await settlements();
    for (const { number, state, revision, approvalId } of seen.slice(2)) {
      if (state === 'approved') assert.deepEqual([revision, approvalId], [1, approvals.get(number)]);
      else assert.deepEqual([state, revision, approvalId], ['draft', 2, null]);
    }
    assert.deepEqual(await listBrokenInvariants(world.deps), []);
  });
});
