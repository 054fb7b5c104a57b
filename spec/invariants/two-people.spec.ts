import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { approveChange } from '../../src/access/approvals/decide-approval.ts';
import { proposeChange } from '../../src/access/approvals/propose-change.ts';
import { approvalKinds } from '../../src/approval-kinds.ts';
import { bankAccountApproval } from '../../src/bank-accounts/bank-account-approval.ts';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { makeStaff } from '../support/accounts.ts';
import { makeCompany } from '../support/factories.ts';
import { hanako, jiro } from '../support/people.ts';
import { createWorld, type World } from '../support/world.ts';
import { listFaults, sealNight } from '../seals/sealed-nights.ts';
import { tamper } from './tamper.ts';
import { staff } from '../support/actors.ts';

const people = '12: every executed approval has two different people, and neither is a job';
const account = '12: a bank account in place of another has an executed approval of its company';
const done = '12: an executed approval of a bank account has its account';
const role = '12: a role that may propose or approve has an executed approval of its account';
const record = '15: a guarded record is what its latest audit row says';

describe('what changes where money goes', () => {
  let world: World;
  before(async () => {
    world = await createWorld();
  });
  after(() => world.close());

  const changeAccount = async (companyCode: string, accountNumber: string) => {
    const bank = { bankCode: '9999', bankName: 'ミホン', branchCode: '001', branchName: 'ホンテン' };
    const input = {
      companyCode,
      ...bank,
      accountNumber,
      accountType: 'ordinary',
      accountHolder: 'ミセ',
    } as const;
    const proposal = { input, reason: 'letter' };
    const approvalId = await proposeChange(world.deps, hanako, bankAccountApproval, proposal);
    await approveChange(world.deps, jiro, approvalKinds, { approvalId });
    return approvalId;
  };
  const broken = async () =>
    (await checkInvariants(world.deps, staff())).flatMap(({ number, offending }) =>
      offending.map((row) => `${number}: ${row.broken}`),
    );

  let approvalId: string;
  beforeEach(async () => {
    const { code } = await makeCompany(world.deps);
    await changeAccount(code, '1234567');
    approvalId = await changeAccount(code, '7654321');
  });

  it('has broken nothing by itself', async () => assert.deepEqual(await broken(), []));

  for (const [name, table, change, sentence] of [
    ['an approval by the person who proposed it', 'approval', 'checker = maker', people],
    ['an approval by a job', 'approval', `checker = 'job:night'`, people],
    ['a proposal of a job', 'approval', `maker = 'job:night'`, people],
    ['an approval by nobody', 'approval', 'checker = NULL', people],
    ['an approval after its time', 'approval', 'decided_at = expires_at', people],
    ['another person who approved', 'approval', `checker = 'staff:saburo'`, record],
    ['another reason', 'approval', `reason = 'none'`, record],
    ['an approval that was none', 'approval', `state = 'rejected'`, account],
    ['an approval of another kind', 'approval', `kind = 'contract.end'`, account],
    ['an approval of another account', 'approval', `input = REPLACE(input, '7654321', '1111111')`, account],
  ] as const) {
    it(`shows ${name}`, async () => {
      await tamper(world.deps, table, `UPDATE approval SET ${change} WHERE id = '${approvalId}'`);
      const found = await broken();
      assert.ok(found.includes(sentence), found.join('\n'));
    });
  }

  it('shows an approved account that is gone', async () => {
    await tamper(world.deps, 'bank_account', `DELETE FROM bank_account WHERE approval_id = '${approvalId}'`);
    assert.ok((await broken()).includes(done));
  });

  for (const [name, change] of [
    ['that one person granted', `role = 'billing', approval_id = NULL`],
    ['by an approval of something else', `role = 'billing', approval_id = '@'`],
  ] as const) {
    it(`shows a role ${name}`, async () => {
      const { account: person } = await makeStaff(world.deps, 'agent');
      const where = `WHERE account_id = ${person.id}`;
      const statement = `UPDATE account_role SET ${change.replace('@', approvalId)} ${where}`;
      await tamper(world.deps, 'account_role', statement);
      assert.ok((await broken()).includes(role));
      await tamper(
        world.deps,
        'account_role',
        `UPDATE account_role SET role = 'agent', approval_id = NULL ${where}`,
      );
    });
  }

  it('is sealed with the night', async () => {
    await sealNight(world, '2026-05-10');
    assert.deepEqual(await listFaults(world), []);
    await tamper(world.deps, 'approval', `UPDATE approval SET note = 'x' WHERE id = '${approvalId}'`);
    await tamper(world.deps, 'bank_account', `UPDATE bank_account SET bank_code = '9998' LIMIT 1`);
    assert.deepEqual(await listFaults(world), [
      'approval all: rows are not as they were sealed',
      'bank_account all: rows are not as they were sealed',
    ]);
  });
});
