import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addTariff } from '../../src/tariffs/add-tariff.ts';
import { matchesSecret, parseApiKey } from '../../src/companies/api-key.rules.ts';
import { authenticateApiKey } from '../../src/companies/authenticate-api-key.ts';
import { changeCompanyState } from '../../src/companies/change-company-state.ts';
import { changeServiceState } from '../../src/companies/change-service-state.ts';
import { listApiKeys, listContracts } from '../../src/companies/company.queries.ts';
import { createCompany, type CreateCompany } from '../../src/companies/create-company.ts';
import { enterFirstAccount } from '../../src/bank-accounts/enter-first-account.ts';
import type { ContractInput } from '../../src/contracts/contract-input.rules.ts';
import { createContract } from '../../src/contracts/create-contract.ts';
import { createService } from '../../src/companies/create-service.ts';
import { endContract } from '../../src/contracts/end-contract.ts';
import { issueApiKey } from '../../src/companies/issue-api-key.ts';
import { revokeApiKey } from '../../src/companies/revoke-api-key.ts';
import { getSellingTerms } from '../../src/contracts/selling-terms.queries.ts';
import { getTariffOn } from '../../src/tariffs/tariff.queries.ts';
import { sqlOf } from '../../src/database/sql.ts';
import type { Problem } from '../../src/shared/problem.ts';
import { issueSubscriber } from '../../src/identity/issue-subscriber.ts';
import { hanako } from '../support/people.ts';
import { createWorld, type World } from '../support/world.ts';
import { staff } from '../support/actors.ts';

let world: World;
before(async () => {
  world = await createWorld();
});
after(() => world.close());

const actor = staff('spec');
let made = 0;
const newCode = (): string => `firm-${(made += 1)}`;
const sql = () => sqlOf(world.deps.orm.em.fork());

function companyOf(over: Partial<CreateCompany> = {}): CreateCompany {
  const names = { name: '株式会社東雲', nameEn: 'Shinonome Inc.', address: '東京都江東区1-1' };
  return { code: newCode(), ...names, ...over };
}

function contractOf(companyCode: string, over: Partial<ContractInput> = {}): ContractInput {
  const payout = { payoutMonths: 2, payoutDay: 31, payoutBankDay: 'previous' } as const;
  const terms = { legalModel: 'agency', lateCharges: 'accept', authorizationDays: 7 } as const;
  const tariff = { tariffCode: 'flets-2011', validFrom: '2026-04-01', perChargeMaxMinor: 10_000n };
  return { companyCode, ...tariff, ...terms, ...payout, ...over };
}

async function newCompany(): Promise<{ id: number; code: string }> {
  const { company } = await createCompany(world.deps, actor, companyOf());
  return { id: company.id, code: company.code };
}

/** A company that can be paid. */
async function newSeller(): Promise<{ id: number; code: string }> {
  const company = await newCompany();
  const bank = { bankCode: '9999', bankName: 'ミホン', branchCode: '001', branchName: 'ホンテン' };
  const account = { accountType: 'ordinary', accountNumber: '1234567', accountHolder: 'シノノメ' } as const;
  await enterFirstAccount(world.deps, hanako, { companyCode: company.code, ...bank, ...account });
  return company;
}

test('a company is created with the address to which its statements are sent, which has to be one', async () => {
  const billing = { billingEmail: 'billing@shinonome.example', billingLanguage: 'en' } as const;
  const { company } = await createCompany(world.deps, actor, companyOf(billing));
  assert.deepEqual([company.billingEmail, company.billingLanguage], ['billing@shinonome.example', 'en']);
  for (const wrong of [{ billingEmail: 'nobody' }, { billingLanguage: 'fr' as never }]) {
    await assert.rejects(createCompany(world.deps, actor, companyOf(wrong)), { code: 'invalid-request' });
  }
});

