import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { TokenBuckets } from '../../../src/http/token-buckets.ts';
import { boundLineCheck, LINE_CHECK_LIMITS } from '../../../src/portal/bounded-line-check.ts';
import type { LineCheckOutcome } from '../../../src/radius/line-check.ts';
import { createLog } from '../../../src/shared/log.ts';
import {
  openCheckoutSite,
  readCharge,
  ScriptedLineCheck,
  signInOn,
  type CheckoutSite,
} from '../../support/checkout-site.ts';
import { formToken } from '../../support/page-client.ts';

const rejected = { kind: 'refused', reason: 'rejected' } as const;

/** A bounded check with a stopped clock, and the number of requests that reached the servers. */
function bounded() {
  const lineCheck = new ScriptedLineCheck();
  lineCheck.outcome = rejected;
  const time = { ms: 0 };
  const { check } = boundLineCheck(lineCheck, { nowMs: () => time.ms });
  const ask = (over: Partial<Parameters<typeof check>[0]> = {}) =>
    check({ session: 's1', lineId: 'CAF0000000001', address: '192.0.2.1', ...over });
  return { lineCheck, time, ask };
}

describe('line checks are bounded', () => {
  for (const [scope, over] of [
    ['session', (index: number) => ({ lineId: `CAF${index}`, address: `192.0.2.${index % 200}` })],
    ['line', (index: number) => ({ session: `s${index}`, address: `192.0.2.${index % 200}` })],
    ['source', (index: number) => ({ session: `s${index}`, lineId: `CAF${index}` })],
  ] as const) {
    it(`per ${scope}, whatever else changes, and open again after a while`, async () => {
      const { lineCheck, time, ask } = bounded();
      const { burst, perSecond } = LINE_CHECK_LIMITS[scope];
      const outcomes = [];
      for (let index = 0; index < 800; index += 1) outcomes.push(await ask(over(index)));
      assert.equal(lineCheck.asked.length, burst);
      const retryAfterSeconds = Math.ceil(1 / perSecond);
      assert.deepEqual(outcomes.at(-1), { kind: 'limited', scope, retryAfterSeconds });
      time.ms += retryAfterSeconds * 1_000;
      assert.deepEqual(await ask(over(800)), rejected);
    });
  }

  it('per source by the /64 of an IPv6 address, and for all that is no address together', async () => {
    for (const addressOf of [
      (index: number) => `2001:db8:1:2::${index.toString(16)}`,
      (index: number) => `garbage-${index}`,
    ]) {
      const { lineCheck, ask } = bounded();
      for (let index = 0; index < 800; index += 1) {
        await ask({ session: `s${index}`, lineId: `CAF${index}`, address: addressOf(index) });
      }
      assert.equal(lineCheck.asked.length, LINE_CHECK_LIMITS.source.burst);
    }
  });

  it('by asking once what is asked at the same time, for everybody who asks it', async () => {
    const answers: ((outcome: LineCheckOutcome) => void)[] = [];
    const { check } = boundLineCheck({ check: () => new Promise((resolve) => answers.push(resolve)) });
    const question = { lineId: 'CAF0000000001', address: '192.0.2.1' };
    const asked = Array.from({ length: 800 }, (_, index) => check({ ...question, session: `s${index % 3}` }));
    const other = check({ ...question, session: 's1', address: '192.0.2.2' });
    assert.equal(answers.length, 2);
    answers[0]?.(rejected);
    answers[1]?.({ kind: 'accepted', server: '127.0.0.1:1812' });
    assert.ok((await Promise.all(asked)).every((outcome) => outcome === rejected));
    assert.deepEqual(await other, { kind: 'accepted', server: '127.0.0.1:1812' });
    void check({ ...question, session: 's1' });
    assert.equal(answers.length, 3, 'an answer holds for those who were waiting, and for nobody later');
  });

  it('asks again after a check that failed by a fault of ours', async () => {
    let times = 0;
    const { check } = boundLineCheck({
      check: () => ((times += 1) === 1 ? Promise.reject(new Error('broken')) : Promise.resolve(rejected)),
    });
    const question = { session: 's1', lineId: 'CAF0000000001', address: '192.0.2.1' };
    await assert.rejects(check(question), /broken/);
    assert.deepEqual(await check(question), rejected);
  });

  it('in memory that does not grow: the bucket unused for the longest time is forgotten', () => {
    const buckets = new TokenBuckets({ perSecond: 1, burst: 1 }, 3);
    for (const key of ['a', 'b', 'c', 'a', 'd']) buckets.take(key, 0);
    assert.equal(buckets.size, 3);
    assert.equal(buckets.take('a', 0).allowed, false);
    assert.equal(buckets.take('d', 0).allowed, false);
    assert.equal(buckets.take('b', 0).allowed, true, 'begun again');
  });
});

