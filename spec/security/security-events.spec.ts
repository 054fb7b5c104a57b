import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, it } from 'node:test';
import { startPasswordSignIn } from '../../src/accounts/password-sign-in.ts';
import { adminProgram } from '../../batch/admin/program.ts';
import { runCommandLine } from '../../batch/cli/run-command-line.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { contradictable } from '../../src/radius/contradiction.rules.ts';
import { createLineCheck } from '../../src/radius/line-check.ts';
import { reportForgeries } from '../../src/radius/report-forgeries.ts';
import { hashSubject } from '../../src/security/report-event.ts';
import { securityEvents, type SecurityEventName } from '../../src/security/security-events.ts';
import { createLog } from '../../src/shared/log.ts';
import { tamper } from '../invariants/tamper.ts';
import { forgeries, honestReply } from '../radius/forgeries.ts';
import { secret, startForgingServer } from '../radius/forging-server.ts';
import { sealNight } from '../seals/sealed-nights.ts';
import {
  openCheckoutSite,
  PASSWORD,
  ScriptedLineCheck,
  type CheckoutSite,
} from '../support/checkout-site.ts';
import { makeApiKey, makeCompany } from '../support/factories.ts';
import { apiClient } from '../support/http-client.ts';
import { PageClient } from '../support/page-client.ts';

const ADDRESS = '2001:db8:77::42';
/** The network of the address, as `sourceKeyOf` writes it. */
const SOURCE = 'ipv6:20010db800770000';
const PERSON = '加藤';

const lineCheck = new ScriptedLineCheck();
let lines: string[] = [];
const log = createLog('info', { write: (line: string) => void lines.push(line) });
let site: CheckoutSite;
/** What no line may contain, for any subject. */
const subjects: string[] = [ADDRESS, '2001:db8:77', SOURCE, PERSON, PASSWORD, '127.0.0.1'];

before(async () => void (site = await openCheckoutSite(lineCheck, { TRUST_PROXY: 'true' }, log)));
after(() => site.close());

const provoked = new Set<string>();

interface EventLine {
  readonly event: SecurityEventName;
  readonly level: number;
  readonly msg: string;
  readonly subject?: Readonly<Record<string, string>>;
}

const LEVELS = { info: 30, warn: 40, error: 50 } as const;

/** The lines of security events since the last call; checks that each has the fields of the table and no subject in plain text. */
function takeEvents(): (EventLine & Readonly<Record<string, unknown>>)[] {
  const events = lines
    .map((line) => JSON.parse(line) as EventLine & Readonly<Record<string, unknown>>)
    .filter(({ event }) => event !== undefined);
  for (const { event, level, msg, subject = {}, ...rest } of events) {
    const { when, level: wanted, facts, subjects: kinds } = securityEvents[event];
    assert.deepEqual([msg, level], [when, LEVELS[wanted]]);
    const allowed = new Set(['time', 'pid', 'hostname', ...facts] as string[]);
    assert.deepEqual(
      Object.keys(rest).filter((name) => !allowed.has(name)),
      [],
    );
    for (const [kind, hash] of Object.entries(subject)) {
      assert.ok((kinds as readonly string[]).includes(kind), `${event}: ${kind}`);
      assert.match(hash, /^[0-9a-f]{32}$/);
    }
    provoked.add(event);
  }
  for (const line of lines) {
    for (const found of subjects) assert.ok(!line.includes(found), `${found} is in ${line}`);
  }
  lines = [];
  return events;
}

const hashed = (kind: Parameters<typeof hashSubject>[1], value: string) =>
  hashSubject(site.world.config, kind, value);

afterEach(() => void takeEvents());

const headers = { 'x-forwarded-for': ADDRESS };

async function visit() {
  const subscriber = await site.newSubscriber();
  subjects.push(subscriber.issuedId, subscriber.lineId);
  const { url } = await site.newCharge();
  const client = new PageClient(headers);
  const signIn = (password: string) =>
    client.submit(url, 'sign-in', { issued_id: subscriber.issuedId, password });
  return { subscriber, url, client, signIn };
}

