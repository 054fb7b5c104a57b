import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { listPending } from '../../../src/access/approvals/approval.queries.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { makeStaff } from '../../support/accounts.ts';
import { makeCompany } from '../../support/factories.ts';
import { formToken, PageClient } from '../../support/page-client.ts';
import { openAccountsSite, type AccountsSite } from './accounts-site.ts';

/** Longer than a proof of the second factor is fresh. */
const STALE_MS = 6 * 60_000;

describe('a form that is sent with a stale factor', () => {
  let site: AccountsSite;
  let code: string;
  let path: string;
  before(async () => {
    site = await openAccountsSite();
    ({ code } = await makeCompany(site.world.deps));
    path = `/billing/companies/${code}/bank-accounts/new`;
  });
  after(() => site.close());
  beforeEach(() => site.world.clock.advance(3_600_000));

  const url = () => `${site.origins.staff}${path}`;
  const typed = {
    bankCode: '9999',
    bankName: 'ミホン',
    accountNumber: '7654321',
    reason: '先方の書面による',
  };
  const pending = () => listPending(site.world.deps, `bank-account:${code}`);
  const entered = async () => {
    const { account } = await makeStaff(site.world.deps, 'billing');
    const client = new PageClient();
    await site.enter(client, account);
    return client;
  };
  const tokenOn = async (client: PageClient) => formToken((await client.get(url())).text);
  const stepUp = (client: PageClient, next: string) =>
    site.post(
      client,
      site.at('staff', '/step-up'),
      { code: site.nextCode(), next },
      site.at('staff', '/step-up/code'),
    );
  /** The drafts in the sessions of everybody. */
  const stored = async () => {
    const sessions = await sqlOf(site.world.deps.orm.em.fork())
      .selectFrom('session')
      .select('content')
      .execute();
    return sessions.flatMap(({ content }) => (content['drafts'] ?? []) as object[]);
  };

  it('comes back with what was typed once the factor is proven, and nothing of it is in an address', async () => {
    const client = await entered();
    const before = await tokenOn(client);
    site.world.clock.advance(STALE_MS);
    const led = await client.post(url(), { form_token: before, ...typed });
    assert.deepEqual([led.status, led.location], [303, `/staff/step-up?next=${encodeURIComponent(path)}`]);
    assert.equal((await stepUp(client, path)).location, path);
    const shown = await client.get(url());
    for (const text of Object.values(typed)) assert.ok(shown.text.includes(text), text);
    assert.match(shown.text, /入力した内容は残してあります/);
    assert.doesNotMatch(shown.text, /error-summary|エラー：/);
    assert.notEqual(formToken(shown.text), before);
    assert.doesNotMatch((await client.get(url())).text, /7654321/, 'once');
    assert.deepEqual(await pending(), []);
  });

  it('is forgotten after some minutes', async () => {
    const client = await entered();
    const token = await tokenOn(client);
    site.world.clock.advance(STALE_MS);
    await client.post(url(), { form_token: token, ...typed });
    site.world.clock.advance(10 * 60_000);
    await stepUp(client, path);
    assert.doesNotMatch((await client.get(url())).text, /7654321/);
  });

  it('is known in the other tabs, that were opened before: they lead back with what was typed, and send nothing', async () => {
    const client = await entered();
    const before = await tokenOn(client);
    site.world.clock.advance(STALE_MS);
    await stepUp(client, path);
    const referer = { referer: `${url()}?lang=ja`, origin: site.origins.staff };
    const led = await client.post(url(), { form_token: before, ...typed }, referer);
    assert.deepEqual([led.status, led.location], [303, `${path}?lang=ja`]);
    const shown = await client.get(url());
    assert.match(shown.text, /7654321/);
    assert.deepEqual(await pending(), []);
    // Twice proven, it is still of this session.
    site.world.clock.advance(STALE_MS);
    await stepUp(client, path);
    assert.equal((await client.post(url(), { form_token: before, ...typed })).status, 303);
    assert.match((await client.get(url())).text, /7654321/);
  });

  it('of another site, of another session or without a token keeps nothing and is refused', async () => {
    const [client, other] = [await entered(), await entered()];
    const before = await tokenOn(client);
    const theirs = await tokenOn(other);
    site.world.clock.advance(STALE_MS);
    const stale = await client.post(url(), { form_token: theirs, ...typed });
    assert.equal(stale.location?.split('?')[0], '/staff/step-up');
    const foreign = { origin: 'https://evil.example' };
    await client.post(url(), { form_token: before, ...typed }, foreign);
    assert.deepEqual(await stored(), []);
    await stepUp(client, path);
    await stepUp(other, path);
    for (const [fields, headers] of [
      [{ form_token: theirs, ...typed }, {}],
      [typed, {}],
      [{ form_token: before, ...typed }, foreign],
      [{ form_token: before, ...typed }, { 'sec-fetch-site': 'cross-site' }],
    ] as const)
      assert.equal((await client.post(url(), fields as never, headers as never)).status, 403);
    assert.deepEqual(await stored(), []);
    // Who signs in again continues no session.
    const again = await entered();
    assert.equal((await again.post(url(), { form_token: before, ...typed })).status, 403);
    assert.deepEqual(await pending(), []);
  });
});
