import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { matchesSecret, parseApiKey } from '../../src/companies/api-key.rules.ts';
import { authenticateApiKey } from '../../src/companies/authenticate-api-key.ts';
import { changeCompanyState } from '../../src/companies/change-company-state.ts';
import { listApiKeys } from '../../src/companies/company.queries.ts';
import { issueApiKey } from '../../src/companies/issue-api-key.ts';
import { revokeApiKey } from '../../src/companies/revoke-api-key.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { createWorld, type World } from '../support/world.ts';
import { staff } from '../support/actors.ts';
import { actor, newCompany } from './new-companies.ts';

let world: World;
before(async () => {
  world = await createWorld();
});
after(() => world.close());

const sql = () => sqlOf(world.deps.orm.em.fork());

test('a key is in the answer once, stored as a hash, and worthless when revoked', async () => {
  const { code: companyCode } = await newCompany(world.deps);
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
  const { code: companyCode } = await newCompany(world.deps);
  for (const scopes of [[], ['charges:destroy']]) {
    const wanted = { companyCode, label: 'shop', scopes: scopes as ['charges:read'] };
    await assert.rejects(issueApiKey(world.deps, actor, wanted), { code: 'invalid-request' });
  }
});

test('the key of a suspended company opens nothing until the company is active again', async () => {
  const { code: companyCode } = await newCompany(world.deps);
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