it('failed and locked sign-ins, of the same ID and source under the same hashes', async () => {
  const { subscriber, signIn } = await visit();
  for (let count = 0; count < 6; count += 1) await signIn('wrong-password');
  const events = takeEvents();
  assert.deepEqual(
    events.map(({ event }) => event),
    [...Array.from({ length: 5 }, () => 'security.sign_in_failed'), 'security.sign_in_locked'],
  );
  const subject = { issued_id: hashed('issued_id', subscriber.issuedId), source: hashed('source', SOURCE) };
  for (const event of events) assert.deepEqual(event.subject, subject);
  assert.equal(events.at(-1)?.['retryAfterSeconds'], 15 * 60);
});

it('refused API keys, with the reason that the response does not reveal', async () => {
  const { deps } = site.world;
  const { companyId } = site.seller;
  const good = await makeApiKey(deps, { companyId });
  const revoked = await makeApiKey(deps, { companyId, revokedAt: new Date('2026-05-01T00:00:00.000Z') });
  const idle = await makeApiKey(deps, { companyId: (await makeCompany(deps, { state: 'suspended' })).id });
  const wrong = good.token.slice(0, -3) + (good.token.endsWith('AAA') ? 'BBB' : 'AAA');
  const unknown = good.token.replace(good.id, '01JV0000000000000000000000');
  subjects.push(good.token, good.id, revoked.id, idle.id, wrong, unknown, '01JV0000000000000000000000');
  for (const [token, reason, keyId] of [
    [undefined, 'missing', undefined],
    ['tbn_nonsense', 'malformed', undefined],
    [unknown, 'unknown', '01JV0000000000000000000000'],
    [wrong, 'wrong', good.id],
    [revoked.token, 'revoked', revoked.id],
    [idle.token, 'suspended', idle.id],
  ] as const) {
    const reply = await apiClient(site.origin, token).get('/v1/charges', { headers });
    assert.equal(reply.status, reason === 'suspended' ? 403 : 401);
    assert.ok(!reply.text.includes(`"${reason}"`));
    const [event, ...more] = takeEvents();
    assert.deepEqual([event?.event, event?.['reason'], more], ['security.api_key_refused', reason, []]);
    assert.deepEqual(event?.subject, {
      ...(keyId && { api_key: hashed('api_key', keyId) }),
      source: hashed('source', SOURCE),
    });
    assert.equal(event?.['route'], '/v1/charges');
  }
});

it('refused permissions', async () => {
  const key = await makeApiKey(site.world.deps, { companyId: site.seller.companyId, scopes: 'charges:read' });
  subjects.push(key.id);
  await apiClient(site.origin, key.token).get('/v1/consents', { headers });
  const [event] = takeEvents();
  assert.deepEqual([event?.event, event?.['scope']], ['security.permission_refused', 'consents:read']);
  assert.deepEqual(event?.subject, { api_key: hashed('api_key', key.id), source: hashed('source', SOURCE) });
});

it('a password that is not that of an account, and an account that is locked', async () => {
  const input = {
    audience: 'staff',
    email: 'Nobody@carrier.example',
    password: 'wrong-password',
    source: ADDRESS,
  } as const;
  subjects.push('nobody@carrier.example');
  const subject = {
    account: hashed('account', 'staff/nobody@carrier.example'),
    source: hashed('source', SOURCE),
  };
  for (let guess = 1; guess <= 6; guess += 1) {
    await assert.rejects(startPasswordSignIn({ ...site.world.deps, log }, input));
    const [event] = takeEvents();
    const wanted = guess <= 5 ? 'security.account_refused' : 'security.account_locked';
    assert.deepEqual([event?.event, event?.['step'], event?.subject], [wanted, 'password', subject]);
  }
});

