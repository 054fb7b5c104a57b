import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { changeAccount } from '../../../src/accounts/change-account.ts';
import { inTransaction } from '../../../src/database/transaction.ts';
import { makeAccount, mailedToken, PASSWORD } from '../../support/accounts.ts';
import { makeCompany } from '../../support/factories.ts';
import { assertSoundPage } from '../../support/html-check.ts';
import { formToken, PageClient } from '../../support/page-client.ts';
import { openAccountsSite, type AccountsSite } from './accounts-site.ts';

const notice = (text: string) => /role="alert"[\s\S]*?<\/div>/.exec(text)?.[0];

describe('signing in to an account', () => {
  let site: AccountsSite;
  let companyCode: string;
  before(async () => {
    site = await openAccountsSite();
    companyCode = (await makeCompany(site.world.deps)).code;
  });
  after(() => site.close());
  // Locks of one case are over in the next.
  beforeEach(() => site.world.clock.advance(3_600_000));

  const staffAt = (path: string) => site.at('staff', path);
  const newStaff = async () => (await makeAccount(site.world.deps)).account;
  const newMember = async () => (await makeAccount(site.world.deps, { companyCode })).account;
  const opens = async (client: PageClient, page = staffAt('/account')) =>
    (await client.get(page)).status === 200;

  for (const audience of ['staff', 'company'] as const) {
    it(`takes ${audience} by password and code, under a new session key at each step`, async () => {
      const account = audience === 'staff' ? await newStaff() : await newMember();
      const client = new PageClient();
      const cookie = () => client.cookies.get(`tabane.${audience}`);
      assertSoundPage((await client.get(site.at(audience, '/sign-in'))).text, 'ja');
      assert.equal(cookie(), undefined);
      const first = await site.signIn(client, account);
      assert.deepEqual([first.status, first.location], [303, `/${audience}/sign-in/factor`]);
      const half = cookie();
      assert.ok(half);
      assert.equal(await opens(client, site.at(audience, '')), false);
      assertSoundPage((await client.get(site.at(audience, '/sign-in/factor'))).text, 'ja');
      const page = site.at(audience, '/sign-in/factor');
      const code = site.nextCode();
      const second = await site.post(client, page, { code }, site.at(audience, '/sign-in/code'));
      assert.deepEqual(
        [second.status, second.location],
        [303, audience === 'staff' ? '/support' : `/${audience}`],
      );
      assert.notEqual(cookie(), half);
      for (const path of ['', '/account', '/step-up', '/enrolment', '/enrolment/app', '/enrolment/passkey']) {
        const { status, text } = await client.get(site.at(audience, path));
        assert.equal(status, 200, path);
        assertSoundPage(text, 'ja');
      }
      client.cookies.set(`tabane.${audience}`, half);
      assert.equal(await opens(client, site.at(audience, '')), false);
    });
  }

  it('opens no page and no form to the password alone', async () => {
    const [client, account] = [new PageClient(), await newStaff()];
    await site.signIn(client, account);
    const { text } = await client.get(staffAt('/sign-in/factor'));
    for (const path of ['', '/account', '/step-up']) {
      const reply = await client.get(staffAt(path));
      assert.deepEqual([reply.status, reply.location?.split('?')[0]], [303, '/staff/sign-in'], path);
    }
    for (const path of [
      '/account/password',
      '/account/recovery-codes',
      '/account/sessions/end-others',
      '/step-up/code',
    ]) {
      const reply = await client.post(staffAt(path), { form_token: formToken(text) });
      assert.deepEqual([reply.status, reply.location?.split('?')[0]], [303, '/staff/sign-in'], path);
    }
    const added = await client.post(staffAt('/enrolment/app'), {
      form_token: formToken(text),
      code: '123456',
    });
    assert.equal(added.status, 401);
  });

  it('leads back to the page that was asked for, and to no other host or site', async () => {
    const account = await newStaff();
    const asked = await new PageClient().get(staffAt('/account'));
    assert.equal(asked.location, '/staff/sign-in?next=%2Fstaff%2Faccount');
    const leadsTo = async (next: string) => {
      const client = new PageClient();
      await site.signIn(client, account, { next });
      const page = staffAt('/sign-in/factor');
      return (await site.post(client, page, { code: site.nextCode() }, staffAt('/sign-in/code'))).location;
    };
    assert.equal(await leadsTo('/staff/account'), '/staff/account');
    for (const next of ['//evil.example', 'https://evil.example/', '/\\evil.example', '/staffroom', '/my'])
      assert.equal(await leadsTo(next), '/support', next);
  });

  it('says the same to an unknown address, a wrong password and somebody of the other site', async () => {
    const [staff, member] = [await newStaff(), await newMember()];
    const wrong = { password: 'wrong-horse-and-cart' };
    const replies = [
      await site.signIn(new PageClient(), staff, wrong),
      await site.signIn(new PageClient(), { audience: 'staff', email: 'nobody@people.example' }),
      await site.signIn(new PageClient(), { audience: 'staff', email: member.email }),
    ];
    for (const { status, text } of replies) {
      assert.equal(status, 401);
      assert.equal(notice(text), notice(replies[0]!.text));
      assert.ok(!text.includes(PASSWORD) && !text.includes(wrong.password));
    }
    assert.ok(replies[0]!.text.includes(`value="${staff.email}"`));
  });

  it('refuses a form without the token of the page', async () => {
    const [client, { email }] = [new PageClient(), await newStaff()];
    await client.get(staffAt('/sign-in'));
    assert.equal((await client.post(staffAt('/sign-in'), { email, password: PASSWORD })).status, 403);
    assert.equal(client.cookies.get('tabane.staff'), undefined);
  });

  it('is locked by 30 guesses of the password at once, also for the right one, and says for how long', async () => {
    const { email } = await newStaff();
    const client = new PageClient();
    const { text } = await client.get(staffAt('/sign-in'));
    const guess = (password: string) =>
      client.post(staffAt('/sign-in'), { form_token: formToken(text), email, password });
    const guesses = await Promise.all(
      Array.from({ length: 30 }, (_, index) => guess(`wrong-guess-no-${index}`)),
    );
    assert.equal(guesses.filter(({ status }) => status === 401).length <= 5, true);
    const right = await guess(PASSWORD);
    assert.equal(right.status, 429);
    assert.match(notice(right.text) ?? '', /\d+分ほど経ってから/);
  });

  it('is locked by 30 guesses of the code at once; the password does not clear them', async () => {
    const [client, account] = [new PageClient(), await newStaff()];
    await site.signIn(client, account);
    const { text } = await client.get(staffAt('/sign-in/factor'));
    const guess = (code: string) =>
      client.post(staffAt('/sign-in/code'), { form_token: formToken(text), code });
    const codes = Array.from({ length: 30 }, (_, index) => String(index).padStart(6, '0'));
    const guesses = await Promise.all(codes.map(guess));
    assert.equal(guesses.filter(({ status }) => status === 401).length <= 5, true);
    const again = new PageClient();
    const page = staffAt('/sign-in/factor');
    await site.signIn(again, account);
    const reply = await site.post(again, page, { code: site.nextCode() }, staffAt('/sign-in/code'));
    assert.equal(reply.status, 429);
  });

  it('takes a recovery code once', async () => {
    const { account, recoveryCodes } = await makeAccount(site.world.deps);
    const use = async () => {
      const client = new PageClient();
      await site.signIn(client, account);
      const page = staffAt('/sign-in/factor');
      return site.post(client, page, { recoveryCode: recoveryCodes[0]! }, staffAt('/sign-in/recovery'));
    };
    assert.equal((await use()).location, '/staff/account');
    assert.equal((await use()).status, 401);
  });

  it('knows the cookie of the one site on the other neither', async () => {
    const [client, account] = [new PageClient(), await newStaff()];
    await site.enter(client, account);
    assert.ok(await opens(client));
    const key = client.cookies.get('tabane.staff')!;
    const other = new PageClient();
    for (const name of ['tabane.company', 'tabane.session', 'tabane.staff']) other.cookies.set(name, key);
    assert.equal(await opens(other, site.at('company', '')), false);
    assert.equal((await other.get(`${site.origins.company}/my`)).status, 303);
  });

  it('ends with a change of the account elsewhere, and on signing out', async () => {
    const [client, account] = [new PageClient(), await newStaff()];
    await site.enter(client, account);
    await site.post(client, staffAt('/account'), {}, staffAt('/sign-out'));
    assert.equal(await opens(client), false);
    await site.enter(client, account);
    assert.ok(await opens(client));
    const act = { actor: 'job:spec', action: 'account.change-roles' } as never;
    await inTransaction(site.world.deps, (tx) => changeAccount(tx, account, {}, act));
    assert.equal(await opens(client), false);
  });

  it('a forgotten password: the same answer for any address; the link proves no second factor', async () => {
    const account = await newStaff();
    const ask = async (email: string) =>
      (await site.post(new PageClient(), staffAt('/forgotten'), { email })).location;
    assert.equal(await ask('nobody@people.example'), '/staff/forgotten?sent=1');
    assert.equal(await ask(account.email), '/staff/forgotten?sent=1');
    const link = `/password-reset/${await mailedToken(site.world.deps, 'account-password-reset', account.id)}`;
    const client = new PageClient();
    assertSoundPage((await client.get(staffAt(link))).text, 'ja');
    const refused = await site.post(client, staffAt(link), { newPassword: 'short' });
    assert.equal(refused.status, 422);
    const done = await site.post(client, staffAt(link), { newPassword: 'seven-otters-by-the-lake' });
    assert.equal(done.location, '/staff/sign-in/factor');
    assert.equal(await opens(client), false);
    assert.equal((await client.get(staffAt(link))).status, 410);
    assert.equal((await site.signIn(new PageClient(), account)).status, 401);
  });
});
