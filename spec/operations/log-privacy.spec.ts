import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { sqlOf } from '../../src/database/sql.ts';
import { formatIssuedId } from '../../src/identity/issued-id.rules.ts';
import { createLog } from '../../src/shared/log.ts';
import {
  confirmOn,
  openCheckoutSite,
  PASSWORD,
  ScriptedLineCheck,
  type CheckoutSite,
} from '../support/checkout-site.ts';
import { runAsOwner } from '../support/as-owner.ts';
import { makeApiKey, randomText } from '../support/factories.ts';
import { apiClient, type ApiClient } from '../support/http-client.ts';
import { PageClient } from '../support/page-client.ts';
import { connectRaw, hangUps } from '../support/raw-connection.ts';
import { findSecrets } from '../support/writings.ts';

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
  assert.deepEqual(findSecrets(lines.join(''), secrets), []);
}

function assertNoFault(): void {
  const faults = lines.filter((line) => (JSON.parse(line) as { level: number }).level >= 50);
  assert.deepEqual(faults, []);
}

it('writes a line for each request of the API, good or bad, and nothing of what was sent', async () => {
  await sell();
  await apiClient(site.origin, WRONG_KEY).get('/v1/charges');
  await api.get(`/v1/charges?reference=${REFERENCE}`);
  await api.post('/v1/charges', `{"description":"${HOLDER}"`);
  await api.post('/v1/charges', { ...newCharge(), amount: -1 });
  await api.get(`/nowhere/${secrets['API key']}?email=${EMAIL}`);
  const written = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  // Refusals are security events as well (spec/security).
  const requests = written.filter(({ event }) => event === undefined);
  assert.equal(requests.length, written.length - 1);
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
  // The line is verified while the password is.
  lineCheck.outcome = { kind: 'refused', reason: 'rejected' };
  assert.equal((await signIn(WRONG_PASSWORD)).status, 401);
  assert.equal((await signIn(PASSWORD)).status, 303);
  assert.equal((await client.get(url)).status, 403);
  lineCheck.outcome = { kind: 'unknown', reason: 'timeout' };
  assert.equal((await client.get(url)).status, 503);
  lineCheck.outcome = { kind: 'accepted', server: '127.0.0.1:1812' };
  assert.equal((await client.post(`${url}/confirm`, { form_token: 'forged' })).status, 403);
  keepCookies(client);
  assert.match((await confirmOn(client, url)) ?? '', /token=/);
  assertNothingTold();
});

