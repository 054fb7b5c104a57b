import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { sql } from 'kysely';
import { sqlOf } from '../../src/database/sql.ts';
import { formatIssuedId } from '../../src/identity/issued-id.rules.ts';
import { createLog } from '../../src/shared/log.ts';
import {
  openCheckoutSite,
  PASSWORD,
  ScriptedLineCheck,
  type CheckoutSite,
} from '../support/checkout-site.ts';
import { makeApiKey, randomText } from '../support/factories.ts';
import { apiClient, type ApiClient } from '../support/http-client.ts';
import { PageClient } from '../support/page-client.ts';

const ADDRESS = '2001:db8:77::42';
const [HOLDER, EMAIL, REFERENCE] = ['西園寺 雅', 'miyabi@mail.example', 'order-of-miyabi'];
const [WRONG_KEY, WRONG_PASSWORD] = [`tbn_01JWFF00000000000000000000_${randomText()}`, 'not-her-password'];

const lineCheck = new ScriptedLineCheck();
const lines: string[] = [];
let site: CheckoutSite;
let api: ApiClient;
/** What must not be in the log, each under a name for the message of the test. */
const secrets: Record<string, string> = {
  ADDRESS,
  HOLDER,
  EMAIL,
  REFERENCE,
  WRONG_KEY,
  PASSWORD,
  WRONG_PASSWORD,
};

before(async () => {
  const log = createLog('trace', { write: (line: string) => void lines.push(line) });
  site = await openCheckoutSite(lineCheck, { TRUST_PROXY: 'true' }, log);
  const { token } = await makeApiKey(site.world.deps, { companyId: site.seller.companyId });
  secrets['API key'] = token;
  secrets['secret of the API key'] = token.slice(-20);
  api = apiClient(site.origin, token);
});
after(() => site.close());

/** Everything that a company may send, with things in it that are nobody's business. */
function newCharge() {
  const returnToken = randomText();
  secrets[`token ${returnToken}`] = returnToken;
  return {
    service: site.seller.serviceCode,
    amount: 550,
    tax_code: 'standard',
    description: `${HOLDER}様 ご注文`,
    reference: REFERENCE,
    return_url: `${site.shopOrigin}/thanks?token=${returnToken}`,
    capture: 'automatic',
  };
}

async function sell(): Promise<string> {
  const key = randomText();
  secrets[`idempotency key ${key}`] = key;
  const charge = newCharge();
  const reply = await api.post<{ id: string; confirm_url: string }>('/v1/charges', charge, { key });
  assert.equal(reply.status, 201, reply.text);
  await api.post('/v1/charges', charge, { key });
  const { confirm_url: url } = reply.body;
  secrets[`seal of ${reply.body.id}`] = url.slice(url.lastIndexOf('/') + 1);
  return url;
}

/** Somebody who looks at a page from behind the proxy. */
async function visit(url: string) {
  const subscriber = await site.newSubscriber({ holder: { holder: HOLDER, email: EMAIL } });
  Object.assign(secrets, {
    [`line of ${subscriber.id}`]: subscriber.lineId,
    [`issued ID of ${subscriber.id}`]: subscriber.issuedId,
    [`written ID of ${subscriber.id}`]: formatIssuedId(subscriber.issuedId),
  });
  const client = new PageClient({ 'x-forwarded-for': ADDRESS, 'accept-language': 'ja' });
  const signIn = (password: string) =>
    client.submit(url, 'sign-in', { issued_id: subscriber.issuedId, password });
  return { client, signIn };
}

function keepCookies(client: PageClient): void {
  for (const [name, value] of client.cookies) secrets[`cookie ${name} ${value}`] = value;
}

function assertNothingTold(): void {
  const log = lines.join('');
  for (const [name, secret] of Object.entries(secrets)) {
    const found = lines.find((line) => line.includes(secret));
    assert.equal(found, undefined, `the log tells the ${name}`);
    assert.ok(!log.includes(encodeURIComponent(secret)), `the log tells the ${name}, percent-encoded`);
  }
}

it('writes a line for each request of the API, good or bad, and nothing of what was sent', async () => {
  await sell();
  await apiClient(site.origin, WRONG_KEY).get('/v1/charges');
  await api.get(`/v1/charges?reference=${REFERENCE}`);
  await api.post('/v1/charges', `{"description":"${HOLDER}"`);
  await api.post('/v1/charges', { ...newCharge(), amount: -1 });
  await api.get(`/nowhere/${secrets['API key']}?email=${EMAIL}`);
  const requests = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  assert.deepEqual(
    requests.map(({ status }) => status),
    [201, 201, 401, 200, 400, 400, 404],
  );
  assert.ok(requests.every(({ msg, requestId }) => msg === 'request' && typeof requestId === 'string'));
  assertNothingTold();
});

it('writes nothing of who looks at a checkout page, signs in, is refused or buys', async () => {
  const url = await sell();
  const { client, signIn } = await visit(url);
  assert.equal((await signIn(WRONG_PASSWORD)).status, 401);
  assert.equal((await signIn(PASSWORD)).status, 303);
  lineCheck.outcome = { kind: 'refused', reason: 'rejected' };
  assert.equal((await client.get(url)).status, 403);
  lineCheck.outcome = { kind: 'unknown', reason: 'timeout' };
  assert.equal((await client.get(url)).status, 503);
  lineCheck.outcome = { kind: 'accepted' };
  assert.equal((await client.post(`${url}/confirm`, { form_token: 'forged' })).status, 403);
  keepCookies(client);
  const bought = await client.submit(url, 'confirm');
  assert.match(bought.location ?? '', /token=/);
  assertNothingTold();
});

it('writes what the database refused, and none of the values', async () => {
  const url = await sell();
  const { client, signIn } = await visit(url);
  const query = sqlOf(site.world.deps.orm.em.fork());
  await query.deleteFrom('session').execute();
  await sql`ALTER TABLE session MODIFY content VARCHAR(20) NOT NULL`.execute(query);
  assert.equal((await signIn(PASSWORD)).status, 500);
  keepCookies(client);
  await sql`ALTER TABLE checkout RENAME COLUMN return_url TO elsewhere`.execute(query);
  assert.equal((await api.post('/v1/charges', newCharge())).status, 500);
  const failures = lines.map((line) => JSON.parse(line) as { level: number; err?: { message: string } });
  for (const reason of [/Data too long for column 'content'/, /Unknown column 'return_url'/]) {
    assert.ok(
      failures.some(({ level, err }) => level >= 50 && reason.test(err?.message ?? '')),
      reason.source,
    );
  }
  assertNothingTold();
});
