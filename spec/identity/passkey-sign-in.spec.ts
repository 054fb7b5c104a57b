import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { removeOwnPasskey } from '../../src/identity/own-passkeys.ts';
import { offerPasskey, registerPasskey } from '../../src/identity/passkey-registration.ts';
import { subscriberSite } from '../../src/identity/passkeys.ts';
import { signInWithPasskey, startPasskeySignIn } from '../../src/identity/passkey-sign-in.ts';
import { purgeExpired } from '../../src/identity/purge-expired.ts';
import { signedIn } from '../support/actors.ts';
import { Authenticator, type Behaviour } from '../support/authenticator.ts';
import { makeLine, makeSubscriber } from '../support/factories.ts';
import { changeHolder } from '../purchases/change-holder.ts';
import { makePasskey } from '../support/subscriber-passkeys.ts';
import { createWorld, NOON_IN_TOKYO, type World } from '../support/world.ts';

const BROWSER = 'the token of a browser';
const refused = { code: 'passkey-refused' };

describe('signing in with a passkey', () => {
  let world: World;
  before(async () => void (world = await createWorld()));
  after(() => world.close());
  beforeEach(() => world.clock.set(NOON_IN_TOKYO));

  let sources = 0;
  const newPerson = async (key?: Authenticator) => {
    const { lineId } = await makeLine(world.deps);
    const { id: subscriberId, holderFrom } = await makeSubscriber(world.deps, { lineId });
    return { buyer: { lineId, holderFrom, subscriberId }, ...(await makePasskey(world, subscriberId, key)) };
  };
  const ask = async (browser = BROWSER, subscriberId?: number) =>
    JSON.parse(await startPasskeySignIn(world.deps, { browser, subscriberId })) as {
      challenge: string;
      allowCredentials?: { id: string }[];
      userVerification: string;
    };
  const finish = (
    response: ReturnType<Authenticator['get']>,
    { browser = BROWSER, subscriberId }: { browser?: string; subscriberId?: number } = {},
  ) => {
    const source = `198.51.100.${(sources = (sources + 1) % 250)}`;
    return signInWithPasskey(world.deps, { response, browser, source, subscriberId });
  };
  const signIn = async (key: Authenticator, behaviour: Behaviour = {}) =>
    finish(key.get(await ask(), behaviour));
  const tokens = async () =>
    (await sqlOf(world.deps.orm.em.fork()).selectFrom('one_time_token').select('tokenHash').execute()).length;

  it('proves its owner; the page asks for any passkey, with verification, and stores nothing', async () => {
    const { buyer, key } = await newPerson();
    const before = await tokens();
    const options = await ask();
    assert.deepEqual([options.allowCredentials, options.userVerification], [undefined, 'required']);
    assert.equal(await tokens(), before);
    assert.equal((await finish(key.get(options))).id, buyer.subscriberId);
    assert.equal((await signIn(key)).id, buyer.subscriberId);
  });

  it('takes an answer once, also of two at once, and not after its challenge is purged', async () => {
    const { key } = await newPerson();
    const response = key.get(await ask());
    const outcomes = await Promise.allSettled([finish(response), finish(response)]);
    assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    await assert.rejects(finish(response), refused);
    world.clock.advance(30 * 60_000);
    await purgeExpired(world.deps);
    await assert.rejects(finish(response), refused);
  });

  it('takes the answer of this browser alone, in half an hour, and no challenge that we did not make', async () => {
    const { key } = await newPerson();
    const options = await ask();
    await assert.rejects(finish(key.get(options), { browser: 'another browser' }), refused);
    const bytes = Buffer.from(options.challenge, 'base64url');
    bytes[20]! ^= 1;
    for (const challenge of ['', 'AAAA', bytes.toString('base64url')])
      await assert.rejects(finish(key.get({ challenge })), refused);
    world.clock.advance(30 * 60_000 - 1);
    await finish(key.get(options));
    const late = await ask();
    world.clock.advance(30 * 60_000);
    await assert.rejects(finish(key.get(late)), refused);
  });

  it('is refused without verification, from another site, and for a key that was copied', async () => {
    const key = new Authenticator(world.config.publicOrigin, { isSynced: false });
    await newPerson(key);
    await signIn(key, { counter: 5 });
    for (const behaviour of [
      { verifies: false, counter: 6 },
      { origin: 'https://phishing.example', counter: 6 },
      { counter: 5 },
    ])
      await assert.rejects(signIn(key, behaviour), refused, JSON.stringify(behaviour));
  });

  it('is refused alike for one of another site, unknown, removed, of a former holder, and of an account', async () => {
    const { buyer, key, ref } = await newPerson();
    await assert.rejects(signIn(new Authenticator('https://other.example')), refused);
    await assert.rejects(signIn(new Authenticator(world.config.publicOrigin)), refused);
    await removeOwnPasskey(world.deps, signedIn(buyer), { ref, address: '', userAgent: '' });
    await assert.rejects(signIn(key), refused);
    const former = await newPerson();
    world.clock.set(new Date('2026-05-16T09:00:00+09:00'));
    await changeHolder(world.deps, former.buyer.lineId, '2026-05-16');
    await assert.rejects(signIn(former.key), refused);
    const ofAccount = new Authenticator(world.config.publicOrigin);
    await inTransaction(world.deps, async (tx) => {
      const [site, owner] = [
        subscriberSite(tx.config),
        { kind: 'account', id: former.buyer.subscriberId } as const,
      ];
      const options = await offerPasskey(tx, site, { owner, userName: 'a', displayName: 'a' });
      assert.ok(await registerPasskey(tx, site, { owner, label: 'a', response: ofAccount.create(options) }));
    });
    await assert.rejects(signIn(ofAccount), refused);
  });

  it('of somebody who is signed in takes their own passkeys alone', async () => {
    const [one, other] = [await newPerson(), await newPerson()];
    const { subscriberId } = one.buyer;
    const options = await ask(BROWSER, subscriberId);
    assert.deepEqual(
      options.allowCredentials?.map(({ id }) => id),
      [one.key.credentialId],
    );
    await assert.rejects(finish(other.key.get(options), { subscriberId }), refused);
    const again = await ask(BROWSER, subscriberId);
    assert.equal((await finish(one.key.get(again), { subscriberId })).id, subscriberId);
  });

  it('locks a passkey after five failures, and nobody else', async () => {
    const { key } = await newPerson();
    for (let time = 1; time <= 5; time += 1) await assert.rejects(signIn(key, { verifies: false }), refused);
    await assert.rejects(signIn(key), { code: 'sign-in-locked' });
    await signIn((await newPerson()).key);
    world.clock.advance(15 * 60_000);
    await signIn(key);
  });
});