/** What nobody should send, with secrets wherever there is room for one. */
function spoiltRequests(url: string): Readonly<Record<string, string | Buffer>> {
  const { pathname } = new URL(url);
  const cookie = secrets['cookie of a browser']!;
  const key = secrets['API key']!;
  const host = `Host: pay.example\r\nX-Forwarded-For: 192.0.2.77\r\nCookie: tabane.session=${cookie}\r\nAuthorization: Bearer ${key}\r\n`;
  const json = `POST /v1/charges HTTP/1.1\r\n${host}Idempotency-Key: raw\r\nContent-Type: application/json\r\n`;
  const form = `POST ${pathname}/sign-in HTTP/1.1\r\n${host}Content-Type: application/x-www-form-urlencoded\r\n`;
  const body = JSON.stringify({ description: HOLDER, reference: REFERENCE, email: EMAIL });
  const fields = new URLSearchParams({ issued_id: EMAIL, password: PASSWORD }).toString();
  return {
    'a line that is no request': `${key} ${HOLDER}\r\n\r\n`,
    'a version that there is not': `GET ${pathname} HTTQ/9\r\n${host}\r\n`,
    'a method that there is not': `STEAL ${pathname} HTTP/1.1\r\n${host}\r\n`,
    'a method that we do not have': `TRACE ${pathname} HTTP/1.1\r\n${host}\r\n`,
    'an address with a password': `GET http://user:${PASSWORD}@pay.example${pathname} HTTP/1.1\r\n${host}\r\n`,
    'an address that is not UTF-8': Buffer.concat([
      Buffer.from(`GET ${pathname}?q=`),
      Buffer.from([0xe3, 0x81, 0xff]),
      Buffer.from(` HTTP/1.1\r\n${host}\r\n`),
    ]),
    'escapes that are not UTF-8': `GET ${pathname}/%E3%81?email=${EMAIL}%FF HTTP/1.1\r\n${host}\r\n`,
    'a header with a line feed': `GET ${pathname} HTTP/1.1\r\n${host}X-Key: a\n${key}\r\n\r\n`,
    'a header that is too large': `GET ${pathname} HTTP/1.1\r\n${host}X-Key: ${key.repeat(2_000)}\r\n\r\n`,
    'a chunk without its size': `${json}Transfer-Encoding: chunked\r\n\r\n${body}\r\n0\r\n\r\n`,
    'a chunk that is shorter than it says': `${json}Transfer-Encoding: chunked\r\n\r\n2\r\n${body}\r\n0\r\n\r\n`,
    'a chunk with an extension without end': `${json}Transfer-Encoding: chunked\r\n\r\n5;${key.repeat(500)}\r\n`,
    'two lengths': `${json}Content-Length: 3\r\nContent-Length: 4\r\n\r\n${body}`,
    'a length and chunks': `${json}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n${body}`,
    'a length that is none': `${json}Content-Length: ${key}\r\n\r\n${body}`,
    'a body that is not UTF-8': Buffer.concat([
      Buffer.from(`${json}Content-Length: ${Buffer.byteLength(body) + 1}\r\n\r\n${body}`),
      Buffer.from([0xff]),
    ]),
    'a body that is packed and is not': `${json}Content-Encoding: gzip\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    'a form that is spoilt': `${form}Transfer-Encoding: chunked\r\n\r\n${fields}\r\n`,
    'a form that is too large': `${form}Content-Length: 90000\r\n\r\n${fields.repeat(900)}`,
    'a form with another framing': `${form}Content-Length: 9\r\n\r\n${fields}`,
    'an upgrade': `GET ${pathname} HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
    'an upgrade to HTTP/2': `GET ${pathname} HTTP/1.1\r\n${host}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: ${key}\r\n\r\n`,
    'the preface of HTTP/2': `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${key}`,
    'a tunnel': `CONNECT ${EMAIL}:443 HTTP/1.1\r\n${host}Proxy-Authorization: Bearer ${key}\r\n\r\n`,
    'an expectation that there is not': `${json}Expect: ${key}\r\nContent-Length: 3\r\n\r\n${body}`,
    'a greeting of TLS': Buffer.concat([Buffer.from([22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3]), Buffer.from(key)]),
  };
}

it('writes nothing of what is no request, and of no client that hangs up on us, and no fault', async () => {
  const url = await sell();
  secrets['cookie of a browser'] = randomText();
  lines.length = 0;
  const port = Number(new URL(site.origin).port);
  for (const [name, request] of Object.entries(spoiltRequests(url))) {
    for (const hangUp of Object.values(hangUps)) {
      const { socket, received, ended } = await connectRaw(port);
      socket.write(request);
      // An answer, or the end of the connection: what hangs on either has been logged by then.
      for (let turn = 0; turn < 200 && received() === '' && !socket.destroyed; turn += 1) await wait(1);
      hangUp(socket);
      await ended;
      assertNoFault();
      assert.deepEqual(findSecrets(lines.join(''), secrets), [], name);
      lines.length = 0;
    }
  }
});

it('writes what the database refused, and none of the values', async () => {
  const url = await sell();
  const { client, signIn } = await visit(url);
  const query = sqlOf(site.world.deps.orm.em.fork());
  await query.deleteFrom('session').execute();
  await runAsOwner(site.world.database, 'ALTER TABLE session MODIFY content VARCHAR(20) NOT NULL');
  assert.equal((await signIn(PASSWORD)).status, 500);
  keepCookies(client);
  await runAsOwner(site.world.database, 'ALTER TABLE checkout RENAME COLUMN return_url TO elsewhere');
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
