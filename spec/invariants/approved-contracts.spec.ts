import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { approveChange } from '../../src/access/approvals/decide-approval.ts';
import { proposeChange } from '../../src/access/approvals/propose-change.ts';
import { approvalKinds } from '../../src/approval-kinds.ts';
import { enterFirstAccount } from '../../src/bank-accounts/enter-first-account.ts';
import { contractApproval, contractEndApproval } from '../../src/contracts/contract-approvals.ts';
import { acceptRecords } from '../../src/invariants/accept-records.ts';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { makeCompany } from '../support/factories.ts';
import { hanako, jiro, person } from '../support/people.ts';
import { contractTerms } from '../support/contract-terms.ts';
import { createWorld, type World } from '../support/world.ts';
import { staff } from '../support/actors.ts';

const approved = '12: an approved contract has the terms that two people approved';

describe('a contract that two people approved', () => {
  let world: World;
  before(async () => void (world = await createWorld()));
  after(() => world.close());
  beforeEach(async () => {
    await restore?.();
    const { code: companyCode } = await makeCompany(world.deps);
    const bank = { bankCode: '9999', bankName: 'ミホン', branchCode: '001', branchName: 'ホンテン' };
    const account = { accountType: 'ordinary', accountNumber: '1234567', accountHolder: 'ミセ' } as const;
    await enterFirstAccount(world.deps, hanako, { companyCode, ...bank, ...account });
    const proposal = { input: { companyCode, ...contractTerms }, reason: 'signed on 1 May' };
    const created = await proposeChange(world.deps, hanako, contractApproval, proposal);
    await approveChange(world.deps, jiro, approvalKinds, { approvalId: created });
    const end = { companyCode, validFrom: contractTerms.validFrom, validTo: '2026-08-01' };
    const ended = await proposeChange(world.deps, hanako, contractEndApproval, {
      input: end,
      reason: 'over',
    });
    await approveChange(world.deps, jiro, approvalKinds, { approvalId: ended });
  });

  let restore: (() => Promise<unknown>) | undefined;
  const run = (statement: string) => world.deps.orm.em.fork().execute(statement);
  const broken = async () =>
    (await checkInvariants(world.deps, staff())).flatMap(({ number, offending }) =>
      offending.map((row) => `${number}: ${row.broken}`),
    );

  it('breaks nothing, also once it ends', async () => assert.deepEqual(await broken(), []));

  for (const [column, other, before] of [
    ['tariff_code', `'west-2004'`, `'flets-2011'`],
    ['legal_model', `'assignment'`, `'agency'`],
    ['per_charge_max_minor', '9999999', '10000'],
    ['late_charges', `'refuse'`, `'accept'`],
    ['authorization_days', '90', '7'],
    ['payout_months', '1', '2'],
    ['payout_day', '5', '31'],
    ['payout_bank_day', `'next'`, `'previous'`],
    ['settlement_basis', `'collected'`, `'billed'`],
    ['set_up_fee_minor', '5000', '0'],
    ['minimum_payout_minor', '1000', '0'],
    ['fee_bearer', `'company'`, `'carrier'`],
    ['refund_days', '5', '60'],
    ['partial_refunds', 'FALSE', 'TRUE'],
    ['signed_requests', 'TRUE', 'FALSE'],
    ['valid_from', `'2026-03-01'`, `'2026-04-01'`],
  ] as const) {
    it(`does not get another ${column} by plain SQL and one person who accepts it`, async () => {
      await run(`UPDATE contract SET ${column} = ${other}`);
      restore = () => run(`UPDATE contract SET ${column} = ${before}`);
      await acceptRecords(world.deps, person('saburo', 'administrator'), { reason: 'corrected' });
      const found = await broken();
      assert.ok(found.includes(approved), found.join('\n'));
    });
  }

  it('is not removed by them either', async () => {
    await run('DELETE FROM contract LIMIT 1');
    await acceptRecords(world.deps, person('saburo', 'administrator'), { reason: 'corrected' });
    assert.ok((await broken()).includes(approved));
  });
});
