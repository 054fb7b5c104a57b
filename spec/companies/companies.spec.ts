import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addTariff } from '../../src/tariffs/add-tariff.ts';
import { changeServiceState } from '../../src/companies/change-service-state.ts';
import { createCompany } from '../../src/companies/create-company.ts';
import { createContract } from '../../src/contracts/create-contract.ts';
import { createService } from '../../src/companies/create-service.ts';
import { issueApiKey } from '../../src/companies/issue-api-key.ts';
import { getSellingTerms } from '../../src/contracts/selling-terms.queries.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { issueSubscriber } from '../../src/identity/issue-subscriber.ts';
import { hanako } from '../support/people.ts';
import { createWorld, type World } from '../support/world.ts';
import { staff } from '../support/actors.ts';
import { actor, companyOf, contractOf, newCode, newCompany, newSeller } from './new-companies.ts';

let world: World;
before(async () => {
  world = await createWorld();
});
after(() => world.close());

const sql = () => sqlOf(world.deps.orm.em.fork());

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
  const { code } = await newCompany(world.deps);
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
  const { id, code: companyCode } = await newSeller(world.deps);
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
  await assert.rejects(sellerOf((await newSeller(world.deps)).id), { code: 'service-not-found' });
  await changeServiceState(world.deps, actor, { companyCode, code: 'video', state: 'suspended' });
  await assert.rejects(sellerOf(id), { code: 'company-suspended' });
});

test('every name, address and label that people read is a text that people can read', async () => {
  const { code: companyCode } = await newCompany(world.deps);
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