test('a company comes with its ledger account and an entry of the audit trail', async () => {
  const { company, warning } = await createCompany(
    world.deps,
    actor,
    companyOf({ registrationNumber: 'T4011001098993', registeredFrom: '2023-10-01' }),
  );
  assert.equal(warning, undefined);
  const account = await sql()
    .selectFrom('ledger_account')
    .selectAll()
    .where('companyId', '=', company.id)
    .execute();
  assert.deepEqual(
    account.map(({ code, kind }) => [code, kind]),
    [[`company-payable:${company.code}`, 'company-payable']],
  );
  const audit = await sql()
    .selectFrom('audit_entry')
    .selectAll()
    .where('subject', '=', `company:${company.code}`)
    .execute();
  assert.deepEqual(
    audit.map(({ actor, action }) => [actor, action]),
    [['staff:spec', 'company.create']],
  );
});

test('a second company of the same code is refused, and leaves nothing behind', async () => {
  const { code } = await newCompany();
  await assert.rejects(createCompany(world.deps, actor, companyOf({ code })), { code: 'already-exists' });
  const audits = await sql()
    .selectFrom('audit_entry')
    .select('id')
    .where('subject', '=', `company:${code}`)
    .execute();
  assert.equal(audits.length, 1);
});

test('of two that create the same company at once one is refused', async () => {
  const code = newCode();
  const outcomes = await Promise.allSettled(
    [1, 2, 3].map(() => createCompany(world.deps, actor, companyOf({ code }))),
  );
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
});

test('a registration number with a wrong check digit is taken with a warning, a malformed one is refused', async () => {
  const registeredFrom = '2023-10-01';
  const sole = await createCompany(
    world.deps,
    actor,
    companyOf({ registrationNumber: 'T1234567890123', registeredFrom }),
  );
  assert.equal(sole.warning, 'not-corporate-series');
  for (const wrong of [
    { registrationNumber: '4011001098993', registeredFrom },
    { registrationNumber: 'T4011001098993' },
    { registrationNumber: 'T4011001098993', registeredFrom, registeredTo: registeredFrom },
    { registeredFrom },
    { code: 'Upper' },
    { code: 'x' },
    { name: ' ' },
    { name: '長'.repeat(121) },
    { registrationNumber: 'T4011001098993', registeredFrom: '2023-02-30' },
  ]) {
    await assert.rejects(createCompany(world.deps, actor, companyOf(wrong)), { code: 'invalid-request' });
  }
});

test('a service belongs to one company, and its site is an origin', async () => {
  const { id, code: companyCode } = await newSeller();
  const service = { companyCode, code: 'video', name: '動画', nameEn: 'Video' };
  const created = await createService(world.deps, staff(), {
    ...service,
    siteOrigin: 'https://video.example',
  });
  await createContract(world.deps, hanako, contractOf(companyCode));
  const sellerOf = (companyId: number) =>
    getSellingTerms(world.deps, { companyId, service: { code: 'video' }, businessDate: '2026-05-10' });
  assert.equal((await sellerOf(id)).serviceId, created.id);
  const again = createService(world.deps, staff(), { ...service, siteOrigin: 'https://video.example' });
  await assert.rejects(again, { code: 'already-exists' });
  for (const siteOrigin of [
    'https://video.example/',
    'http://video.example',
    'video.example',
    'ftp://x',
    'https://v.example/a',
  ]) {
    await assert.rejects(createService(world.deps, staff(), { ...service, code: 'other', siteOrigin }), {
      code: 'invalid-request',
    });
  }
  const international = { ...service, code: 'intl', siteOrigin: 'https://ビデオ.example' };
  assert.equal(
    (await createService(world.deps, actor, international)).siteOrigin,
    'https://xn--kckxc9a.example',
  );
  const stranger = createService(world.deps, staff(), {
    ...service,
    companyCode: 'nobody',
    siteOrigin: 'http://localhost:1',
  });
  await assert.rejects(stranger, { code: 'company-not-found' });
  await assert.rejects(sellerOf((await newSeller()).id), { code: 'service-not-found' });
  await changeServiceState(world.deps, actor, { companyCode, code: 'video', state: 'suspended' });
  await assert.rejects(sellerOf(id), { code: 'company-suspended' });
});

