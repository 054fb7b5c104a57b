import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { AccountProof } from '../../src/accounts/account-proof.ts';
import {
  endOtherSessions,
  endOwnSession,
  listOwnSessions,
  proofOfSession,
  sessionOfProof,
} from '../../src/accounts/account-sessions.ts';
import { changePassword } from '../../src/accounts/change-password.ts';
import { signOutAccount } from '../../src/accounts/change-account-state.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { hashSessionKey } from '../../src/identity/session-store.ts';
import { makeAccount, PASSWORD } from '../support/accounts.ts';
import { staff } from '../support/actors.ts';
import { readMailsOf } from '../support/mailbox.ts';
import { createWorld, type World } from '../support/world.ts';

describe('the sessions of an account', () => {
  let world: World;
  before(async () => void (world = await createWorld()));
  after(() => world.close());

  /** As the session store writes them when a page starts a session. */
  const open = async (key: string, proof: AccountProof) => {
    const now = world.clock.now();
    const { accountId } = proof;
    await sqlOf(world.deps.orm.em.fork())
      .insertInto('session')
      .values({
        idHash: hashSessionKey(key),
        content: { ...sessionOfProof(proof) },
        expiresAt: new Date(now.getTime() + 60_000),
        audience: 'staff',
        subscriberId: null,
        accountId,
        createdAt: now,
        lastSeenAt: now,
        address: '192.0.2.7',
        userAgent: 'Firefox',
      })
      .execute();
  };
  const signedIn = async (...keys: string[]) => {
    const { account } = await makeAccount(world.deps);
    const { id: accountId, credentialVersion } = account;
    const proof: AccountProof = { accountId, credentialVersion, provenBy: 'second-factor', factorAt: 1 };
    for (const key of keys) await open(key, proof);
    return { account, proof };
  };
  const keysOf = async (proof: AccountProof, key: string) =>
    (await listOwnSessions(world.deps, proof, { key })).map(({ id, isCurrent }) => [id, isCurrent]);

  it('store the proof and give it back', () => {
    const proof = { accountId: 3, credentialVersion: 4, provenBy: 'password', factorAt: null } as const;
    assert.deepEqual(proofOfSession(sessionOfProof(proof)), proof);
    assert.equal(proofOfSession({ subscriberId: 3 }), undefined);
  });

  it('are listed without their keys, and all others are ended at once', async () => {
    const { proof } = await signedIn('a-here', 'a-there', 'a-elsewhere');
    const { proof: other } = await signedIn('b-here');
    const listed = await listOwnSessions(world.deps, proof, { key: 'a-here' });
    assert.equal(listed.length, 3);
    assert.ok(!JSON.stringify(listed).includes('a-there'));
    await endOtherSessions(world.deps, proof, { key: 'a-here' });
    assert.deepEqual(await keysOf(proof, 'a-here'), [[hashSessionKey('a-here'), true]]);
    assert.equal((await keysOf(other, 'b-here')).length, 1);
  });

  it('are ended one by one, and never those of another person', async () => {
    const { proof } = await signedIn('c-here', 'c-there');
    const { proof: other } = await signedIn('d-here');
    await endOwnSession(world.deps, proof, { id: hashSessionKey('d-here') });
    assert.equal((await keysOf(other, 'd-here')).length, 1);
    await endOwnSession(world.deps, proof, { id: hashSessionKey('c-there') });
    assert.deepEqual(await keysOf(proof, 'c-here'), [[hashSessionKey('c-here'), true]]);
  });

  it('are gone when the password is changed, with a mail that says so, and when somebody signs the person out', async () => {
    const { account, proof } = await signedIn('e-here', 'e-there');
    const input = { current: PASSWORD, password: 'a-quite-different-one', source: '192.0.2.9' };
    const next = await changePassword(world.deps, proof, input);
    assert.deepEqual(await keysOf(next, 'e-here'), []);
    const notices = await readMailsOf(world.deps, 'account-security');
    const notice = notices.findLast(({ accountId }) => accountId === String(account.id));
    assert.deepEqual([notice?.facts.what, notice?.facts.address], ['password-changed', '192.0.2.9']);
    await open('e-new', next);
    await signOutAccount(world.deps, staff(), { accountId: account.id });
    assert.deepEqual(await keysOf(next, 'e-new'), []);
    const ended = endOtherSessions(world.deps, next, { key: 'e-new' });
    await assert.rejects(ended, { code: 'token-invalid' });
  });
});
