import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sqlOf } from '../../../src/database/sql.ts';
import { removeOwnPasskey } from '../../../src/identity/own-passkeys.ts';
import { publicId } from '../../../src/shared/public-id.rules.ts';
import { signedIn } from '../../support/actors.ts';
import { Authenticator } from '../../support/authenticator.ts';
import {
  openCheckoutSite,
  ScriptedLineCheck,
  signInOn,
  type CheckoutSite,
} from '../../support/checkout-site.ts';
import { assertSoundPage } from '../../support/html-check.ts';
import { formToken, PageClient } from '../../support/page-client.ts';
import { makePasskey, optionsOf } from '../../support/subscriber-passkeys.ts';
import { NOON_IN_TOKYO } from '../../support/world.ts';

const confirm = async (client: PageClient, url: string) => {
  const { text } = await client.get(url);
  return client.post(`${url}/confirm`, { form_token: formToken(text) });
};
const notice = (text: string) => /role="alert"[\s\S]*?<\/div>/.exec(text)?.[0] ?? '';

const answer = async (client: PageClient, url: string, key: Authenticator) => {
  const { text } = await client.get(url);
  const fields = { form_token: formToken(text), response: JSON.stringify(key.get(optionsOf(text))) };
  return client.post(`${url}/passkey`, fields);
};

describe('a passkey at a checkout', () => {
  /** Of the line checks of this file, only this line is at the address. */
  let connected: string | undefined;
  const lineCheck = new (class extends ScriptedLineCheck {
    override check(request: { readonly lineId: string; readonly address: string }) {
      const isConnected = connected === undefined || request.lineId === connected;
      this.outcome = isConnected
        ? { kind: 'accepted', server: '127.0.0.1:1812' }
        : { kind: 'refused', reason: 'rejected' };
      return super.check(request);
    }
  })();
  let site: CheckoutSite;
  before(async () => void (site = await openCheckoutSite(lineCheck)));
  after(() => site.close());
  beforeEach(() => {
    site.world.clock.set(NOON_IN_TOKYO);
    connected = undefined;
  });

  const newPerson = async () => {
    const subscriber = await site.newSubscriber();
    return { subscriber, ...(await makePasskey(site.world, subscriber.id)) };
  };
  const stateOf = async (id: string) => {
    const charges = sqlOf(site.world.deps.orm.em.fork()).selectFrom('charge').select('state');
    return (await charges.where('id', '=', id).executeTakeFirstOrThrow()).state;
  };

  it('replaces ID and password: the line is proven all the same, and both are kept and shown', async () => {
    const { subscriber, key } = await newPerson();
    const { id, url } = await site.newCharge();
    const client = new PageClient();
    const page = await client.get(url);
    assertSoundPage(page.text, 'ja');
    assert.match(page.text, /<form id="ask-passkey"[^>]* hidden>/);
    const asked = lineCheck.asked.length;
    assert.equal((await answer(client, url, key)).location, new URL(url).pathname);
    await confirm(client, url);
    assert.deepEqual(lineCheck.asked.slice(asked), [{ lineId: subscriber.lineId, address: '127.0.0.1' }]);
    const row = await sqlOf(site.world.deps.orm.em.fork())
      .selectFrom('confirmation')
      .select(['subscriberId', 'provenBy', 'aaaAnswer', 'lineId'])
      .where('subjectId', '=', id)
      .executeTakeFirstOrThrow();
    const proofs = { subscriberId: subscriber.id, lineId: subscriber.lineId, aaaAnswer: 'accept' };
    assert.deepEqual(row, { ...proofs, provenBy: 'passkey' });
    for (const [language, words] of [
      ['ja', '回線とパスキー'],
      ['en', 'Line and passkey'],
    ] as const) {
      const receipt = await client.get(`${url}?lang=${language}`);
      assert.ok(receipt.text.includes(words), language);
      const detail = await client.get(
        `${site.origin}/my/purchases/${publicId('charge', id)}?lang=${language}`,
      );
      assert.ok(detail.text.includes(words), language);
    }
  });

  it('of another person is no proof of this line: nothing is bought', async () => {
    const [owner, thief] = [await newPerson(), await newPerson()];
    connected = owner.subscriber.lineId;
    const { id, url } = await site.newCharge();
    const client = new PageClient();
    assert.equal((await answer(client, url, thief.key)).status, 303);
    const refused = await client.get(url);
    assert.equal(refused.status, 403);
    assert.ok(!refused.text.includes(owner.subscriber.issuedId));
    await confirm(client, url);
    assert.equal(await stateOf(id), 'pending');
  });

  it('is refused alike when it is replayed, removed, unknown or of another site', async () => {
    const { subscriber, key, ref } = await newPerson();
    const { url } = await site.newCharge();
    const client = new PageClient();
    const { text } = await client.get(url);
    const visitor = new Map(client.cookies);
    const fields = { form_token: formToken(text), response: JSON.stringify(key.get(optionsOf(text))) };
    assert.equal((await client.post(`${url}/passkey`, fields)).status, 303);
    const thief = new PageClient();
    for (const [name, value] of visitor) thief.cookies.set(name, value);
    const replayed = await thief.post(`${url}/passkey`, fields);
    const foreign = await answer(new PageClient(), url, new Authenticator('https://other.example'));
    const unknown = await answer(new PageClient(), url, new Authenticator(site.origin));
    const { id: subscriberId, lineId, holderFrom } = subscriber;
    const owner = signedIn({ subscriberId, lineId, holderFrom });
    await removeOwnPasskey(site.world.deps, owner, { ref, address: '', userAgent: '' });
    const removed = await answer(new PageClient(), url, key);
    // The session that it had opened is over, too.
    assert.match((await client.get(url)).text, /id="ask-passkey"/);
    const replies = [replayed, foreign, unknown, removed];
    assert.deepEqual(
      replies.map(({ status }) => status),
      [401, 401, 401, 401],
    );
    assert.equal(new Set(replies.map((reply) => notice(reply.text))).size, 1);
    assert.match(notice(removed.text), /パスキーで確認できませんでした/);
    for (const reply of replies) assertSoundPage(reply.text, 'ja');
  });

  it('that gave no answer is said beside its button', async () => {
    const { url } = await site.newCharge();
    const client = new PageClient();
    const reply = await client.submit(url, 'passkey', { response: '' });
    assert.equal(reply.status, 422);
    assert.match(reply.text, /パスキーからの応答がありません/);
    assertSoundPage(reply.text, 'ja');
  });

  it('proves nothing on a page with the password of another, whose session is another', async () => {
    const { key, subscriber } = await newPerson();
    const { url } = await site.newCharge();
    const { client, subscriber: other } = await signInOn(site, url);
    assert.notEqual(other.id, subscriber.id);
    const reply = await client.get(url);
    assert.doesNotMatch(reply.text, /id="ask-passkey"/);
    const { text } = await new PageClient().get(url);
    const response = JSON.stringify(key.get(optionsOf(text)));
    const posted = await client.post(`${url}/passkey`, { form_token: formToken(reply.text), response });
    assert.equal(posted.status, 401);
  });
});
