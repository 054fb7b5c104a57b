import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { listContracts } from '../../src/companies/company.queries.ts';
import type { ContractInput } from '../../src/contracts/contract-input.rules.ts';
import { createContract } from '../../src/contracts/create-contract.ts';
import { createService } from '../../src/companies/create-service.ts';
import { endContract } from '../../src/contracts/end-contract.ts';
import { getSellingTerms } from '../../src/contracts/selling-terms.queries.ts';
import type { Problem } from '../../src/shared/problem.ts';
import { hanako } from '../support/people.ts';
import { createWorld, type World } from '../support/world.ts';
import { staff } from '../support/actors.ts';
import { actor, contractOf, newSeller } from '../companies/new-companies.ts';

let world: World;
before(async () => {
  world = await createWorld();
});
after(() => world.close());

test('the contract of a date is the one whose months contain it', async () => {
  const { id, code } = await newSeller(world.deps);
  const first = await createContract(world.deps, hanako, contractOf(code, { validTo: '2026-06-01' }));
  const second = await createContract(world.deps, hanako, contractOf(code, { validFrom: '2026-06-01' }));
  const names = { code: 'video', name: '動画', nameEn: 'Video', siteOrigin: 'https://video.example' };
  await createService(world.deps, actor, { ...names, companyCode: code });
  const on = async (businessDate: string) => {
    const seller = { companyId: id, service: { code: 'video' }, businessDate };
    const found = await getSellingTerms(world.deps, seller).catch(({ code: refused }: Problem) => refused);
    return typeof found === 'string' ? found : found.contractId;
  };
  assert.deepEqual(
    [
      await on('2026-03-31'),
      await on('2026-04-01'),
      await on('2026-05-31'),
      await on('2026-06-01'),
      await on('2030-01-01'),
    ],
    ['contract-missing', first.id, first.id, second.id, second.id],
  );
});

test('a contract that shares a month with another of the company is refused', async () => {
  const { code } = await newSeller(world.deps);
  await createContract(
    world.deps,
    hanako,
    contractOf(code, { validFrom: '2026-04-01', validTo: '2026-07-01' }),
  );
  for (const validity of [
    { validFrom: '2026-04-01', validTo: '2026-07-01' },
    { validFrom: '2026-06-01', validTo: null },
    { validFrom: '2026-01-01', validTo: '2026-05-01' },
    { validFrom: '2026-01-01', validTo: null },
    { validFrom: '2026-05-01', validTo: '2026-06-01' },
  ]) {
    await assert.rejects(createContract(world.deps, hanako, contractOf(code, validity)), {
      code: 'contract-overlaps',
    });
  }
  await createContract(
    world.deps,
    hanako,
    contractOf(code, { validFrom: '2026-01-01', validTo: '2026-04-01' }),
  );
  await createContract(world.deps, hanako, contractOf(code, { validFrom: '2026-07-01' }));
  const other = await newSeller(world.deps);
  await createContract(world.deps, hanako, contractOf(other.code, { validFrom: '2026-04-01' }));
});

test('of many that conclude contracts for the same time at once one is taken', async () => {
  const { code } = await newSeller(world.deps);
  const months = ['2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01', '2026-05-01', '2026-06-01'];
  const all = months.map((validFrom) => createContract(world.deps, hanako, contractOf(code, { validFrom })));
  const outcomes = await Promise.allSettled(all);
  const refused = outcomes.flatMap((outcome) =>
    outcome.status === 'rejected' ? [outcome.reason as { code: string }] : [],
  );
  assert.deepEqual(
    refused.map((problem) => problem.code),
    Array.from({ length: 5 }, () => 'contract-overlaps'),
  );
  assert.equal((await listContracts(world.deps, staff(), code)).length, 1);
});

test('the terms of a contract are checked', async () => {
  const { code } = await newSeller(world.deps);
  const wrong: [Partial<ContractInput>, string][] = [
    [{ validFrom: '2026-04-02' }, 'invalid-request'],
    [{ validTo: '2026-05-31' }, 'invalid-request'],
    [{ validTo: '2026-04-01' }, 'invalid-request'],
    [{ perChargeMaxMinor: 0n }, 'invalid-request'],
    [{ perChargeMaxMinor: 10_000_000_000n }, 'invalid-request'],
    [{ payoutDay: 32 }, 'invalid-request'],
    [{ payoutMonths: 0 }, 'invalid-request'],
    [{ authorizationDays: 1.5 }, 'invalid-request'],
    [{ legalModel: 'gift' as 'agency' }, 'invalid-request'],
    [{ legalModel: 'assignment', settlementBasis: 'collected' }, 'invalid-request'],
    [{ settlementBasis: 'sold' as 'billed' }, 'invalid-request'],
    [{ legalModel: 'agency', feeTaxable: false }, 'invalid-request'],
    [{ setUpFeeMinor: -1n }, 'invalid-request'],
    [{ minimumPayoutMinor: 10_000_000_000n }, 'invalid-request'],
    [{ feeBearer: 'carrier', transferFeeMinor: 440n }, 'invalid-request'],
    [{ feeBearer: 'company', transferFeeMinor: -1n }, 'invalid-request'],
    [{ refundDays: 0.5 }, 'invalid-request'],
    [{ refundDays: 3_651 }, 'invalid-request'],
    [{ tariffCode: 'no-such-tariff' }, 'tariff-not-found'],
    [{ validFrom: '2011-06-01' }, 'tariff-not-found'],
    [{ companyCode: 'nobody' }, 'company-not-found'],
  ];
  for (const [over, problem] of wrong) {
    await assert.rejects(
      createContract(world.deps, hanako, contractOf(code, over)),
      { code: problem },
      JSON.stringify(Object.keys(over)),
    );
  }
});

test('a contract ends with a coming month, never with one that has been', async () => {
  const { code: companyCode } = await newSeller(world.deps);
  await createContract(world.deps, hanako, contractOf(companyCode));
  const end = (validTo: string, validFrom = '2026-04-01') =>
    endContract(world.deps, hanako, { companyCode, validFrom, validTo });
  await assert.rejects(end('2026-05-01'), { code: 'invalid-request' });
  await assert.rejects(end('2026-06-15'), { code: 'invalid-request' });
  await assert.rejects(end('2026-06-01', '2026-05-01'), { code: 'contract-not-found' });
  assert.equal((await end('2026-07-01')).validTo, '2026-07-01');
  await createContract(world.deps, hanako, contractOf(companyCode, { validFrom: '2026-07-01' }));
  await assert.rejects(end('2026-08-01'), { code: 'contract-overlaps' });
  assert.equal((await end('2026-06-01')).validTo, '2026-06-01');
});
