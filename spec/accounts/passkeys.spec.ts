import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findSignedIn, type AccountProof } from '../../src/accounts/account-proof.ts';
import {
  finishPasskeyEnrolment,
  listOwnPasskeys,
  removePasskey,
  renewRecoveryCodes,
  startPasskeyEnrolment,
} from '../../src/accounts/passkey-enrolment.ts';
import {
  finishPasskeySignIn,
  startPasskeySignIn,
  startPasskeyStepUp,
  stepUpWithPasskey,
} from '../../src/accounts/passkey-sign-in.ts';
import { originOf } from '../../src/accounts/invitation-link.ts';
import { startPasswordSignIn } from '../../src/accounts/password-sign-in.ts';
import { useRecoveryCode } from '../../src/accounts/second-factor.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { askForPasskey, provePasskey } from '../../src/identity/passkey-proof.ts';
import { offerPasskey, registerPasskey } from '../../src/identity/passkey-registration.ts';
import { Authenticator, type Behaviour } from '../support/authenticator.ts';
import { makeAccount, PASSWORD } from '../support/accounts.ts';
import { createWorld, type World } from '../support/world.ts';

describe('a passkey', () => {
  let world: World;
  let origin: string;
  before(async () => {
    world = await createWorld();
    origin = originOf(world.config, 'staff');
  });
  after(() => world.close());

  let sources = 0;
  const source = () => `198.51.101.${(sources += 1)}`;
  const first = async (email: string) =>
    startPasswordSignIn(world.deps, { audience: 'staff', email, password: PASSWORD, source: source() });
  const ticketOf = async (email: string) => {
    const step = await first(email);
    assert.ok(step.step === 'second-factor', step.step);
    return step.ticket;
  };
  /** An account whose only factor is a passkey. */
  const enrolled = async (key = new Authenticator(origin)) => {
    const { account } = await makeAccount(world.deps, { app: false });
    const right = await first(account.email);
    assert.ok(right.step === 'enrolment');
    const options = await startPasskeyEnrolment(world.deps, right);
    const response = key.create(options);
    const { proof, recoveryCodes } = await finishPasskeyEnrolment(world.deps, right, {
      label: '電話',
      response,
    });
    return { account, key, proof, recoveryCodes };
  };
  const signIn = async (
    email: string,
    key: Authenticator,
    behaviour: Behaviour = {},
  ): Promise<AccountProof> => {
    const ticket = await ticketOf(email);
    const options = await startPasskeySignIn(world.deps, { ticket });
    const response = key.get(options, behaviour);
    return finishPasskeySignIn(world.deps, { ticket, response, source: source() });
  };
  const refused = { code: 'second-factor-refused' };

  it('is a first factor: it signs in, again and again with the counter 0 of a synced one', async () => {
    const { account, key, proof, recoveryCodes } = await enrolled();
    assert.equal(recoveryCodes.length, 10);
    assert.ok(await findSignedIn(world.deps, proof));
    for (let time = 1; time <= 2; time += 1)
      assert.equal((await signIn(account.email, key)).provenBy, 'second-factor');
    const [passkey] = await listOwnPasskeys(world.deps, proof);
    assert.deepEqual(
      [passkey?.label, passkey?.isSynced, passkey?.transports],
      ['電話', true, 'internal,hybrid'],
    );
    assert.deepEqual(passkey?.lastUsedAt, world.clock.now());
  });

  it('is refused without verification of the person, from another site, and after a copy was used', async () => {
    const { account, key } = await enrolled(new Authenticator(origin, { isSynced: false }));
    await signIn(account.email, key, { counter: 5 });
    for (const behaviour of [
      { verifies: false, counter: 6 },
      { origin: 'https://phishing.example', counter: 6 },
      { counter: 5 },
      { counter: 0 },
    ])
      await assert.rejects(signIn(account.email, key, behaviour), refused, JSON.stringify(behaviour));
    await assert.rejects(signIn(account.email, new Authenticator(origin)), refused);
  });

  it('answers a challenge once, also twice at the same moment, and not that of another account', async () => {
    const { account, key } = await enrolled();
    const other = await enrolled();
    const tickets = [await ticketOf(account.email), await ticketOf(account.email)];
    const options = await startPasskeySignIn(world.deps, { ticket: tickets[0]! });
    const response = key.get(options);
    const outcomes = await Promise.allSettled(
      tickets.map((ticket) => finishPasskeySignIn(world.deps, { ticket, response, source: source() })),
    );
    assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    const ticket = await ticketOf(account.email);
    const mine = await startPasskeySignIn(world.deps, { ticket });
    const foreign = finishPasskeySignIn(world.deps, {
      ticket,
      response: other.key.get(mine),
      source: source(),
    });
    await assert.rejects(foreign, refused);
    world.clock.advance(5 * 60_000);
    const late = finishPasskeySignIn(world.deps, { ticket, response: key.get(mine), source: source() });
    await assert.rejects(late, refused);
  });

  it('is registered by a challenge of its own account, with verification', async () => {
    const { proof } = await enrolled();
    const { proof: foreign } = await enrolled();
    const key = new Authenticator(origin);
    const finish = (by: AccountProof, response: ReturnType<Authenticator['create']>) =>
      finishPasskeyEnrolment(world.deps, { proof: by }, { label: 'key', response });
    const theirs = await startPasskeyEnrolment(world.deps, { proof: foreign });
    await assert.rejects(finish(proof, key.create(theirs)), refused);
    const options = await startPasskeyEnrolment(world.deps, { proof });
    assert.equal(options.excludeCredentials?.length, 1);
    await assert.rejects(finish(proof, key.create(options, { verifies: false })), refused);
    const { proof: next } = await finish(proof, key.create(options));
    assert.equal((await listOwnPasskeys(world.deps, next)).length, 2);
    await assert.rejects(finish(next, key.create(options)), refused);
  });

  it('renews a session, and is removed unless it is the last factor', async () => {
    const { proof, key } = await enrolled();
    world.clock.advance(5 * 60_000);
    const credentialId = key.credentialId;
    await assert.rejects(removePasskey(world.deps, proof, { credentialId }), { code: 'step-up-required' });
    const options = await startPasskeyStepUp(world.deps, proof);
    const fresh = await stepUpWithPasskey(world.deps, proof, {
      response: key.get(options),
      source: source(),
    });
    await assert.rejects(removePasskey(world.deps, fresh, { credentialId }), { code: 'illegal-state' });
    const foreign = (await enrolled()).key.credentialId;
    const notMine = removePasskey(world.deps, fresh, { credentialId: foreign });
    await assert.rejects(notMine, { code: 'second-factor-missing' });
    const second = new Authenticator(origin);
    const offer = await startPasskeyEnrolment(world.deps, { proof: fresh });
    const input = { label: '鍵', response: second.create(offer) };
    const { proof: both } = await finishPasskeyEnrolment(world.deps, { proof: fresh }, input);
    const left = await removePasskey(world.deps, both, { credentialId });
    assert.deepEqual(
      (await listOwnPasskeys(world.deps, left)).map(({ label }) => label),
      ['鍵'],
    );
    assert.equal(await findSignedIn(world.deps, both), undefined);
  });

  it('comes with recovery codes that are renewed as a whole', async () => {
    const { account, proof, recoveryCodes } = await enrolled();
    const renewed = await renewRecoveryCodes(world.deps, proof);
    const use = async (code: string) =>
      useRecoveryCode(world.deps, { ticket: await ticketOf(account.email), code, source: source() });
    await assert.rejects(use(recoveryCodes[0]!), refused);
    assert.ok(await use(renewed[0]!));
  });

  it('can be that of a subscriber, found by itself, and of nobody else', async () => {
    const [site, key] = [{ origin, name: 'Tabane' }, new Authenticator(origin)];
    const owner = { kind: 'subscriber', id: 42 } as const;
    const registered = await inTransaction(world.deps, async (tx) => {
      const options = await offerPasskey(tx, site, { owner, userName: 'F12345678906', displayName: '花子' });
      return registerPasskey(tx, site, { owner, label: '電話', response: key.create(options) });
    });
    assert.equal(registered, true);
    const prove = async (asked?: { kind: 'account' | 'subscriber'; id: number }) =>
      inTransaction(world.deps, async (tx) => {
        const options = await askForPasskey(tx, site);
        return provePasskey(tx, site, { response: key.get(options), ...(asked && { owner: asked }) });
      });
    assert.deepEqual(await prove(), owner);
    assert.equal(await prove({ kind: 'account', id: 42 }), undefined);
  });
});