it('a form that was not sent from our own page, and a line of another subscriber', async () => {
  const { subscriber, url, client, signIn } = await visit();
  // The line is verified while the password is, and reported with the page after it.
  lineCheck.outcome = { kind: 'refused', reason: 'rejected' };
  await signIn(PASSWORD);
  assert.deepEqual(takeEvents(), []);
  assert.equal((await client.post(`${url}/confirm`, { form_token: 'forged' })).status, 403);
  const [forged] = takeEvents();
  assert.equal(forged?.event, 'security.form_forged');
  await client.get(url);
  const contradicted = {
    reason: 'contradicted',
    attribute: contradictable[0],
    server: '192.0.2.53:1812',
  } as const;
  lineCheck.outcome = { kind: 'refused', ...contradicted };
  await client.get(url);
  lineCheck.outcome = { kind: 'accepted', server: '127.0.0.1:1812' };
  lines = lines.filter((line) => !line.includes('line-check-contradicted'));
  const [refused, contradiction] = takeEvents();
  assert.equal(contradiction?.event, 'security.radius_reply_contradicted');
  assert.equal(contradiction?.subject?.['radius_server'], hashed('radius_server', contradicted.server));
  assert.equal(refused?.event, 'security.line_refused');
  assert.equal(refused?.subject?.['line'], hashed('line', subscriber.lineId));
});

it('forged replies of AAA servers: one line for each reason, for any number of datagrams', async () => {
  const server = await startForgingServer(async ({ request, answer }) => {
    for (const { forge } of forgeries) for (let time = 1; time <= 3; time += 1) await answer(forge(request));
    await answer(honestReply(request));
  });
  const servers = [{ host: '127.0.0.1', port: server.port, secret }];
  const { config } = site.world;
  const checking = reportForgeries({ config, log }, createLineCheck({ servers, nasIdentifier: 'spec' }));
  assert.equal((await checking.check({ lineId: 'CAF1234567890', address: '192.0.2.10' })).kind, 'accepted');
  await checking.close();
  await server.close();
  const events = takeEvents();
  const reasons = [...new Set(forgeries.map(({ reason }) => reason))].filter((r) => r !== 'identifier');
  assert.deepEqual(new Set(events.map(({ reason }) => reason)), new Set(reasons));
  assert.equal(events.length, reasons.length);
  for (const { reason, count } of events) {
    assert.equal(count, 3 * forgeries.filter((forgery) => forgery.reason === reason).length);
  }
});

async function type(...args: string[]) {
  let out = '';
  const code = await runCommandLine(adminProgram, args, {
    systemUser: undefined,
    print: (text) => void (out += text),
    printError: (text) => void (out += text),
    openDeps: () => Promise.resolve({ ...site.world.deps, log, close: () => Promise.resolve() }),
  });
  return { code, out };
}

