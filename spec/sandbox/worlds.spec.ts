import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { readDatabaseUrl } from '../../config/database-url.ts';
import { MAGIC_PASSWORD, magicPersons, type MagicOutcome } from '../../src/sandbox/magic-persons.ts';
import { dropIdleWorlds } from '../../src/sandbox/drop-idle-worlds.ts';
import { readCopiedCompany } from '../../src/sandbox/copy-company.ts';
import { PageClient, formToken } from '../support/page-client.ts';
import { openSandboxSite, type SandboxCompany, type SandboxSite } from '../support/sandbox-site.ts';

let site: SandboxSite;
let shop: SandboxCompany;
let other: SandboxCompany;

before(async () => {
  site = await openSandboxSite();
  shop = await site.newCompany('shop');
  other = await site.newCompany('other');
});
after(() => site.close());

const sale = (amount = 1_100) => ({
  service: 'shop-video',
  amount,
  tax_code: 'standard',
  description: '映画「夏の庭」48時間レンタル',
  return_url: 'https://shop.example/thanks',
  capture: 'automatic',
});

/** Counts all rows of the live database, table by table. */
async function countLive(): Promise<Record<string, number>> {
  const connection = await createConnection(readDatabaseUrl(site.live.database.ownerUrl));
  const [tables] = await connection.query<RowDataPacket[]>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'",
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const [[row]] = await connection.query<RowDataPacket[]>('SELECT COUNT(*) AS n FROM ??', [name]);
    counts[String(name)] = Number(row!['n']);
  }
  await connection.end();
  return counts;
}

async function newCharge(amount?: number): Promise<{ id: string; url: string }> {
  const { status, body } = await site.call(shop.token, 'POST', '/v1/charges', sale(amount));
  assert.equal(status, 201, JSON.stringify(body));
  return { id: body.id, url: body.confirm_url };
}

/** Presses the button of a magic person; the page that follows. */
async function press(client: PageClient, url: string, outcome: MagicOutcome) {
  const { issuedId } = magicPersons.find((person) => person.outcome === outcome)!;
  const page = await client.get(url);
  assert.ok(
    page.text.includes(`name="issued_id" value="${issuedId}"`),
    'the page has a button for the person',
  );
  const posted = await client.post(`${url}/sign-in`, {
    form_token: formToken(page.text),
    issued_id: issuedId,
    password: MAGIC_PASSWORD,
  });
  return { posted, page: await client.get(url) };
}

describe('a world', () => {
  it('is made in moments, once its template exists', async () => {
    const third = await site.newCompany('third', { hasWorld: false });
    const seller = await readCopiedCompany(site.live.deps, third.id);
    const startedMs = performance.now();
    const { id } = await site.sandbox.make(third.id, seller);
    const ms = Math.round(performance.now() - startedMs);
    console.log(`a world was made in ${ms} ms`);
    await site.sandbox.drop(id);
    assert.equal(await site.sandbox.registry.find(id), undefined);
  });

  it('has neither the bank account of an old contract nor its duty to sign, for which a world has no keys', async () => {
    const sixth = await site.newCompany('sixth', { hasWorld: false });
    const { contract, ...seller } = await readCopiedCompany(site.live.deps, sixth.id);
    const old = { ...contract!, signedRequests: true, bankCode: '9999', accountNumber: '1234567' };
    const { id } = await site.sandbox.make(sixth.id, { ...seller, contract: old });
    const { registry } = site.sandbox;
    const [row] = await registry.query(
      `SELECT signed_requests, bank_code, account_number FROM ${registry.databaseOf(id)}.contract`,
    );
    assert.deepEqual({ ...row }, { signed_requests: 0, bank_code: null, account_number: null });
  });

  it('is one for a company, and two at once make one', async () => {
    const fourth = await site.newCompany('fourth', { hasWorld: false });
    const seller = await readCopiedCompany(site.live.deps, fourth.id);
    const both = await Promise.allSettled([
      site.sandbox.make(fourth.id, seller),
      site.sandbox.make(fourth.id, seller),
    ]);
    assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    await assert.rejects(site.sandbox.make(fourth.id, seller), { code: 'illegal-state' });
  });

  it('is dropped once nobody has used it for the days of the setting, with a database that a crash left', async () => {
    const fifth = await site.newCompany('fifth');
    const { registry } = site.sandbox;
    await registry.query(`CREATE DATABASE ${registry.databaseOf('cccccccccccc')}`);
    const table = registry.table('world');
    const usedAt = new Date(Date.now() - 31 * 24 * 60 * 60_000);
    await registry.change(`UPDATE ${table} SET last_used_at = ? WHERE id = ?`, [usedAt, fifth.worldId]);
    assert.deepEqual(await dropIdleWorlds(site.deps), { idle: 1, leftOver: 1 });
    assert.deepEqual(await dropIdleWorlds(site.deps), { idle: 0, leftOver: 0 });
    assert.equal((await site.call(fifth.token, 'GET', '/v1/services')).status, 401);
    assert.equal((await site.call(shop.token, 'GET', '/v1/services')).status, 200);
  });

  it('has the services of its company under their codes', async () => {
    const { body } = await site.call(shop.token, 'GET', '/v1/services');
    assert.deepEqual(
      body.items.map((service: { code: string }) => service.code),
      ['shop-video'],
    );
  });

  it('sells by the same requests and a page that a button confirms, and leaves no row in the live tables', async () => {
    const before = await countLive();
    const { id, url } = await newCharge();
    assert.match(url, new RegExp(`^${site.origin}/sandbox/${shop.worldId}/checkout/`));
    const client = new PageClient();
    const { page } = await press(client, url, 'accepted');
    assert.match(page.text, /SANDBOX/);
    assert.match(page.text, new RegExp(`action="/sandbox/${shop.worldId}/checkout/`));
    const confirmed = await client.post(`${url}/confirm`, { form_token: formToken(page.text) });
    assert.equal(confirmed.status, 303);
    assert.match(confirmed.location ?? '', new RegExp(`^/sandbox/${shop.worldId}/checkout/`));
    const { body } = await site.call(shop.token, 'GET', `/v1/charges/${id}`);
    assert.equal(body.state, 'captured');
    assert.deepEqual(await countLive(), before);
  });

  it('says SANDBOX in English too, on its page and on that of a problem', async () => {
    const { url } = await newCharge();
    const client = new PageClient({ 'accept-language': 'en', accept: 'text/html' });
    assert.match((await client.get(url)).text, /SANDBOX<\/strong> This is a trial/);
    const missing = await client.get(`${site.origin}/sandbox/${shop.worldId}/my/nothing`);
    assert.equal(missing.status, 404);
    assert.match(missing.text, /SANDBOX/);
  });
});