test('the contract of a date is the one whose months contain it', async () => {
  const { id, code } = await newSeller();
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
  const { code } = await newSeller();
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
  const other = await newSeller();
  await createContract(world.deps, hanako, contractOf(other.code, { validFrom: '2026-04-01' }));
});

test('of many that conclude contracts for the same time at once one is taken', async () => {
  const { code } = await newSeller();
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
  const { code } = await newSeller();
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

const unreadable = [
  '\ufffd',
  'a\ufffdb',
  '\u3164',
  '\u2800',
  '\ufeff',
  '\u202ea',
  'a\u2028b',
  '\ue000',
  '\u{e0041}',
  '\ud800',
];

test('every name, address and label that people read is a text that people can read', async () => {
  const { code: companyCode } = await newCompany();
  const definition = {
    monthlyBaseMinor: 0,
    percentBps: 500,
    perLineMinimumMinor: 0,
    bands: [],
  };
  const tariff = {
    code: 'readable',
    validFrom: '2026-06-01',
    name: '定率',
    nameEn: 'Flat',
    definition,
  };
  const service = { companyCode, code: 'video', name: '動画', nameEn: 'Video' };
  const siteOrigin = 'https://video.example';
  for (const text of unreadable) {
    for (const attempt of [
      createCompany(world.deps, actor, companyOf({ name: text })),
      createCompany(world.deps, actor, companyOf({ nameEn: text })),
      createCompany(world.deps, actor, companyOf({ address: text })),
      createService(world.deps, staff(), { ...service, siteOrigin, name: text }),
      createService(world.deps, staff(), { ...service, siteOrigin, nameEn: text }),
      addTariff(world.deps, staff(), { ...tariff, name: text }),
      addTariff(world.deps, staff(), { ...tariff, nameEn: text }),
      issueApiKey(world.deps, actor, { companyCode, label: text }),
      issueSubscriber(world.deps, staff(), { lineId: 'CAF0000000001', displayName: text }),
    ])
      await assert.rejects(attempt, { code: 'invalid-request' });
  }
});

test('a contract ends with a coming month, never with one that has been', async () => {
  const { code: companyCode } = await newSeller();
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

test('a key is in the answer once, stored as a hash, and worthless when revoked', async () => {
  const { code: companyCode } = await newCompany();
  const { id, token } = await issueApiKey(world.deps, actor, {
    companyCode,
    label: 'shop',
    scopes: ['charges:read'],
  });
  const stored = await sql().selectFrom('api_key').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const secret = parseApiKey(token)?.secret ?? '';
  assert.equal(JSON.stringify(stored).includes(secret), false);
  assert.ok(matchesSecret(secret, stored.secretHash));
  assert.deepEqual([...(await authenticateApiKey(world.deps, token)).actor.scopes], ['charges:read']);
  assert.equal(
    JSON.stringify(await listApiKeys(world.deps, staff(), companyCode)).includes(stored.secretHash),
    false,
  );
  const audits = await sql()
    .selectFrom('audit_entry')
    .selectAll()
    .where('subject', '=', `api-key:${id}`)
    .execute();
  assert.equal(JSON.stringify(audits).includes(secret), false);
  const { revokedAt } = await revokeApiKey(world.deps, actor, { id });
  world.clock.advance(1_000);
  assert.deepEqual((await revokeApiKey(world.deps, actor, { id })).revokedAt, revokedAt);
  await assert.rejects(authenticateApiKey(world.deps, token), { code: 'api-key-invalid' });
  await assert.rejects(revokeApiKey(world.deps, actor, { id: world.deps.ids.next() }), {
    code: 'api-key-not-found',
  });
});

test('a key has known scopes or none is issued', async () => {
  const { code: companyCode } = await newCompany();
  for (const scopes of [[], ['charges:destroy']]) {
    const wanted = { companyCode, label: 'shop', scopes: scopes as ['charges:read'] };
    await assert.rejects(issueApiKey(world.deps, actor, wanted), { code: 'invalid-request' });
  }
});

test('the key of a suspended company opens nothing until the company is active again', async () => {
  const { code: companyCode } = await newCompany();
  const { token } = await issueApiKey(world.deps, actor, { companyCode, label: 'shop' });
  await changeCompanyState(world.deps, actor, { companyCode, state: 'suspended' });
  await changeCompanyState(world.deps, actor, { companyCode, state: 'suspended' });
  assert.equal((await authenticateApiKey(world.deps, token)).isSuspended, true);
  await changeCompanyState(world.deps, actor, { companyCode, state: 'active' });
  const { isSuspended, companyCode: code } = await authenticateApiKey(world.deps, token);
  assert.deepEqual([isSuspended, code], [false, companyCode]);
  const subject = `company:${companyCode}`;
  const audits = await sql()
    .selectFrom('audit_entry')
    .select('action')
    .where('subject', '=', subject)
    .orderBy('id')
    .execute();
  assert.deepEqual(
    audits.map(({ action }) => action),
    ['company.create', 'company.suspend', 'company.activate'],
  );
});

test('a tariff is added, never changed, and its next version begins in the future', async () => {
  const definition = {
    monthlyBaseMinor: 0,
    percentBps: 500,
    perLineMinimumMinor: 0,
    bands: [],
  };
  const flat = { code: 'flat', name: '定率', nameEn: 'Flat', definition, actor };
  await addTariff(world.deps, staff(), { ...flat, validFrom: '2020-01-01' });
  await assert.rejects(addTariff(world.deps, staff(), { ...flat, validFrom: '2020-01-01' }), {
    code: 'already-exists',
  });
  await assert.rejects(addTariff(world.deps, staff(), { ...flat, validFrom: '2026-05-10' }), {
    code: 'illegal-state',
  });
  const added = await Promise.allSettled(
    [1, 2, 3].map(() => addTariff(world.deps, staff(), { ...flat, code: 'race', validFrom: '2020-01-01' })),
  );
  const refusals = added.flatMap((one) =>
    one.status === 'rejected' ? [one.reason as { code: string }] : [],
  );
  assert.deepEqual(
    refusals.map((problem) => problem.code),
    ['already-exists', 'already-exists'],
  );
  const dearer = { ...flat, definition: { ...definition, percentBps: 600 } };
  await addTariff(world.deps, staff(), { ...dearer, validFrom: '2026-06-01' });
  assert.equal(
    (await getTariffOn(world.deps, actor, { code: 'flat', date: '2026-05-31' })).definition.percentBps,
    500,
  );
  assert.equal(
    (await getTariffOn(world.deps, actor, { code: 'flat', date: '2026-06-01' })).definition.percentBps,
    600,
  );
  await assert.rejects(getTariffOn(world.deps, actor, { code: 'flat', date: '2019-12-31' }), {
    code: 'tariff-not-found',
  });
});

test('a tariff definition is checked against its schema and its own sense', async () => {
  const definition = {
    monthlyBaseMinor: 0,
    percentBps: 500,
    perLineMinimumMinor: 0,
    bands: [],
  };
  const band = { aboveAverageMinor: 900, kind: 'percent', rate: 300 } as const;
  for (const wrong of [
    { ...definition, percentBps: 10_001 },
    { ...definition, percentBps: 5.5 },
    { ...definition, surprise: 1 },
    { ...definition, bands: [band, band] },
    { ...definition, percentBps: 0, bands: [band] },
  ]) {
    const tariff = {
      code: 'odd',
      validFrom: '2026-06-01',
      name: '変',
      nameEn: 'Odd',
      definition: wrong,
      actor,
    };
    await assert.rejects(addTariff(world.deps, actor, tariff), { code: 'invalid-request' });
  }
});
