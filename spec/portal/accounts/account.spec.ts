import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { totpCodeAt } from '../../../src/identity/totp.rules.ts';
import { Secret } from 'otpauth';
import { makeAccount, makeInvited, PASSWORD } from '../../support/accounts.ts';
import { Authenticator } from '../../support/authenticator.ts';
import { assertSoundPage } from '../../support/html-check.ts';
import { readMailsOf } from '../../support/mailbox.ts';
import { formToken, PageClient } from '../../support/page-client.ts';
import { openAccountsSite, type AccountsSite } from './accounts-site.ts';

const seedOn = (text: string) => /id="seed">([^<]+)</.exec(text)?.[1]?.replaceAll(' ', '') ?? '';
const codesOn = (text: string) => /id="codes">([^<]+)</.exec(text)?.[1]?.split('\n') ?? [];
const optionsOn = (text: string) => {
  const json = /data-options="([^"]+)"/.exec(text)?.[1] ?? '{}';
  return JSON.parse(json.replaceAll('&quot;', '"')) as { challenge: string };
};

describe('the own account', () => {
  let site: AccountsSite;
  before(async () => void (site = await openAccountsSite()));
  after(() => site.close());
  beforeEach(() => site.world.clock.advance(3_600_000));

  const at = (path: string) => site.at('staff', path);
  const opens = async (client: PageClient) => (await client.get(at('/account'))).status === 200;
  const entered = async () => {
    const { account } = await makeAccount(site.world.deps);
    const client = new PageClient();
    assert.equal((await site.enter(client, account)).location, '/support');
    return { client, account };
  };
  /** Registers a passkey on the page, as its script does. */
  const addPasskey = async (client: PageClient) => {
    const key = new Authenticator(site.origins.staff);
    const page = at('/enrolment/passkey');
    const answer = key.create(optionsOn((await client.get(page)).text));
    // The challenge of the page that was opened last is as good as that of the first.
    const reply = await site.post(client, page, { label: 'お仕事用', response: JSON.stringify(answer) });
    return { key, reply };
  };

  it('is opened by the link of an invitation: a password, an authenticator app, recovery codes once', async () => {
    const { account, token } = await makeInvited(site.world.deps);
    const [client, link] = [new PageClient(), at(`/invitation/${token}`)];
    const page = await client.get(link);
    assertSoundPage(page.text, 'ja');
    assert.ok(page.text.includes(account.email));
    const elsewhere = await client.get(site.at('company', `/invitation/${token}`));
    assert.equal(elsewhere.status, 410);
    const common = await site.post(client, link, { newPassword: 'password1234' });
    assert.equal(common.status, 422);
    assert.equal((await site.post(client, link, { newPassword: PASSWORD })).location, '/staff/enrolment');
    assert.equal(await opens(client), false);
    const offered = await client.get(at('/enrolment/app'));
    assertSoundPage(offered.text, 'ja');
    assert.match(offered.text, /src="data:image\/svg\+xml;base64,/);
    const wrong = await site.post(client, at('/enrolment/app'), { code: '000000' });
    assert.equal(wrong.status, 401);
    assert.equal(seedOn(wrong.text), seedOn(offered.text), 'no second scan after a mistyped code');
    const seed = Buffer.from(Secret.fromBase32(seedOn(offered.text)).bytes);
    const code = totpCodeAt(seed, site.world.clock.now());
    const done = await site.post(client, at('/enrolment/app'), { code });
    assert.equal(done.status, 200);
    assertSoundPage(done.text, 'ja');
    assert.equal(codesOn(done.text).length, 10);
    assert.ok(await opens(client));
    assert.equal((await client.get(link)).status, 410);
  });

  it('shows the seed of an app to the browser alone that asked for it', async () => {
    const { account, token } = await makeInvited(site.world.deps);
    const [owner, other] = [new PageClient(), new PageClient()];
    await site.post(owner, at(`/invitation/${token}`), { newPassword: PASSWORD });
    await site.signIn(other, account);
    const [own, theirs] = [await owner.get(at('/enrolment/app')), await other.get(at('/enrolment/app'))];
    assert.notEqual(seedOn(own.text), '');
    assert.notEqual(seedOn(theirs.text), seedOn(own.text));
  });

  it('registers a passkey, signs in by it, and removes it', async () => {
    const { client, account } = await entered();
    const { key, reply } = await addPasskey(client);
    assert.equal(reply.status, 200);
    assert.ok(await opens(client));
    const again = new PageClient();
    await site.signIn(again, account);
    const options = optionsOn((await again.get(at('/sign-in/factor'))).text);
    const answer = { response: JSON.stringify(key.get(options)) };
    const page = at('/sign-in/factor');
    assert.equal((await site.post(again, page, answer, at('/sign-in/passkey'))).location, '/support');
    const removal = at(`/account/passkeys/${key.credentialId}/remove`);
    assert.equal((await site.post(again, at('/account'), {}, removal)).location, '/staff/account');
    assert.ok(!(await again.get(at('/account'))).text.includes('お仕事用'));
    assert.equal(await opens(client), false, 'other sessions end with a change of factors');
  });

  it('removes an authenticator app when another factor is left, and not the last one', async () => {
    const { client, account } = await entered();
    const remove = () => site.post(client, at('/account'), {}, at('/account/app/remove'));
    assert.ok(!(await client.get(at('/account'))).text.includes('/account/app/remove'));
    assert.equal((await remove()).status, 409);
    const { key } = await addPasskey(client);
    assert.ok((await client.get(at('/account'))).text.includes('/account/app/remove'));
    assert.equal((await remove()).location, '/staff/account');
    assert.deepEqual(
      (await readMailsOf(site.world.deps, 'account-security')).at(-1)?.facts.what,
      'authenticator-removed',
    );
    const again = new PageClient();
    await site.signIn(again, account);
    const page = at('/sign-in/factor');
    const { text } = await again.get(page);
    assert.ok(!text.includes('/sign-in/code'));
    const code = await again.post(at('/sign-in/code'), {
      form_token: formToken(text),
      code: site.nextCode(),
    });
    assert.equal(code.status, 401);
    const last = at(`/account/passkeys/${key.credentialId}/remove`);
    assert.equal((await site.post(client, at('/account'), {}, last)).status, 409);
  });

  it('takes no answer that is none, and no passkey of another site', async () => {
    const { client } = await entered();
    for (const response of ['', '{}', 'null', '{"id":1}', '{"id":"x","response":{}}']) {
      const reply = await site.post(client, at('/enrolment/passkey'), { label: 'x', response });
      assert.equal(reply.status, 422, response);
    }
    const page = at('/enrolment/passkey');
    const answer = new Authenticator('https://evil.example').create(optionsOn((await client.get(page)).text));
    const reply = await site.post(client, page, { label: 'x', response: JSON.stringify(answer) });
    assert.equal(reply.status, 401);
  });

  it('has neither passkey nor session of somebody else: 404, and nothing is gone', async () => {
    const [mine, theirs] = [await entered(), await entered()];
    const { key } = await addPasskey(theirs.client);
    const page = await theirs.client.get(at('/account'));
    const other = new PageClient();
    await site.enter(other, theirs.account);
    const sessions =
      (await theirs.client.get(at('/account'))).text.match(/sessions\/[0-9a-f]{64}\/end/g) ?? [];
    assert.equal(sessions.length, 1);
    assert.ok(page.text.includes(key.credentialId));
    for (const path of [`passkeys/${key.credentialId}/remove`, sessions[0]]) {
      const reply = await site.post(mine.client, at('/account'), {}, at(`/account/${path}`));
      assert.equal(reply.status, 404, path);
    }
    assert.ok(await opens(other));
    assert.ok((await theirs.client.get(at('/account'))).text.includes(key.credentialId));
  });

  it('lists where one is signed in, ends one of them, and all others', async () => {
    const { client, account } = await entered();
    const [second, third, half] = [new PageClient(), new PageClient(), new PageClient()];
    await site.enter(second, account);
    await site.enter(third, account);
    await site.signIn(half, account);
    const ends = ((await client.get(at('/account'))).text.match(/sessions\/[0-9a-f]{64}\/end/g) ?? []).sort();
    assert.equal(ends.length, 2, 'without this one, and without one of the password alone');
    await site.post(client, at('/account'), {}, at(`/account/${ends[0]}`));
    assert.equal((await Promise.all([second, third].map(opens))).filter(Boolean).length, 1);
    const done = await site.post(client, at('/account'), {}, at('/account/sessions/end-others'));
    assert.equal(done.location, '/staff/account');
    assert.deepEqual(await Promise.all([client, second, third].map(opens)), [true, false, false]);
  });

  it('changes the password by the current one, and ends the other sessions', async () => {
    const { client, account } = await entered();
    const other = new PageClient();
    await site.enter(other, account);
    const change = (currentPassword: string) =>
      site.post(
        client,
        at('/account'),
        { currentPassword, newPassword: 'seven-otters-by-the-lake' },
        at('/account/password'),
      );
    assert.equal((await change('not-the-current-one')).status, 401);
    const before = client.cookies.get('tabane.staff');
    assert.equal((await change(PASSWORD)).location, '/staff/account');
    assert.notEqual(client.cookies.get('tabane.staff'), before);
    assert.deepEqual([await opens(client), await opens(other)], [true, false]);
  });

  it('asks for the second factor again before a change of factors, and leads back', async () => {
    const { client } = await entered();
    site.world.clock.advance(6 * 60_000);
    const page = await client.get(at('/enrolment/app'));
    assert.deepEqual([page.status, page.location], [303, '/staff/step-up?next=%2Fstaff%2Fenrolment%2Fapp']);
    const codes = await site.post(client, at('/account'), {}, at('/account/recovery-codes'));
    assert.deepEqual([codes.status, codes.location?.split('?')[0]], [303, '/staff/step-up']);
    const fields = { code: site.nextCode(), next: '/staff/enrolment/app' };
    const before = client.cookies.get('tabane.staff');
    const done = await site.post(
      client,
      at('/step-up?next=%2Fstaff%2Fenrolment%2Fapp'),
      fields,
      at('/step-up/code'),
    );
    assert.equal(done.location, '/staff/enrolment/app');
    assert.notEqual(client.cookies.get('tabane.staff'), before);
    assert.equal((await client.get(at('/enrolment/app'))).status, 200);
    const renewed = await site.post(client, at('/account'), {}, at('/account/recovery-codes'));
    assert.equal(codesOn(renewed.text).length, 10);
    for (const next of ['//evil.example', 'https://evil.example', '/my']) {
      const away = { code: site.nextCode(), next };
      assert.equal((await site.post(client, at('/step-up'), away, at('/step-up/code'))).location, '/staff');
    }
  });
});