describe('a page that is asked for too often', () => {
  const lineCheck = new ScriptedLineCheck();
  let site: CheckoutSite;
  before(async () => void (site = await openCheckoutSite(lineCheck)));
  after(() => site.close());
  beforeEach(() => {
    lineCheck.asked.length = 0;
    lineCheck.outcome = rejected;
  });

  it('explains it with the time to wait, asks no AAA server, and sells nothing', async () => {
    const { id, url } = await site.newCharge();
    const { client } = await signInOn(site, url);
    const replies = [];
    for (let time = 0; time < 40; time += 1) replies.push(await client.get(url));
    const limited = replies.filter(({ status }) => status === 429);
    assert.ok(limited.length >= 20);
    assert.equal(lineCheck.asked.length, 40 - limited.length);
    const [one] = limited;
    assert.match(one?.headers.get('retry-after') ?? '', /^[1-6]$/);
    assert.ok(one?.text.includes('回線の確認が短い間に繰り返されました'));
    const english = await client.get(`${url}?lang=en`);
    assert.ok(english.text.includes('Your line was verified too many times'));
    lineCheck.outcome = { kind: 'accepted', server: '127.0.0.1:1812' };
    const confirmed = await client.post(`${url}/confirm`, { form_token: formToken(english.text) });
    assert.equal(confirmed.status, 303, 'and the page says so again');
    assert.equal((await readCharge(site, id)).state, 'pending');
    assert.equal((await client.post(`${url}/decline`, { form_token: formToken(english.text) })).status, 303);
  });

  it('asks once for 100 requests at once', async () => {
    lineCheck.outcome = { kind: 'accepted', server: '127.0.0.1:1812' };
    const { url } = await site.newCharge();
    const { client } = await signInOn(site, url);
    const replies = await Promise.all(Array.from({ length: 100 }, () => client.get(url)));
    const statuses = new Set(replies.map(({ status }) => status));
    assert.deepEqual(
      [...statuses].filter((status) => ![200, 202, 429].includes(status)),
      [],
    );
    // One more is asked by the sign-in.
    assert.ok(lineCheck.asked.length <= LINE_CHECK_LIMITS.session.burst + 1, `${lineCheck.asked.length}`);
  });
});

it('logs an Accept that contradicts its question by a line of its own, without line or address', async () => {
  const lines: string[] = [];
  const lineCheck = new ScriptedLineCheck();
  const attribute = 'Framed-IP-Address';
  lineCheck.outcome = { kind: 'refused', reason: 'contradicted', attribute, server: '192.0.2.53:1812' };
  const log = createLog('info', { write: (line: string) => void lines.push(line) });
  const site = await openCheckoutSite(lineCheck, {}, log);
  try {
    const { url } = await site.newCharge();
    const { client, subscriber } = await signInOn(site, url);
    assert.equal((await client.get(url)).status, 403);
    const told = lines.filter((line) => line.includes('line-check-contradicted'));
    const { server, attribute: named, level } = JSON.parse(told[0] ?? '{}') as Record<string, unknown>;
    assert.deepEqual([told.length, server, named, level], [1, '192.0.2.53:1812', attribute, 40]);
    assert.equal(lines.join('').includes(subscriber.lineId), false);
  } finally {
    await site.close();
  }
});
