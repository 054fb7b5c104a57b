import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { approveChange } from '../../src/access/approvals/decide-approval.ts';
import { proposeChange } from '../../src/access/approvals/propose-change.ts';
import { approvalKinds } from '../../src/approval-kinds.ts';
import { bankAccountApproval } from '../../src/bank-accounts/bank-account-approval.ts';
import { changeCompanyState } from '../../src/companies/change-company-state.ts';
import { changeServiceState } from '../../src/companies/change-service-state.ts';
import { createCompany } from '../../src/companies/create-company.ts';
import { createService } from '../../src/companies/create-service.ts';
import { issueApiKey } from '../../src/companies/issue-api-key.ts';
import { revokeApiKey } from '../../src/companies/revoke-api-key.ts';
import { createContract } from '../../src/contracts/create-contract.ts';
import { endContract } from '../../src/contracts/end-contract.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { staff } from '../support/actors.ts';
import { hanako, jiro } from '../support/people.ts';
import { contractTerms } from '../support/contract-terms.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
before(async () => void (world = await createWorld()));
after(() => world.close());

const clerk = staff();

test('what happens to a company and its terms is an event each, with the change and not before', async () => {
  const { deps } = world;
  const names = { name: '店', nameEn: 'Shop' };
  const { company } = await createCompany(deps, clerk, { code: 'shop', ...names, address: '東京' });
  const of = { companyCode: 'shop' };
  await changeCompanyState(deps, clerk, { ...of, state: 'suspended' });
  await changeCompanyState(deps, clerk, { ...of, state: 'suspended' });
  await changeCompanyState(deps, clerk, { ...of, state: 'active' });
  const service = { ...of, code: 'film', ...names, siteOrigin: 'https://shop.example' };
  await createService(deps, clerk, service);
  await assert.rejects(createService(deps, clerk, service), { code: 'already-exists' });
  await changeServiceState(deps, clerk, { ...of, code: 'film', state: 'suspended' });
  const bank = { bankCode: '9999', bankName: 'ミホン', branchCode: '001', branchName: 'ホンテン' };
  const account = { accountType: 'ordinary', accountNumber: '1234567', accountHolder: 'ミセ' } as const;
  const proposal = { input: { ...of, ...bank, ...account }, reason: 'letter' };
  const approvalId = await proposeChange(deps, hanako, bankAccountApproval, proposal);
  assert.equal((await listEvents()).at(-1)?.type, 'service.suspended');
  await approveChange(deps, jiro, approvalKinds, { approvalId });
  await createContract(deps, hanako, {
    ...of,
    ...contractTerms,
  });
  await endContract(deps, hanako, { ...of, validFrom: '2026-04-01', validTo: '2027-04-01' });
  const { id } = await issueApiKey(deps, clerk, { ...of, label: 'server', scopes: ['charges:read'] });
  await revokeApiKey(deps, clerk, { id });
  await revokeApiKey(deps, clerk, { id });
  const validity = { validFrom: '2026-04-01', validTo: null };
  assert.deepEqual(await listEvents(), [
    { type: 'company.created', subjectId: 'shop', snapshot: names },
    { type: 'company.suspended', subjectId: 'shop', snapshot: {} },
    { type: 'company.activated', subjectId: 'shop', snapshot: {} },
    { type: 'service.created', subjectId: 'shop/film', snapshot: names },
    { type: 'service.suspended', subjectId: 'shop/film', snapshot: {} },
    { type: 'bank-account.recorded', subjectId: 'shop/1', snapshot: { approval: approvalId } },
    {
      type: 'contract.created',
      subjectId: 'shop/2026-04-01',
      snapshot: { tariffCode: 'flets-2011', ...validity },
    },
    {
      type: 'contract.ended',
      subjectId: 'shop/2026-04-01',
      snapshot: { ...validity, validTo: '2027-04-01' },
    },
    { type: 'api-key.issued', subjectId: id, snapshot: { label: 'server', scopes: 'charges:read' } },
    { type: 'api-key.revoked', subjectId: id, snapshot: { label: 'server' } },
  ]);

  async function listEvents() {
    return await sqlOf(deps.orm.em.fork())
      .selectFrom('event')
      .select(['type', 'subjectId', 'snapshot'])
      .where('companyId', '=', company.id)
      .orderBy('id')
      .execute();
  }
});
