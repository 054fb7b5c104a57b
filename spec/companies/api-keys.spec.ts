import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { matchesSecret, parseApiKey } from '../../src/companies/api-key.rules.ts';
import { authenticateApiKey } from '../../src/companies/authenticate-api-key.ts';
import { changeCompanyState } from '../../src/companies/change-company-state.ts';
import { listApiKeys } from '../../src/companies/company.queries.ts';
import { grantableScopes, permissionOfScope } from '../../src/companies/grantable-scopes.rules.ts';
import { issueApiKey } from '../../src/companies/issue-api-key.ts';
import { revokeApiKey } from '../../src/companies/revoke-api-key.ts';
import { rotateApiKey } from '../../src/companies/rotate-api-key.ts';
import { scopes as allScopes } from '../../src/companies/scopes.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { createWorld, type World } from '../support/world.ts';
import { staff, userOf } from '../support/actors.ts';
import { makeApiKey } from '../support/factories.ts';
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

test('a page that is sent twice at once issues one key', async () => {
  const { code: companyCode } = await newCompany(world.deps);
  const issue = (seenNewestId: string | null) =>
    issueApiKey(world.deps, actor, { companyCode, label: 'shop', seenNewestId });
  const [first, second] = await Promise.allSettled([issue(null), issue(null)]);
  const refused = [first, second].find((outcome) => outcome.status === 'rejected');
  assert.deepEqual(
    [refused?.reason.code, refused?.reason.facts],
    ['illegal-state', { reason: 'key-issued' }],
  );
  const [newest, ...others] = await listApiKeys(world.deps, staff(), companyCode);
  assert.deepEqual(others, []);
  await assert.rejects(issue(null), { code: 'illegal-state' });
  assert.notEqual((await issue(newest!.id)).id, newest!.id);
});

test('a person of a company issues and replaces no key that may do more than they may', async () => {
  const { id: companyId, code: companyCode } = await newCompany(world.deps);
  const [developer, owner] = [userOf(companyId, 'developer'), userOf(companyId, 'owner')];
  const others = ['refunds:write', 'settlements:read', 'payment-requests:write'];
  const held = allScopes.filter((scope) => !others.includes(scope));
  assert.deepEqual([grantableScopes(developer), grantableScopes(owner)], [held, allScopes]);
  assert.deepEqual(grantableScopes(staff('aiko', 'administrator')), allScopes);
  assert.deepEqual(
    (['settlements:read', 'reports:read', 'charges:write', 'webhooks:read'] as const).map(permissionOfScope),
    ['own-settlements:read', 'daily-sales:read', 'charges:write', 'webhooks:read'],
  );
  const wanted = { companyCode, label: 'shop', scopes: ['charges:read', 'settlements:read'] as const };
  await assert.rejects(issueApiKey(world.deps, developer, wanted), {
    code: 'scope-not-held',
    status: 403,
    facts: { scopes: 'settlements:read' },
  });
  assert.deepEqual(await listApiKeys(world.deps, owner, companyCode), []);
  const { scopes } = await issueApiKey(world.deps, developer, { companyCode, label: 'shop' });
  assert.deepEqual(scopes, held, 'all that they may');
  assert.deepEqual((await issueApiKey(world.deps, owner, wanted)).scopes, wanted.scopes);
  const { id } = await makeApiKey(world.deps, { companyId, scopes: 'refunds:write' });
  const replaced = { id, overlapHours: 1 };
  await assert.rejects(rotateApiKey(world.deps, developer, replaced), { code: 'scope-not-held' });
  assert.equal((await rotateApiKey(world.deps, owner, replaced)).replaces, id);
});
