import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sqlOf } from '../../../src/database/sql.ts';
import type { Subscriber } from '../../../src/identity/subscriber.entity.ts';
import { Authenticator } from '../../support/authenticator.ts';
import { changeHolder } from '../../purchases/change-holder.ts';
import {
  openCheckoutSite,
  PASSWORD,
  ScriptedLineCheck,
  type CheckoutSite,
} from '../../support/checkout-site.ts';
import { assertSoundPage } from '../../support/html-check.ts';
import { readMailsOf } from '../../support/mailbox.ts';
import { formToken, PageClient } from '../../support/page-client.ts';
import { makePasskey, optionsOf } from '../../support/subscriber-passkeys.ts';
import { NOON_IN_TOKYO } from '../../support/world.ts';

const NEW = '/my/security/passkeys/new';
const notice = (text: string) => /role="alert"[\s\S]*?<\/div>/.exec(text)?.[0] ?? '';

describe('passkeys on the own pages of a subscriber', () => {
  let site: CheckoutSite;
  const lineCheck = new ScriptedLineCheck();
  before(async () => void (site = await openCheckoutSite(lineCheck)));
  after(() => site.close());
  beforeEach(() => {
    site.world.clock.set(NOON_IN_TOKYO);
    lineCheck.outcome = { kind: 'accepted', server: '127.0.0.1:1812' };
  });

  const at = (path: string) => `${site.origin}${path}`;
  const elsewhere = () => void (lineCheck.outcome = { kind: 'refused', reason: 'rejected' });
  const newKey = () => new Authenticator(site.origin);
  const newSubscriber = () => site.newSubscriber({ holder: { email: 'hanako@example.jp' } });
  const post = async (client: PageClient, page: string, fields: Record<string, string>, to = page) => {
    const { text } = await client.get(at(page));
    return client.post(at(to), { form_token: formToken(text), ...fields });
  };
  const signInByPassword = async ({ issuedId }: Subscriber) => {
    const client = new PageClient();
    await post(client, '/my/sign-in', { issuedId, password: PASSWORD });
    return client;
  };
  /** Opens a page with a passkey form and answers it. */
  const answer = async (
    client: PageClient,
    key: Authenticator,
    { page = '/my/sign-in', to = '/my/sign-in/passkey', ...fields }: Record<string, string> = {},
  ) => {
    const { text } = await client.get(at(page));
    const response = JSON.stringify(key.get(optionsOf(text)));
    return client.post(at(to), { form_token: formToken(text), response, ...fields });
  };
  const register = async (client: PageClient, key: Authenticator) => {
    const { text } = await client.get(at(NEW));
    const response = JSON.stringify(key.create(optionsOf(text)));
    return client.post(at(NEW), { form_token: formToken(text), label: '電話', response });
  };
  const opens = async (client: PageClient) => (await client.get(at('/my/security'))).status === 200;
  /** A person with a passkey, and a browser that is signed in by it. */
  const entered = async () => {
    const subscriber = await newSubscriber();
    const { key, ref } = await makePasskey(site.world, subscriber.id);
    const client = new PageClient();
    assert.equal((await answer(client, key)).location, '/my');
    return { subscriber, key, ref, client };
  };

  it('is registered after a fresh proof, signs other browsers out, and then signs in', async () => {
    const subscriber = await newSubscriber();
    const [client, other] = [await signInByPassword(subscriber), await signInByPassword(subscriber)];
    const empty = await client.get(at('/my/security'));
    assert.match(empty.text, /パスキーはまだ登録されていません/);
    site.world.clock.advance(5 * 60_000);
    const asked = await client.get(at(NEW));
    assert.deepEqual([asked.status, asked.location], [303, `/my/step-up?next=${encodeURIComponent(NEW)}`]);
    assertSoundPage((await client.get(at(asked.location!))).text, 'ja');
    const to = '/my/step-up/password';
    const wrong = await post(client, asked.location!, { password: 'wrong-horse', next: NEW }, to);
    assert.equal(wrong.status, 401);
    const right = await post(client, asked.location!, { password: PASSWORD, next: NEW }, to);
    assert.equal(right.location, NEW);
    const before = client.cookies.get('tabane.session');
    const key = newKey();
    assert.equal((await register(client, key)).location, '/my/security');
    assert.notEqual(client.cookies.get('tabane.session'), before);
    const { text } = await client.get(at('/my/security'));
    assertSoundPage(text, 'ja');
    assert.match(text, /電話[\s\S]*まだ使われていません/);
    assert.equal(await opens(other), false);
    assert.equal((await readMailsOf(site.world.deps, 'passkey-added')).at(-1)?.facts.label, '電話');

    const fresh = new PageClient();
    assert.equal((await answer(fresh, key, { next: '/my/security' })).location, '/my/security');
    assert.match((await fresh.get(at('/my/security'))).text, /最終利用：/);
  });

  it('is registered by the step-up with another passkey of the same person, not with that of somebody else', async () => {
    const [{ client, key }, other] = [await entered(), await entered()];
    site.world.clock.advance(5 * 60_000);
    const page = `/my/step-up?next=${encodeURIComponent(NEW)}`;
    const how = { page, to: '/my/step-up/passkey', next: NEW };
    const refused = await answer(client, other.key, how);
    assert.equal(refused.status, 401);
    assert.equal((await client.get(at(NEW))).status, 303);
    assert.equal((await answer(client, key, how)).location, NEW);
    assert.equal((await register(client, newKey())).location, '/my/security');
  });

  it('elsewhere opens nothing by itself: a code is mailed as after a password, then it can be removed and none added', async () => {
    const subscriber = await newSubscriber();
    const { key, ref } = await makePasskey(site.world, subscriber.id);
    elsewhere();
    const client = new PageClient();
    assert.equal((await answer(client, key)).location, '/my/code?next=%2Fmy');
    assert.equal(await opens(client), false);
    await post(client, '/my/code', {}, '/my/code/send');
    const { code } = (await readMailsOf(site.world.deps, 'sign-in-code')).at(-1)!.facts;
    assert.equal((await post(client, '/my/code', { code })).location, '/my');
    const { text } = await client.get(at('/my/security'));
    assert.match(text, /パスキーの登録は、ご契約の回線から/);
    for (const path of [NEW, '/my/step-up']) assert.equal((await client.get(at(path))).status, 403);
    const page = `/my/security/passkeys/${ref}/remove`;
    assertSoundPage((await client.get(at(page))).text, 'ja');
    // The passkey had opened this session: it ends.
    assert.equal((await post(client, page, {})).location, '/my/sign-in?after=passkey');
    assert.equal(await opens(client), false);
    assert.equal((await answer(new PageClient(), key)).status, 401);
  });

  it('opens nothing for a former holder: a session with a code reads on while its passkey is there', async () => {
    const subscriber = await newSubscriber();
    const { key } = await makePasskey(site.world, subscriber.id);
    elsewhere();
    const client = new PageClient();
    await answer(client, key);
    await post(client, '/my/code', {}, '/my/code/send');
    const { code } = (await readMailsOf(site.world.deps, 'sign-in-code')).at(-1)!.facts;
    assert.equal((await post(client, '/my/code', { code })).location, '/my');
    await changeHolder(site.world.deps, subscriber.lineId, '2026-05-10');
    const statuses = async () => [
      (await client.get(at('/my'))).status,
      (await client.get(at('/my/security'))).status,
    ];
    assert.deepEqual(await statuses(), [200, 403]);
    assert.equal((await answer(new PageClient(), key)).status, 401);
    const sql = sqlOf(site.world.deps.orm.em.fork());
    await sql.deleteFrom('passkey').where('ownerId', '=', subscriber.id).execute();
    assert.deepEqual(await statuses(), [303, 303]);
  });

  it('ends every session when it is removed, also one that comes back later', async () => {
    const { subscriber, key, ref, client } = await entered();
    const cookie = client.cookies.get('tabane.session')!;
    const remover = await signInByPassword(subscriber);
    const sql = sqlOf(site.world.deps.orm.em.fork());
    const sessions = sql.selectFrom('session').selectAll().where('subscriberId', '=', subscriber.id);
    const rows = await sessions.execute();
    const byPasskey = rows.find(({ content }) => (content as { passkey?: string }).passkey === ref)!;
    const page = `/my/security/passkeys/${ref}/remove`;
    assert.equal((await post(remover, page, {})).location, '/my/security');
    assert.ok(await opens(remover));
    assert.equal(await opens(client), false);
    // As a sign-in does that was under way during the removal.
    await sql
      .insertInto('session')
      .values({ ...byPasskey, content: byPasskey.content as never })
      .execute();
    client.cookies.set('tabane.session', cookie);
    assert.equal(await opens(client), false);
    assert.equal((await answer(new PageClient(), key)).status, 401);
    assert.equal((await readMailsOf(site.world.deps, 'passkey-removed')).at(-1)?.facts.label, '電話');
  });

  it('that is refused says the same for every reason, with the page to try again', async () => {
    const { key, subscriber } = await entered();
    const texts = new Set<string>();
    const unknown = await answer(new PageClient(), newKey());
    const foreign = await answer(new PageClient(), new Authenticator('https://other.example'));
    const { text } = await new PageClient().get(at('/my/sign-in'));
    const client = new PageClient();
    const own = await client.get(at('/my/sign-in'));
    const ofOther = await client.post(at('/my/sign-in/passkey'), {
      form_token: formToken(own.text),
      response: JSON.stringify(key.get(optionsOf(text))),
    });
    const sql = sqlOf(site.world.deps.orm.em.fork());
    const ended = { state: 'ended', slot: null, isHolder: null, endedAt: site.world.clock.now() } as const;
    await sql.updateTable('subscriber').set(ended).where('id', '=', subscriber.id).execute();
    const ofEnded = await answer(new PageClient(), key);
    for (const reply of [unknown, foreign, ofOther, ofEnded]) {
      assert.equal(reply.status, 401);
      texts.add(notice(reply.text));
      assertSoundPage(reply.text, 'ja');
    }
    assert.equal(texts.size, 1);
    assert.match([...texts][0]!, /パスキーで確認できませんでした/);
  });

  it('an answer that is replayed signs nobody in, and one that is none is no attempt', async () => {
    const { key } = await entered();
    const client = new PageClient();
    const { text } = await client.get(at('/my/sign-in'));
    const fields = { form_token: formToken(text), response: JSON.stringify(key.get(optionsOf(text))) };
    const visitor = new Map(client.cookies);
    assert.equal((await client.post(at('/my/sign-in/passkey'), fields)).status, 303);
    const replay = new PageClient();
    for (const [name, value] of visitor) replay.cookies.set(name, value);
    assert.equal((await replay.post(at('/my/sign-in/passkey'), fields)).status, 401);
    assert.equal(await opens(replay), false);
    for (const response of ['', '{}', 'null', '{"id":1}', '{"id":"a","response":{}}'])
      assert.equal((await post(replay, '/my/sign-in', { response }, '/my/sign-in/passkey')).status, 422);
  });

  it('is renamed, and is there for its owner alone', async () => {
    const [{ client, ref }, other] = [await entered(), await entered()];
    const page = `/my/security/passkeys/${ref}`;
    assert.equal((await post(client, page, { label: '新しい電話' }, `${page}/name`)).location, page);
    const { text } = await client.get(at(page));
    assertSoundPage(text, 'ja');
    assert.match(text, /<h1[^>]*>\s*新しい電話/);
    assert.equal((await other.client.get(at(page))).status, 404);
  });

  it('a browser that is signed in keeps its proof when its person changes the password', async () => {
    const { client } = await entered();
    const fields = { currentPassword: PASSWORD, newPassword: '夜空に星がひとつ' };
    const reply = await post(client, '/my/security', fields, '/my/security/password');
    assert.equal(reply.location, '/my/security');
    assert.match((await client.get(at('/my/security'))).text, /電話/);
  });
});