it('shown passwords, keys and data of subscribers, with the person who looked them up', async () => {
  const { subscriber } = await visit();
  const { id } = await site.newCharge();
  const actor = { actor: hashed('actor', `staff:${PERSON}`) };
  const as = ['--as', PERSON];
  const reset = await type('subscriber', 'reset-password', '--id', subscriber.issuedId, '--json', ...as);
  subjects.push((JSON.parse(reset.out) as { password: string }).password);
  const person = { ...actor, issued_id: hashed('issued_id', subscriber.issuedId) };
  assert.deepEqual(named(takeEvents()), [
    ['security.acted_as', actor],
    ['security.password_reset', person],
    ['security.secret_shown', person],
  ]);
  const issued = await type(
    'subscriber',
    'issue',
    '--line',
    subscriber.lineId,
    '--name',
    '花',
    '--json',
    ...as,
  );
  const other = JSON.parse(issued.out) as { issuedId: string; password: string };
  subjects.push(other.issuedId, other.password);
  const { code } = await getCompany();
  const key = await type('key', 'issue', '--company', code, '--label', 'shop', '--json', ...as);
  const { id: keyId, token } = JSON.parse(key.out) as { id: string; token: string };
  subjects.push(keyId, token);
  assert.deepEqual(named(takeEvents()), [
    ['security.acted_as', actor],
    ['security.secret_shown', { ...actor, issued_id: hashed('issued_id', other.issuedId) }],
    ['security.acted_as', actor],
    ['security.secret_shown', { ...actor, api_key: hashed('api_key', keyId) }],
  ]);
  await type('line', 'show', '--line', subscriber.lineId);
  await type('subscriber', 'list', '--line', subscriber.lineId, ...as);
  await type('subscriber', 'agreements', '--id', subscriber.issuedId);
  await type('charge', 'show', '--charge', `ch_${id}`);
  const line = { line: hashed('line', subscriber.lineId) };
  assert.deepEqual(named(takeEvents()), [
    ['security.personal_data_shown', line],
    ['security.personal_data_shown', { ...actor, ...line }],
    ['security.personal_data_shown', { issued_id: hashed('issued_id', subscriber.issuedId) }],
    ['security.personal_data_shown', { charge: hashed('charge', `ch_${id}`) }],
  ]);
  await type('company', 'list');
  assert.deepEqual(takeEvents(), []);
});

const named = (events: ReturnType<typeof takeEvents>) => events.map(({ event, subject }) => [event, subject]);

function getCompany() {
  const query = sqlOf(site.world.deps.orm.em.fork()).selectFrom('company').select('code');
  return query.where('id', '=', site.seller.companyId).executeTakeFirstOrThrow();
}

it('a seal that was taken, with its hash; late rows; a seal that is broken', async () => {
  const world = { ...site.world, deps: { ...site.world.deps, log } };
  await sealNight(world, '2026-05-11');
  const [seal] = await sqlOf(world.deps.orm.em.fork()).selectFrom('seal').select('hash').execute();
  const [taken] = takeEvents();
  assert.deepEqual([taken?.event, taken?.['seal']], ['seal.taken', seal?.hash]);
  const post = `INSERT INTO ledger_entry VALUES
    ('2026-05-11', '01JV0000000000000000000001', 'authorization', 1, 2, 5, NULL),
    ('2026-05-12', '01JV0000000000000000000002', 'authorization', 1, 2, 5, NULL)`;
  await world.deps.orm.em.fork().execute(post);
  await sealNight(world, '2026-05-12');
  assert.deepEqual(
    takeEvents().map(({ event }) => event),
    ['seal.late_rows', 'seal.taken'],
  );
  await tamper(world.deps, 'ledger_entry', `DELETE FROM ledger_entry WHERE business_date = '2026-05-12'`);
  await assert.rejects(sealNight(world, '2026-05-13'), { code: 'seal-broken' });
  assert.deepEqual(
    takeEvents().map(({ event }) => event),
    ['seal.taken', 'security.seal_broken'],
  );
});

it('another secret gives other hashes, and equal texts of two kinds have different hashes', () => {
  const { config } = site.world;
  const other = { ...config, secret: `${config.secret}!` };
  assert.notEqual(hashSubject(config, 'line', 'x'), hashSubject(other, 'line', 'x'));
  assert.notEqual(hashSubject(config, 'line', 'x'), hashSubject(config, 'source', 'x'));
});

it('every event of the table occurs in this file', () => {
  assert.deepEqual([...provoked].sort(), Object.keys(securityEvents).sort());
});

const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ') || '–';

it('the table for monitors has every event', () => {
  const path = join(import.meta.dirname, '..', '..', 'config', 'operations', 'security-events.md');
  const rows = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  assert.deepEqual(
    rows,
    Object.entries(securityEvents).map(
      ([name, { level, when, subjects: kinds, facts }]) =>
        `| \`${name}\` | ${level} | ${when} | ${code(kinds)} | ${code(facts)} |`,
    ),
  );
});