describe('a magic person', () => {
  const cases: readonly [MagicOutcome, number, number, RegExp][] = [
    ['accepted', 1_100, 200, /confirm/],
    ['limit', 1_100, 200, /限度額/],
    ['limit', 400, 200, /confirm/],
    ['wrong-line', 1_100, 403, /回線/],
    ['aaa-silent', 1_100, 503, /回線/],
    ['child', 1_600, 200, /限度額/],
    ['child', 1_100, 200, /confirm/],
  ];
  for (const [outcome, amount, status, text] of cases) {
    it(`${outcome} with ${amount} yen`, async () => {
      const { url } = await newCharge(amount);
      const { page } = await press(new PageClient(), url, outcome);
      assert.equal(page.status, status);
      assert.match(page.text, text);
      const canConfirm = /action="[^"]+\/confirm"/.test(page.text);
      assert.equal(canConfirm, text.source === 'confirm');
    });
  }

  it('whose ID is locked cannot sign in', async () => {
    const { url } = await newCharge();
    const { posted } = await press(new PageClient(), url, 'id-locked');
    assert.equal(posted.status, 429);
  });
});

describe('worlds and the live service', () => {
  it('refuse the keys of each other, of other worlds and of none', async () => {
    const { id } = await newCharge();
    const swapped = shop.token.replace(shop.worldId, other.worldId);
    const asLive = shop.token.replace(`tbs_${shop.worldId}_`, 'tbn_');
    const asSandbox = shop.liveToken.replace('tbn_', `tbs_${shop.worldId}_`);
    const nowhere = shop.token.replace(shop.worldId, 'aaaaaaaaaaaa');
    for (const token of [swapped, asLive, asSandbox, nowhere, 'tbs_x', `tbs_${shop.worldId}_`]) {
      const { status, body } = await site.call(token, 'GET', `/v1/charges/${id}`);
      assert.equal(status, 401, token);
      assert.equal(body.code, 'api-key-invalid');
    }
    for (const token of [other.token, other.liveToken, shop.liveToken]) {
      const { status } = await site.call(token, 'GET', `/v1/charges/${id}`);
      assert.equal(status, 404);
    }
  });

  it('do not open the pages of each other, with or without their sessions', async () => {
    const { url } = await newCharge();
    const path = url.slice(`${site.origin}/sandbox/${shop.worldId}`.length);
    const client = new PageClient();
    await press(client, url, 'accepted');
    const names = [...client.cookies.keys()];
    assert.ok(
      names.length > 0 && names.every((name) => name.startsWith(`sandbox.${shop.worldId}.`)),
      names.join(),
    );
    assert.equal((await client.get(`${site.origin}${path}`)).status, 404);
    assert.equal((await client.get(`${site.origin}/sandbox/${other.worldId}${path}`)).status, 404);
    // Signed in at its own world alone.
    const my = (folder: string) => client.get(`${site.origin}${folder}/my`);
    assert.equal((await my(`/sandbox/${shop.worldId}`)).status, 200);
    for (const folder of ['', `/sandbox/${other.worldId}`]) {
      const reply = await my(folder);
      assert.equal(reply.status, 303);
      assert.match(reply.location ?? '', new RegExp(`^${folder}/my/sign-in`));
    }
  });

  it('do not take the cookie of one world for another under its name, nor for the live one', async () => {
    const { url } = await newCharge();
    const client = new PageClient();
    await press(client, url, 'accepted');
    const value = client.cookies.get(`sandbox.${shop.worldId}.tabane.session`)!;
    const forged = new PageClient();
    forged.cookies.set(`sandbox.${other.worldId}.tabane.session`, value);
    forged.cookies.set('tabane.session', value);
    for (const folder of ['', `/sandbox/${other.worldId}`]) {
      assert.equal((await forged.get(`${site.origin}${folder}/my`)).status, 303);
    }
  });

  it('have no page of companies or staff in a world', async () => {
    const client = new PageClient({ accept: 'text/html' });
    for (const path of [
      '/company',
      '/billing',
      '/support',
      '/staff',
      '/docs',
      '/v1/charges',
      '/openapi.json',
    ])
      assert.equal((await client.get(`${site.origin}/sandbox/${shop.worldId}${path}`)).status, 404, path);
  });

  it('have owners who reach nothing of each other', async () => {
    const { database: liveName } = readDatabaseUrl(site.live.database.ownerUrl);
    const asOwner = await createConnection(
      readDatabaseUrl(site.sandbox.registry.databaseUrlOf(shop.worldId)),
    );
    await assert.rejects(asOwner.query('SELECT COUNT(*) FROM ??.company', [liveName]), { errno: 1142 });
    await assert.rejects(asOwner.query('CREATE DATABASE ??', [`x${liveName}`]), { errno: 1044 });
    await asOwner.end();
  });
});
