import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isTransient } from '../../src/database/database-error.rules.ts';
import { withExactNumbers } from '../../src/api/exact-json.rules.ts';
import { hashRequest, parseIdempotencyKey } from '../../src/api/idempotency/idempotency-key.rules.ts';
import { asProblem } from '../../src/http/to-problem.ts';
import { takeToken, type TokenBucket } from '../../src/http/token-bucket.rules.ts';
import { parsePublicId, publicId, readPublicId } from '../../src/shared/public-id.rules.ts';
import { checkoutUrl, isCheckoutSeal } from '../../src/checkout/checkout-seal.rules.ts';

const ID = '01JV0000000000000000000000';

describe('idempotency keys', () => {
  it('reads the bare and the quoted form alike', () => {
    assert.equal(parseIdempotencyKey('abc'), 'abc');
    assert.equal(parseIdempotencyKey('"abc"'), 'abc');
    assert.equal(parseIdempotencyKey('"a\\"b"'), 'a"b');
    assert.equal(parseIdempotencyKey('x'.repeat(255)), 'x'.repeat(255));
  });

  it('tells requests apart by method, path and body, not by the order of members', () => {
    const request = { method: 'POST', path: '/v1/charges', body: { a: 1, b: { c: 2, d: [1, 2] } } };
    const same = hashRequest({ ...request, body: { b: { d: [1, 2], c: 2 }, a: 1 } });
    assert.equal(hashRequest(request), same);
    for (const other of [
      { path: '/v1/consents' },
      { body: { a: 1, b: { c: 2, d: [2, 1] } } },
      { body: { a: '1' } },
    ]) {
      assert.notEqual(hashRequest({ ...request, ...other }), same);
    }
  });
});

describe('numbers of a JSON body', () => {
  it('turns what is not written as plain digits into NaN, where it stands', () => {
    const text = '{"a":1,"b":[2.0,3e0,-4],"c":{"d":5.00000000000000000001},"e":"6.5"}';
    const read = withExactNumbers(text, JSON.parse(text));
    assert.deepEqual(read, { a: 1, b: [NaN, NaN, -4], c: { d: NaN }, e: '6.5' });
  });

  it('leaves a text alone that only looks like one', () => {
    const text = '{"a":": 1.5","b":2}';
    assert.deepEqual(withExactNumbers(text, JSON.parse(text)), { a: ': 1.5', b: 2 });
  });
});

describe('the token bucket', () => {
  const limit = { perSecond: 2, burst: 3 };

  it('lets a burst through, then as many as come back in time', () => {
    let bucket: TokenBucket | undefined;
    const take = (nowMs: number) => {
      const taken = takeToken(limit, bucket, nowMs);
      bucket = taken.bucket;
      return taken.allowed;
    };
    const times = [0, 0, 0, 0, 499, 500, 500, 1000, 10_000, 10_000, 10_000, 10_000];
    const refusedAt = times.filter((nowMs) => !take(nowMs));
    assert.deepEqual(refusedAt, [0, 499, 500, 10_000]);
  });

  it('says when to come again', () => {
    const taken = takeToken({ perSecond: 0.1, burst: 1 }, { tokens: 0, atMs: 0 }, 1000);
    assert.deepEqual(taken.allowed || taken.retryAfterSeconds, 9);
  });
});

describe('public identifiers', () => {
  it('are the stored ones with a prefix that tells what they name', () => {
    assert.equal(publicId('charge', ID), `ch_${ID}`);
    assert.equal(parsePublicId('charge', `ch_${ID}`), ID);
    assert.equal(parsePublicId('charge', ID), ID, 'a bare one is taken');
    assert.deepEqual(readPublicId(`sb_${ID}`), { kind: 'subscription', id: ID });
  });

  it('are nothing when the prefix, the length or a character is wrong', () => {
    for (const text of [
      '',
      `cs_${ID}`,
      `ch_${ID}0`,
      `ch_${ID.slice(1)}`,
      `ch_${ID.slice(1)}u`,
      `ch_${ID}\n`,
    ]) {
      assert.equal(parsePublicId('charge', text), undefined, text);
    }
    assert.equal(readPublicId(`xx_${ID}`), undefined);
  });
});

describe('the seal of a checkout address', () => {
  const config = { publicOrigin: 'https://pay.example', secret: 'a secret of the service' };
  const sealOf = (id: string) => checkoutUrl(config, id).split('/').at(-1) ?? '';

  it('fits its identifier only', () => {
    assert.match(checkoutUrl(config, `ch_${ID}`), /^https:\/\/pay\.example\/checkout\/ch_\w{26}\/[\w-]{22}$/);
    assert.ok(isCheckoutSeal(config, `ch_${ID}`, sealOf(`ch_${ID}`)));
    assert.ok(!isCheckoutSeal(config, `sb_${ID}`, sealOf(`ch_${ID}`)));
  });

  it('cannot be cut, extended or made with another secret', () => {
    const seal = sealOf(`ch_${ID}`);
    for (const wrong of ['', seal.slice(1), `${seal}a`, 'é'.repeat(11)]) {
      assert.ok(!isCheckoutSeal(config, `ch_${ID}`, wrong));
    }
    assert.ok(!isCheckoutSeal({ secret: 'another' }, `ch_${ID}`, seal));
  });
});

const failure = (fields: object) => Object.assign(new Error('failed'), fields);

describe('errors that nobody expected', () => {
  it('are 503 where the database cannot be reached or keeps refusing to commit', () => {
    const deadlock = failure({ errno: 1213, code: 'ER_LOCK_DEADLOCK' });
    assert.ok(isTransient(deadlock));
    for (const error of [
      failure({ code: 'ECONNREFUSED', syscall: 'connect' }),
      failure({ code: 'ENOENT', syscall: 'connect' }),
      new Error('wrapped', { cause: failure({ code: 'PROTOCOL_CONNECTION_LOST' }) }),
      new AggregateError([failure({ code: 'ECONNREFUSED' })]),
      deadlock,
    ]) {
      assert.equal(asProblem(error).code, 'service-unavailable');
    }
  });

  it('are 500 and tell nothing otherwise', () => {
    for (const error of [
      new Error('secret'),
      failure({ code: 'ENOENT', syscall: 'open' }),
      'text',
      undefined,
    ]) {
      const problem = asProblem(error);
      assert.deepEqual([problem.code, problem.detail], ['internal-error', undefined]);
    }
  });
});
