import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../../src/database/sql.ts';
import { newPublicKey } from '../../support/signing.ts';
import { openCompanySite, type CompanySite } from './company-site.ts';

describe("signing keys in a company's portal", () => {
  let site: CompanySite;
  before(async () => void (site = await openCompanySite()));
  after(() => site.close());

  const sql = () => sqlOf(site.world.deps.orm.em.fork());

  it('are registered once, shown with their keyid, and revoked', async () => {
    const typed = { label: '決済サーバー', publicKey: newPublicKey() };
    assert.equal((await site.send('developer', '/company/signing-keys/new', typed)).status, 303);
    const again = await site.send('developer', '/company/signing-keys/new', typed);
    assert.equal(again.status, 409);
    assert.match(again.text, /この鍵は登録したことがあります/);
    for (const publicKey of ['ssh-ed25519 AAAA', '-----BEGIN PRIVATE KEY-----\nAAAA']) {
      const wrong = await site.send('developer', '/company/signing-keys/new', { label: 'x', publicKey });
      assert.equal(wrong.status, 422);
      assert.ok(!wrong.text.includes('AAAA'), 'what may be secret is not sent back');
    }
    const { id } = await sql()
      .selectFrom('signing_key')
      .select('id')
      .where('label', '=', '決済サーバー')
      .executeTakeFirstOrThrow();
    assert.match((await site.get('owner', '/company/signing-keys')).text, new RegExp(id));
    assert.equal((await site.send('owner', `/company/signing-keys/${id}/revoke`)).status, 303);
    assert.equal((await site.get('owner', `/company/signing-keys/${id}/revoke`)).status, 404);
  });

  it('make a signature compulsory for an API key, and a contract for all', async () => {
    const id = site.ids.key;
    const sent = await site.send('developer', `/company/keys/${id}/signature`, { signatures: 'required' });
    assert.equal(sent.status, 303);
    const { requiresSignature } = await sql()
      .selectFrom('api_key')
      .select('requiresSignature')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    assert.equal(requiresSignature, true);
    assert.doesNotMatch((await site.get('owner', '/company/signing-keys')).text, /ご契約により/);
    await sql().updateTable('contract').set({ signedRequests: true }).execute();
    assert.match((await site.get('owner', '/company/signing-keys')).text, /ご契約により/);
  });
});
