import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { approveChange } from '../../src/access/approvals/decide-approval.ts';
import { proposeChange } from '../../src/access/approvals/propose-change.ts';
import { approvalKinds } from '../../src/approval-kinds.ts';
import { contractApproval } from '../../src/contracts/contract-approvals.ts';
import { rejectSettlement } from '../../src/settlements/reject-settlement.ts';
import { settleCompanies } from '../../src/settlements/settle-companies.ts';
import { BilledWorld, type SellingCompany } from '../collections/billed-world.ts';
import { refusalOf, tokyo } from '../refunds/refunding.ts';
import { approveDrafts } from '../support/approve-settlements.ts';
import { contractTerms } from '../support/contract-terms.ts';
import { fakeRun } from '../support/fake-run.ts';
import { hanako, jiro } from '../support/people.ts';

describe('a contract that begins in a month that is over', () => {
  let billed: BilledWorld;
  /** Their only contract ended before May, in which they were still billed. */
  let settled: SellingCompany;
  let drafted: SellingCompany;
  before(async () => {
    billed = await BilledWorld.create();
    settled = await billed.addSeller({ validTo: '2026-05-01' });
    await billed.bill('2026-04', [[[settled, 1_000n]]]);
    await settle('2026-05-25');
    await approveDrafts(billed.deps);
    drafted = await billed.addSeller({ validTo: '2026-05-01' });
    await billed.bill('2026-05', [
      [
        [settled, 2_000n],
        [drafted, 3_000n],
      ],
    ]);
    billed.world.clock.set(tokyo('2026-06-10'));
  });
  after(() => billed.close());

  const settle = (businessDate: string) =>
    fakeRun(billed.deps, settleCompanies, { job: 'settle-companies', businessDate });
  const propose = (companyCode: string, validFrom: string) =>
    proposeChange(billed.deps, hanako, contractApproval, {
      input: { companyCode, ...contractTerms, tariffCode: 'west-2004', validFrom },
      reason: 'signed late',
    });
  const approve = (approvalId: string) => approveChange(billed.deps, jiro, approvalKinds, { approvalId });
  const tariffOf = async ({ companyId }: SellingCompany, period: string) => {
    const [row] = await billed.rows<{ tariff: string; state: string; revision: number }>(
      'SELECT tariff_code AS tariff, state, revision FROM settlement WHERE company_id = ? AND billing_period = ?',
      [companyId, period],
    );
    return row && { ...row };
  };

  it('holds from the first month that is not settled: the night settles that by it', async () => {
    await approve(await propose(settled.code, '2026-05-01'));
    await settle('2026-06-25');
    assert.deepEqual(await tariffOf(settled, '2026-04'), {
      tariff: 'flets-2011',
      state: 'approved',
      revision: 1,
    });
    assert.deepEqual(await tariffOf(settled, '2026-05'), {
      tariff: 'west-2004',
      state: 'draft',
      revision: 1,
    });
  });

  it('is refused while a draft of the month waits, and holds for it once that is rejected', async () => {
    assert.deepEqual(await tariffOf(drafted, '2026-05'), {
      tariff: 'flets-2011',
      state: 'draft',
      revision: 1,
    });
    const { code, facts, message } = await refusalOf(propose(drafted.code, '2026-05-01'));
    assert.deepEqual([code, facts['settled_through']], ['month-settled', '2026-05']);
    assert.match(message, /reject it first/);
    const number = `S202605-${String(drafted.companyId).padStart(6, '0')}`;
    await rejectSettlement(billed.deps, hanako, { number, reason: 'another contract' });
    await approve(await propose(drafted.code, '2026-05-01'));
    await settle('2026-06-26');
    assert.deepEqual(await tariffOf(drafted, '2026-05'), {
      tariff: 'west-2004',
      state: 'draft',
      revision: 2,
    });
  });

  it('that waited for its approval is refused when the month is settled meanwhile', async () => {
    const late = await billed.addSeller({ validTo: '2026-06-01' });
    await billed.bill('2026-06', [[[late, 1_000n]]]);
    const proposed = await propose(late.code, '2026-06-01');
    await approveDrafts(billed.deps);
    await settle('2026-07-25');
    await assert.rejects(approve(proposed), { code: 'month-settled' });
    await approveDrafts(billed.deps);
    const { message } = await refusalOf(propose(late.code, '2026-06-01'));
    assert.doesNotMatch(message, /reject it first/);
    assert.equal((await tariffOf(late, '2026-06'))?.tariff, 'flets-2011');
  });
});
