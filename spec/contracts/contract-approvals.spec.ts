import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { approveChange, rejectChange } from '../../src/access/approvals/decide-approval.ts';
import { getApproval } from '../../src/access/approvals/approval.queries.ts';
import { proposeChange } from '../../src/access/approvals/propose-change.ts';
import { approvalKinds } from '../../src/approval-kinds.ts';
import { enterFirstAccount } from '../../src/bank-accounts/enter-first-account.ts';
import { listContracts } from '../../src/companies/company.queries.ts';
import { contractApproval, contractEndApproval } from '../../src/contracts/contract-approvals.ts';
import {
  defaultTerms,
  readContractTerms,
  type ContractInput,
  type OptionalTerms,
} from '../../src/contracts/contract-input.rules.ts';
import { createContract } from '../../src/contracts/create-contract.ts';
import { endContract } from '../../src/contracts/end-contract.ts';
import { sqlOf } from '../../src/database/sql.ts';
import type { Deps } from '../../src/deps.ts';
import { addTariff } from '../../src/tariffs/add-tariff.ts';
import { makeCompany } from '../support/factories.ts';
import { hanako, jiro, person } from '../support/people.ts';
import { contractTerms } from '../support/contract-terms.ts';
import { createWorld, type World } from '../support/world.ts';
import { staff } from '../support/actors.ts';

function optionalTermsOf(terms: OptionalTerms): OptionalTerms {
  const { settlementBasis, feeTaxable, setUpFeeMinor, minimumPayoutMinor } = terms;
  const { feeBearer, transferFeeMinor, refundDays, partialRefunds, signedRequests } = terms;
  const settling = { settlementBasis, feeTaxable, setUpFeeMinor, minimumPayoutMinor };
  return { ...settling, feeBearer, transferFeeMinor, refundDays, partialRefunds, signedRequests };
}

