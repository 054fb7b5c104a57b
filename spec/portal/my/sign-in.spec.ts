import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sqlOf } from '../../../src/database/sql.ts';
import { composeIssuedId } from '../../../src/identity/issued-id.rules.ts';
import type { Subscriber } from '../../../src/identity/subscriber.entity.ts';
import {
  openCheckoutSite,
  PASSWORD,
  ScriptedLineCheck,
  type CheckoutSite,
} from '../../support/checkout-site.ts';
import { assertSoundPage } from '../../support/html-check.ts';
import { readMailsOf } from '../../support/mailbox.ts';
import { formToken, PageClient } from '../../support/page-client.ts';
import { NOON_IN_TOKYO } from '../../support/world.ts';

/** Well-formed, and nobody's. */
const UNKNOWN_ID = composeIssuedId(() => 7);
const NEW_PASSWORD = '夜空に星がひとつ';

const notice = (text: string) => /role="alert"[\s\S]*?<\/div>/.exec(text)?.[0];

describe('signing in to the own pages of a subscriber', () => {
  let site: CheckoutSite;
  const lineCheck = new ScriptedLineCheck();
  before(async () => void (site = await openCheckoutSite(lineCheck)));
  after(() => site.close());
  beforeEach(() => {
    site.world.clock.set(NOON_IN_TOKYO);
    lineCheck.outcome = { kind: 'accepted', server: '127.0.0.1:1812' };
  });

  const at = (path: string) => `${site.origin}${path}`;
  const newSubscriber = () => site.newSubscriber({ holder: { email: 'hanako@example.jp' } });
  /** Opens a page and posts to an address of its forms. */
  const post = async (client: PageClient, page: string, fields: Record<string, string>, to = page) => {
    const { text } = await client.get(at(page));
    return client.post(at(to), { form_token: formToken(text), ...fields });
  };
  const signIn = (
    client: PageClient,
    { issuedId }: Pick<Subscriber, 'issuedId'>,
    over: Record<string, string> = {},
  ) => post(client, '/my/sign-in', { issuedId, password: PASSWORD, ...over });
  const signedIn = async () => {
    const [client, subscriber] = [new PageClient(), await newSubscriber()];
    assert.equal((await signIn(client, subscriber)).location, '/my');
    return { client, subscriber };
  };
  const opens = async (client: PageClient) => (await client.get(at('/my/security'))).status === 200;
  const elsewhere = () => void (lineCheck.outcome = { kind: 'refused', reason: 'rejected' });
  const sql = () => sqlOf(site.world.deps.orm.em.fork());

  it('takes both proofs, under a new session key, and remembers the language of the pages', async () => {
    const [client, subscriber] = [new PageClient(), await newSubscriber()];
    const page = await client.get(at('/my/sign-in'));
    assertSoundPage(page.text, 'ja');
    assert.equal(await opens(client), false);
    const before = client.cookies.get('tabane.session');
    assert.equal((await signIn(client, subscriber)).status, 303);
    assert.notEqual(client.cookies.get('tabane.session'), before);
    assert.ok(await opens(client));
    const row = await sql()
      .selectFrom('subscriber')
      .select('language')
      .where('id', '=', subscriber.id)
      .executeTakeFirst();
    assert.equal(row?.language, 'ja');
  });

  it('leads a page that needs it to the sign-in and back, and to no other host', async () => {
    const [client, subscriber] = [new PageClient(), await newSubscriber()];
    const { status, location } = await client.get(at('/my/security'));
    assert.deepEqual([status, location], [303, '/my/sign-in?next=%2Fmy%2Fsecurity']);
    assert.equal((await signIn(client, subscriber, { next: '/my/security' })).location, '/my/security');
    for (const next of [
      '//evil.example',
      'https://evil.example/',
      '/\\evil.example',
      '/my\r\nX: 1',
      'javascript:1',
    ]) {
      const reply = await signIn(new PageClient(), subscriber, { next });
      assert.ok(
        reply.location === null || reply.location.startsWith('/my'),
        `${next} leads to ${reply.location}`,
      );
    }
  });

  it('refuses a wrong password and an unknown ID in the same words, with what was typed but the password', async () => {
    const subscriber = await newSubscriber();
    const known = await signIn(new PageClient(), subscriber, { password: 'wrong-horse' });
    const unknown = await signIn(new PageClient(), { issuedId: UNKNOWN_ID }, { password: 'wrong-horse' });
    assert.deepEqual([known.status, unknown.status], [401, 401]);
    assert.equal(notice(known.text), notice(unknown.text));
    assert.ok(known.text.includes('<title>エラー：'));
    assert.ok(known.text.includes(`value="${subscriber.issuedId}"`));
    assert.ok(!known.text.includes('wrong-horse'));
  });

  it('a form without the token of the page is refused, and nobody is signed in', async () => {
    const [client, subscriber] = [new PageClient(), await newSubscriber()];
    await client.get(at('/my/sign-in'));
    const reply = await client.post(at('/my/sign-in'), { issuedId: subscriber.issuedId, password: PASSWORD });
    assert.equal(reply.status, 403);
    assert.equal(await opens(client), false);
  });

  it('is locked by 30 guesses at once, also for the right password', async () => {
    const subscriber = await newSubscriber();
    const client = new PageClient();
    const { text } = await client.get(at('/my/sign-in'));
    const guess = (password: string) =>
      client.post(at('/my/sign-in'), {
        form_token: formToken(text),
        issuedId: subscriber.issuedId,
        password,
      });
    const guesses = await Promise.all(
      Array.from({ length: 30 }, (_, index) => guess(`guess-${index}-wrong`)),
    );
    assert.ok(guesses.every(({ status }) => status === 401 || status === 429 || status === 503));
    assert.equal((await guess(PASSWORD)).status, 429);
  });

  it('elsewhere the password opens nothing: a code goes to the holder, and with it the person reads and ends', async () => {
    elsewhere();
    const [client, subscriber] = [new PageClient(), await newSubscriber()];
    assert.equal((await signIn(client, subscriber)).location, '/my/code?next=%2Fmy');
    assert.equal(await opens(client), false);
    const page = await client.get(at('/my/code'));
    assertSoundPage(page.text, 'ja');
    assert.ok(page.text.includes('h***@e***.jp'));
    assert.ok(!page.text.includes('hanako@example.jp'));
    await post(client, '/my/code', {}, '/my/code/send');
    const { code } = (await readMailsOf(site.world.deps, 'sign-in-code')).at(-1)!.facts;
    const wrong = await post(client, '/my/code', { code: '00000000' === code ? '1' : '00000000' });
    assert.equal(wrong.status, 422);
    assert.equal((await post(client, '/my/code', { code })).location, '/my');
    assert.ok(await opens(client));
  });

  it('a session of the checkout opens no page without the line, and one that has proven the line does', async () => {
    elsewhere();
    const [client, subscriber] = [new PageClient(), await newSubscriber()];
    const { url } = await site.newCharge();
    await client.submit(url, 'sign-in', { issued_id: subscriber.issuedId, password: PASSWORD });
    assert.equal(await opens(client), false);
    lineCheck.outcome = { kind: 'accepted', server: '127.0.0.1:1812' };
    await client.submit(url, 'sign-in', { issued_id: subscriber.issuedId, password: PASSWORD });
    await client.get(url);
    assert.ok(await opens(client));
  });

  it('asks for the line again after half an hour, and ends when it is another one', async () => {
    const { client } = await signedIn();
    const asked = lineCheck.asked.length;
    assert.ok(await opens(client));
    assert.equal(lineCheck.asked.length, asked);
    site.world.clock.advance(29 * 60_000);
    assert.ok(await opens(client));
    site.world.clock.advance(2 * 60_000);
    assert.ok(await opens(client));
    assert.equal(lineCheck.asked.length, asked + 1);
    elsewhere();
    site.world.clock.advance(29 * 60_000);
    assert.ok(await opens(client));
    site.world.clock.advance(2 * 60_000);
    assert.equal(await opens(client), false);
  });

  it('with a password that somebody else issued, everything waits for a new one', async () => {
    const [client, subscriber] = [new PageClient(), await newSubscriber()];
    await sql()
      .updateTable('subscriber')
      .set({ passwordTemporary: true })
      .where('id', '=', subscriber.id)
      .execute();
    await signIn(client, subscriber);
    assert.equal((await client.get(at('/my/security'))).location?.split('?')[0], '/my/new-password');
    assertSoundPage((await client.get(at('/my/new-password'))).text, 'ja');
    assert.equal((await post(client, '/my/new-password', { newPassword: 'short' })).status, 422);
    assert.equal((await post(client, '/my/new-password', { newPassword: PASSWORD })).status, 422);
    assert.equal((await post(client, '/my/new-password', { newPassword: NEW_PASSWORD })).location, '/my');
    assert.ok(await opens(client));
    assert.equal((await signIn(new PageClient(), subscriber)).status, 401);
    assert.equal((await signIn(new PageClient(), subscriber, { password: NEW_PASSWORD })).location, '/my');
  });

  it('a changed password ends every other session, and the holder is told by mail', async () => {
    const { client, subscriber } = await signedIn();
    const other = new PageClient();
    await signIn(other, subscriber);
    const change = { currentPassword: 'wrong-horse', newPassword: NEW_PASSWORD };
    assert.equal((await post(client, '/my/security', change, '/my/security/password')).status, 401);
    const right = { ...change, currentPassword: PASSWORD };
    assert.equal(
      (await post(client, '/my/security', right, '/my/security/password')).location,
      '/my/security',
    );
    assert.ok((await client.get(at('/my/security'))).text.includes('パスワードを変更しました'));
    assert.equal(await opens(other), false);
    const mails = await readMailsOf(site.world.deps, 'password-changed');
    assert.equal(mails.filter((mail) => mail.subscriberId === subscriber.id).length, 1);
  });

  it('lists where the person is signed in, and ends all others', async () => {
    const { client, subscriber } = await signedIn();
    const phone = new PageClient({
      'accept-language': 'ja',
      'user-agent': 'Mozilla/5.0 (iPhone) Safari/604.1',
    });
    await signIn(phone, subscriber);
    const { text } = await client.get(at('/my/security'));
    assertSoundPage(text, 'ja');
    assert.ok(text.includes('Safari (iPhone)'));
    await post(client, '/my/security', {}, '/my/security/end-others');
    assert.equal(await opens(phone), false);
    assert.ok(await opens(client));
    const trail = await sql()
      .selectFrom('audit_entry')
      .select(['actor', 'facts'])
      .where('action', '=', 'subscriber.end-sessions')
      .execute();
    assert.deepEqual(trail, [{ actor: `subscriber:${subscriber.id}`, facts: { sessions: 1 } }]);
  });

  it('signs out, and the key of the session opens nothing any more', async () => {
    const { client } = await signedIn();
    const key = client.cookies.get('tabane.session') ?? '';
    assert.equal(
      (await post(client, '/my/security', {}, '/my/sign-out')).location,
      '/my/sign-in?after=sign-out',
    );
    client.cookies.set('tabane.session', key);
    assert.equal(await opens(client), false);
  });

  it('a session of one audience is none of another', async () => {
    const { client } = await signedIn();
    const key = client.cookies.get('tabane.session') ?? '';
    const thief = new PageClient();
    thief.cookies.set('tabane.company', key);
    thief.cookies.set('tabane.staff', key);
    assert.equal(await opens(thief), false);
  });

  it('a forgotten password: the same answer for every ID, and a new one with the code of the mail', async () => {
    const subscriber = await newSubscriber();
    const known = await post(new PageClient(), '/my/forgotten', { issuedId: subscriber.issuedId });
    const unknown = await post(new PageClient(), '/my/forgotten', { issuedId: UNKNOWN_ID });
    assert.deepEqual([known.status, unknown.status], [303, 303]);
    const mails = await readMailsOf(site.world.deps, 'password-reset-code');
    assert.equal(mails.length, 1);
    const { code } = mails[0]!.facts;
    const reset = (over: Record<string, string>) =>
      post(new PageClient(), '/my/forgotten/code', {
        issuedId: subscriber.issuedId,
        code,
        newPassword: NEW_PASSWORD,
        ...over,
      });
    assert.equal((await reset({ newPassword: 'short' })).status, 422);
    assert.equal((await reset({ issuedId: UNKNOWN_ID })).status, 422);
    assert.equal((await reset({})).location, '/my/sign-in?after=password');
    assert.equal((await reset({})).status, 422);
    assert.equal((await signIn(new PageClient(), subscriber, { password: NEW_PASSWORD })).location, '/my');
  });

  it('every page of it is sound in both languages', async () => {
    for (const language of ['ja', 'en']) {
      const client = new PageClient({ 'accept-language': language });
      for (const path of [
        '/my/sign-in',
        '/my/code',
        '/my/new-password',
        '/my/forgotten',
        '/my/forgotten/code',
      ]) {
        assertSoundPage((await client.get(at(path))).text, language);
      }
    }
  });

  it('says how many tries are left, the same for an ID that does not exist, until none is', async () => {
    // Failures of the tests before are no longer counted.
    site.world.clock.advance(60 * 60_000);
    const subscriber = await newSubscriber();
    const [own, other] = [new PageClient(), new PageClient()];
    const wrong = { password: 'wrong-horse' };
    const nobody = { issuedId: composeIssuedId(() => 3) };
    for (const left of [4, 3, 2, 1]) {
      const known = notice((await signIn(own, subscriber, wrong)).text);
      assert.ok(known?.includes(`あと${left}回続けて間違えると`), String(known));
      assert.equal(notice((await signIn(other, nobody, wrong)).text), known);
    }
    const last = notice((await signIn(own, subscriber, wrong)).text);
    assert.ok(last?.includes('続けて間違えたため、15分間ログインできません'), String(last));
    assert.equal(notice((await signIn(other, nobody, wrong)).text), last);
    assert.equal((await signIn(own, subscriber)).status, 429);
  });

  it('says how many tries of the current password are left', async () => {
    const { client } = await signedIn();
    const change = { currentPassword: 'wrong-horse', newPassword: NEW_PASSWORD };
    const { text } = await post(client, '/my/security', change, '/my/security/password');
    assert.match(notice(text) ?? '', /あと\d回続けて間違えると/);
  });
});
