import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { addOwnPasskey, MAX_PASSKEYS, startOwnPasskey } from '../../src/identity/add-own-passkey.ts';
import { endSubscriber } from '../../src/identity/end-subscriber.ts';
import {
  getOwnPasskey,
  hasPasskey,
  listOwnPasskeys,
  removeOwnPasskey,
  renameOwnPasskey,
} from '../../src/identity/own-passkeys.ts';
import { resetIdPassword } from '../../src/identity/people-of-line.ts';
import { setPassword } from '../../src/identity/set-password.ts';
import { findById } from '../../src/identity/subscriber.queries.ts';
import type { Buyer } from '../../src/lines/entitlement.queries.ts';
import { signedIn, staff } from '../support/actors.ts';
import { Authenticator } from '../support/authenticator.ts';
import { makeLine, makeSubscriber } from '../support/factories.ts';
import { readMailsOf } from '../support/mailbox.ts';
import { makePasskey } from '../support/subscriber-passkeys.ts';
import { createWorld, NOON_IN_TOKYO, type World } from '../support/world.ts';

interface Offered {
  readonly challenge: string;
  readonly authenticatorSelection: object;
}

const browser = { browser: 'spec', address: '192.0.2.7', userAgent: 'Firefox' };

describe('the passkeys of an issued ID', () => {
  let world: World;
  let buyer: Buyer;
  before(async () => void (world = await createWorld()));
  after(() => world.close());
  const newBuyer = async (): Promise<Buyer> => {
    const { lineId } = await makeLine(world.deps, { holder: { email: 'hanako@example.jp' } });
    const { id: subscriberId, holderFrom } = await makeSubscriber(world.deps, { lineId });
    return { lineId, holderFrom, subscriberId };
  };
  beforeEach(async () => {
    world.clock.set(NOON_IN_TOKYO);
    buyer = await newBuyer();
  });

  const now = () => world.clock.now().getTime();
  const offer = async (provenAt: number | undefined = now()) =>
    JSON.parse(await startOwnPasskey(world.deps, signedIn(buyer), { provenAt, browser: 'spec' })) as Offered;
  const add = (response: ReturnType<Authenticator['create']>, provenAt: number | undefined = now()) =>
    addOwnPasskey(world.deps, signedIn(buyer), { label: '電話', response, provenAt, ...browser });
  const newKey = () => new Authenticator(world.config.publicOrigin);
  const list = () => listOwnPasskeys(world.deps, signedIn(buyer));

  it('is registered as one that the browser finds by itself, and the holder of the line is told', async () => {
    const options = await offer();
    assert.deepEqual(options.authenticatorSelection, {
      residentKey: 'required',
      requireResidentKey: true,
      userVerification: 'required',
    });
    await add(newKey().create(options));
    const [passkey] = await list();
    assert.deepEqual([passkey?.label, passkey?.isSynced, passkey?.lastUsedAt], ['電話', true, null]);
    const mail = (await readMailsOf(world.deps, 'passkey-added')).at(-1)!;
    const { issuedId } = (await findById(world.deps, buyer.subscriberId))!;
    assert.deepEqual(
      [mail.toAddress, mail.facts.label, mail.facts.address, mail.facts.issuedId.replaceAll(' ', '')],
      ['hanako@example.jp', '電話', browser.address, issuedId],
    );
  });

  it('asks for a proof of the person of the last five minutes', async () => {
    const options = await offer();
    const [fresh, old] = [now() - 5 * 60_000 + 1, now() - 5 * 60_000];
    for (const provenAt of [old, undefined, now() + 1]) {
      await assert.rejects(startOwnPasskey(world.deps, signedIn(buyer), { provenAt, browser: 'spec' }), {
        code: 'step-up-required',
      });
    }
    const late = addOwnPasskey(world.deps, signedIn(buyer), {
      label: '電話',
      response: newKey().create(options),
      provenAt: undefined,
      ...browser,
    });
    await assert.rejects(late, { code: 'step-up-required' });
    await add(newKey().create(options), fresh);
  });

  it('takes no answer without verification, of another site, of another person or a second time', async () => {
    const refused = { code: 'passkey-refused' };
    const key = newKey();
    await assert.rejects(add(key.create(await offer(), { verifies: false })), refused);
    await assert.rejects(add(key.create(await offer(), { origin: 'https://phishing.example' })), refused);
    await assert.rejects(add(new Authenticator('https://other.example').create(await offer())), refused);
    const own = buyer;
    buyer = await newBuyer();
    const theirs = await offer();
    buyer = own;
    await assert.rejects(add(key.create(theirs)), refused);
    const options = await offer();
    await add(key.create(options));
    await assert.rejects(add(newKey().create(options)), refused);
    // A credential has one owner, whose passkey nobody replaces.
    buyer = await newBuyer();
    await assert.rejects(add(key.create(await offer())), refused);
    assert.equal((await listOwnPasskeys(world.deps, signedIn(own))).length, 1);
  });

  it('are ten at most, also of those who register at once', async () => {
    for (let count = 1; count < MAX_PASSKEYS; count += 1) await makePasskey(world, buyer.subscriberId);
    const offers = [await offer(), await offer()];
    const outcomes = await Promise.allSettled(offers.map((options) => add(newKey().create(options))));
    assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    assert.equal((await list()).length, MAX_PASSKEYS);
    await assert.rejects(offer(), { code: 'too-many-passkeys' });
  });

  it('is renamed and removed by its owner alone, and the holder hears of the removal', async () => {
    const { ref } = await makePasskey(world, buyer.subscriberId);
    const stranger = signedIn(await newBuyer(), { isHolder: true });
    const rename = { ref, label: '新しい電話' };
    await assert.rejects(renameOwnPasskey(world.deps, stranger, rename), { code: 'not-found' });
    await assert.rejects(removeOwnPasskey(world.deps, stranger, { ref, ...browser }), { code: 'not-found' });
    await assert.rejects(renameOwnPasskey(world.deps, signedIn(buyer), { ref, label: '\u202e' }), {
      code: 'invalid-request',
    });
    await renameOwnPasskey(world.deps, signedIn(buyer), rename);
    assert.equal((await getOwnPasskey(world.deps, signedIn(buyer), { ref })).label, '新しい電話');
    const elsewhere = signedIn(buyer, { isOnLine: false });
    await removeOwnPasskey(world.deps, elsewhere, { ref, ...browser });
    assert.deepEqual(await list(), []);
    assert.equal(await hasPasskey(world.deps, buyer.subscriberId, ref), false);
    const mail = (await readMailsOf(world.deps, 'passkey-removed')).at(-1)!;
    assert.deepEqual([mail.toAddress, mail.facts.label], ['hanako@example.jp', '新しい電話']);
    await assert.rejects(removeOwnPasskey(world.deps, elsewhere, { ref, ...browser }), { code: 'not-found' });
  });

  it('are gone when somebody else sets the password, and with the ID', async () => {
    const { issuedId } = (await findById(world.deps, buyer.subscriberId))!;
    const [holder, { subscriberId }] = [{ ...buyer, subscriberId: 0 }, buyer];
    const acts = [
      () => setPassword(world.deps, staff(), { issuedId, password: { generate: true } }),
      () => resetIdPassword(world.deps, signedIn(holder, { isHolder: true }), { subscriberId }),
      () => endSubscriber(world.deps, staff(), { issuedId }),
    ];
    for (const act of acts) {
      await makePasskey(world, subscriberId);
      assert.equal((await list()).length, 1);
      await act();
      assert.deepEqual(await list(), []);
    }
  });
});