describe('the terms of a contract', () => {
  let world: World;
  let deps: Deps;
  let company: { id: number; code: string };
  before(async () => {
    world = await createWorld();
    deps = world.deps;
  });
  after(() => world.close());
  beforeEach(async () => {
    company = await makeCompany(deps);
    const bank = { bankCode: '9999', bankName: 'ミホン', branchCode: '001', branchName: 'ホンテン' };
    const account = { accountType: 'ordinary', accountNumber: '1234567', accountHolder: 'ミセ' } as const;
    await enterFirstAccount(deps, hanako, { companyCode: company.code, ...bank, ...account });
  });

  const terms = (over: Partial<ContractInput> = {}): ContractInput => ({
    companyCode: company.code,
    ...contractTerms,
    ...over,
  });
  const reason = 'signed on 1 May';
  const propose = (over: Partial<ContractInput> = {}) =>
    proposeChange(deps, hanako, contractApproval, { input: terms(over), reason });
  const proposeEnd = (validFrom: string, validTo: string) => {
    const input = { companyCode: company.code, validFrom, validTo };
    return proposeChange(deps, hanako, contractEndApproval, { input, reason });
  };
  const approve = (approvalId: string) => approveChange(deps, jiro, approvalKinds, { approvalId });
  const production = (): Deps => ({ ...deps, config: { ...deps.config, mode: 'production' } });
  const held = async () =>
    (await listContracts(deps, staff(), company.code)).map(({ validFrom, validTo, perChargeMaxMinor }) => [
      validFrom,
      validTo,
      perChargeMaxMinor,
    ]);

  it('show who approves them the fee of each version of the tariff that is in force in their time', async () => {
    const definition = { monthlyBaseMinor: 0, percentBps: 300, perLineMinimumMinor: 0, bands: [] };
    const name = { name: '試験', nameEn: 'Trial' };
    const code = 'in-force';
    for (const [validFrom, percentBps] of [
      ['2026-01-01', 100],
      ['2026-07-01', 300],
      ['2026-09-01', 600],
      ['2026-12-01', 900],
    ] as const)
      await addTariff(deps, hanako, { code, validFrom, ...name, definition: { ...definition, percentBps } });
    const feesOf = async (over: Partial<ContractInput>) => {
      const id = await propose({ tariffCode: code, ...over });
      const changes = (await getApproval(deps, jiro, id)).changes as Record<string, { after: string }>;
      await rejectChange(deps, jiro, approvalKinds, { approvalId: id, note: 'seen' });
      return Object.entries(changes).flatMap(([field, { after: fee }]) =>
        field.startsWith('fee ') || field.startsWith('feeJa ') ? [`${field}: ${fee}`] : [],
      );
    };
    assert.deepEqual(await feesOf({ validFrom: '2026-08-01', validTo: '2026-12-01' }), [
      'fee 2026-07-01: 3% of the total billed incl. tax',
      'feeJa 2026-07-01: 請求総額（税込）の3%',
      'fee 2026-09-01: 6% of the total billed incl. tax',
      'feeJa 2026-09-01: 請求総額（税込）の6%',
    ]);
    assert.equal((await feesOf({ validFrom: '2026-08-01' })).length, 6, 'an open one has all that come');
    assert.equal((await feesOf({ validFrom: '2026-12-01' })).length, 2);
  });

  it('take two people, for the beginning and for the end', async () => {
    const proposed = await propose({ perChargeMaxMinor: 123_456n });
    assert.deepEqual(await held(), []);
    await approve(proposed);
    assert.deepEqual(await held(), [['2026-04-01', null, 123_456n]]);
    const end = await proposeEnd('2026-04-01', '2026-07-01');
    const { changes } = await getApproval(deps, jiro, end);
    assert.deepEqual(changes, { validTo: { before: null, after: '2026-07-01' } });
    assert.deepEqual(await held(), [['2026-04-01', null, 123_456n]]);
    await approve(end);
    assert.deepEqual(await held(), [['2026-04-01', '2026-07-01', 123_456n]]);
  });

  it('on which money depends are approved with it, and have defaults by the legal model', async () => {
    const settling = {
      settlementBasis: 'collected',
      setUpFeeMinor: 50_000n,
      minimumPayoutMinor: 3_000n,
    } as const;
    const transfer = { feeBearer: 'company', transferFeeMinor: 440n } as const;
    const refunds = { refundDays: 30, partialRefunds: false, signedRequests: true };
    await approve(await propose({ ...settling, ...transfer, ...refunds, validTo: '2026-06-01' }));
    await approve(await propose({ legalModel: 'assignment', validFrom: '2026-06-01' }));
    const [first, second] = await listContracts(deps, staff(), company.code);
    assert.deepEqual(optionalTermsOf(first!), { ...settling, ...transfer, ...refunds, feeTaxable: true });
    assert.deepEqual(optionalTermsOf(second!), { ...defaultTerms('assignment'), feeTaxable: false });
  });

  it('that an earlier release did not know are left out of its proposals, and have their defaults', () => {
    const input = contractApproval.readInput({
      ...contractTerms,
      companyCode: 'shop',
      perChargeMaxMinor: '10000',
    });
    assert.deepEqual(optionalTermsOf(readContractTerms(input)), defaultTerms('agency'));
  });

  it('are refused when they are proposed, as the change itself refuses them', async () => {
    await approve(await propose());
    await assert.rejects(propose({ validFrom: '2026-06-01' }), { code: 'contract-overlaps' });
    await assert.rejects(propose({ validFrom: '2026-06-02' }), { code: 'invalid-request' });
    await assert.rejects(proposeEnd('2026-04-01', '2026-05-01'), { code: 'invalid-request' });
    await assert.rejects(proposeEnd('2026-05-01', '2026-07-01'), { code: 'contract-not-found' });
    const { code } = await makeCompany(deps);
    await assert.rejects(propose({ companyCode: code }), { code: 'bank-account-missing' });
  });

  it('are void when another contract came or a tariff says something else meanwhile', async () => {
    const first = await propose({ validTo: '2026-06-01' });
    await createContract(deps, hanako, terms({ validFrom: '2026-04-01', validTo: '2026-05-01' }));
    await assert.rejects(approve(first), { code: 'approval-void' });
    assert.equal((await getApproval(deps, jiro, first)).state, 'void');
    const second = await propose({ validFrom: '2026-06-01' });
    await addTariff(deps, staff('spec'), {
      code: 'flets-2011',
      validFrom: '2026-08-01',
      name: '新',
      nameEn: 'New',
      definition: {
        monthlyBaseMinor: 0,
        percentBps: 900,
        perLineMinimumMinor: 0,
        bands: [],
      },
    });
    await assert.rejects(approve(second), { code: 'approval-void' });
    assert.deepEqual(await held(), [['2026-04-01', '2026-05-01', 10_000n]]);
  });

  it('that were rejected never hold', async () => {
    const approvalId = await propose();
    await rejectChange(deps, jiro, approvalKinds, { approvalId, note: 'wrong tariff' });
    await assert.rejects(approve(approvalId), { code: 'approval-decided' });
    assert.deepEqual(await held(), []);
  });

  it('name the approval in the audit trail of the change', async () => {
    const approvalId = await propose();
    await approve(approvalId);
    const { actor, facts } = await sqlOf(deps.orm.em.fork())
      .selectFrom('audit_entry')
      .select(['actor', 'facts'])
      .where('subject', '=', `contract:${company.code}/2026-04-01`)
      .executeTakeFirstOrThrow();
    assert.deepEqual([actor, facts['approval']], ['staff:jiro', approvalId]);
  });

  describe('in production', () => {
    it('may be entered by one person as the first ones alone, and ended by nobody alone', async () => {
      await createContract(production(), hanako, terms({ validTo: '2026-06-01' }));
      const next = createContract(production(), hanako, terms({ validFrom: '2026-06-01' }));
      await assert.rejects(next, { code: 'approval-required' });
      const end = { companyCode: company.code, validFrom: '2026-04-01', validTo: '2026-07-01' };
      await assert.rejects(endContract(production(), hanako, end), { code: 'approval-required' });
      assert.deepEqual(await held(), [['2026-04-01', '2026-06-01', 10_000n]]);
    });

    it('are neither proposed nor approved by a bare name', async () => {
      const bare = { ...hanako, provenBy: 'nothing' } as const;
      const proposal = { input: terms(), reason };
      const refused = { code: 'approval-needs-person' };
      await assert.rejects(proposeChange(production(), bare, contractApproval, proposal), refused);
      const approvalId = await propose();
      const approver = { ...jiro, provenBy: 'nothing' } as const;
      await assert.rejects(approveChange(production(), approver, approvalKinds, { approvalId }), refused);
      await assert.rejects(rejectChange(production(), approver, approvalKinds, { approvalId }), refused);
      assert.deepEqual(await held(), []);
    });
  });

  it('are not entered by a person without the right to propose', async () => {
    const administrator = person('goro', 'administrator');
    await assert.rejects(createContract(deps, administrator, terms()), { code: 'permission-denied' });
    await assert.rejects(createContract(deps, jiro, terms()), { code: 'permission-denied' });
  });
});
