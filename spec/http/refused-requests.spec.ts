import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { after, before, describe, it } from 'node:test';
import { countRows, countWritten, createApiWorld, type ApiWorld } from '../support/api-world.ts';

interface Problem {
  code: string;
  status: number;
  errors?: { pointer: string; message: string }[];
}

describe('the edge of the API', () => {
  let world: ApiWorld;
  let atFirst: { rows: Record<string, number>; keys: number };
  const count = async () => ({
    rows: await countWritten(world.deps),
    keys: await countRows(world.deps, 'idempotency_key'),
  });
  before(async () => {
    world = await createApiWorld();
    atFirst = await count();
  });
  after(async () => {
    // Of everything below nothing was written, not even an answer to be remembered.
    assert.deepEqual(await count(), atFirst);
    await world.close();
  });

  const charge = (over: Record<string, unknown> = {}) => ({
    service: world.sale.service.code,
    amount: 500,
    tax_code: 'standard',
    description: '映画',
    return_url: 'https://shop.example/',
    capture: 'automatic',
    ...over,
  });
  const refused = async (body: unknown, headers: Record<string, string> = {}) => {
    const reply = await world.api.post<Problem>('/v1/charges', body, { headers });
    assert.match(reply.headers.get('content-type') ?? '', /^application\/problem\+json/);
    assert.equal(reply.body.status, reply.status);
    return reply;
  };

  const wrongMembers: [string, unknown][] = [
    ['amount', '500'],
    ['amount', -1],
    ['amount', 0],
    ['amount', 1.5],
    ['amount', 10_000_000],
    ['amount', 1e30],
    ['amount', null],
    ['amount', true],
    ['amount', [500]],
    ['service', 7],
    ['service', ''],
    ['service', 'サービス'],
    ['service', 'x'.repeat(33)],
    ['tax_code', 'zero'],
    ['description', ''],
    ['description', ' '],
    ['description', 'x'.repeat(121)],
    ['description', 'a\u0000b'],
    ['description', 'a\nb'],
    ['description', 'a\u202eb'],
    ['description', 'half \ud83d'],
    ['description', '\u200b'],
    ['description', '\u00ad\u3164'],
    ['description', '映画\u200e'],
    ['description', '映画\u{e0041}'],
    ['description', '\u200d'],
    ['description', '\u2800'],
    ['description', '映画\ue000'],
    ['description', '映画\ufdd0'],
    ['description', '映画\u2028'],
    ['description', '\u2066映画'],
    ['reference', '\ufeff'],
    ['reference', '\u3164'],
    ['reference', null],
    ['reference', 'x'.repeat(65)],
    ['return_url', 'not a url'],
    ['return_url', 'javascript:alert(1)'],
    ['return_url', 'https://shop.example@evil.example/'],
    ['return_url', 'https://ショップ.example/'],
    ['return_url', `https://shop.example/${'x'.repeat(2048)}`],
    ['capture', 'later'],
    ['line_id', 'CAF0000000001'],
  ];
  for (const [member, value] of wrongMembers) {
    const shown = JSON.stringify(value).slice(0, 40);
    it(`refuses a charge with ${member} ${shown} and points at it`, async () => {
      const { status, body } = await refused(charge({ [member]: value }));
      assert.deepEqual([status, body.code], [400, 'invalid-request']);
      assert.deepEqual([...new Set(body.errors?.map(({ pointer }) => pointer))], [`/${member}`]);
    });
  }

  for (const member of ['description', 'reference']) {
    it(`refuses a lost character in ${member} as its escape too`, async () => {
      const text = JSON.stringify(charge({ [member]: '映画?' })).replace('?"', '\\ufffd"');
      assert.ok(text.includes('映画\\ufffd"'));
      const { status, body } = await refused(text);
      assert.deepEqual(
        [status, body.code, body.errors?.[0]?.pointer],
        [400, 'invalid-request', `/${member}`],
      );
    });
  }

  for (const member of ['service', 'amount', 'tax_code', 'description', 'return_url', 'capture']) {
    it(`refuses a charge without ${member}`, async () => {
      const { status, body } = await refused(charge({ [member]: undefined }));
      assert.equal(status, 400);
      assert.deepEqual(body.errors, [{ pointer: `/${member}`, message: 'is missing' }]);
    });
  }

  it('counts the length of texts in characters, not in units of UTF-16', async () => {
    const { body } = await refused(charge({ description: '𠮷'.repeat(121) }));
    assert.equal(body.errors?.[0]?.pointer, '/description');
    // Not refused for its length, but for the amount beside it.
    const fits = await refused(charge({ description: '𠮷'.repeat(120), amount: 0 }));
    assert.deepEqual(
      fits.body.errors?.map(({ pointer }) => pointer),
      ['/amount'],
    );
  });

  it('names every fault at once', async () => {
    const { body } = await refused({ amount: '1', extra: 1 });
    const pointers = body.errors?.map(({ pointer }) => pointer) ?? [];
    for (const pointer of ['/amount', '/extra', '/service', '/capture'])
      assert.ok(pointers.includes(pointer));
  });

  it('takes texts of emoji, joined letters and quotes that look like members', async () => {
    for (const description of ['👨‍👩‍👧の本', '본문', '"a":1,"a":2', 'क्‍ष']) {
      const { body } = await refused(charge({ description, amount: 0 }));
      assert.deepEqual(
        body.errors?.map(({ pointer }) => pointer),
        ['/amount'],
        description,
      );
    }
  });

  for (const query of ['reference=%82%a0', 'reference=%E3%81', 'reference=%']) {
    it(`refuses a list of ${query}, which is not UTF-8`, async () => {
      const { status, body } = await world.api.get<Problem>(`/v1/charges?${query}`);
      assert.deepEqual([status, body.code], [400, 'invalid-request']);
    });
  }

  for (const literal of ['500.0', '5e2', '500.00000000000000000001', '1E400', '-0.0']) {
    it(`refuses an amount written ${literal}`, async () => {
      const text = JSON.stringify(charge({ amount: 0 })).replace('"amount":0', `"amount":${literal}`);
      const { body } = await refused(text);
      assert.deepEqual(
        body.errors?.map(({ pointer }) => pointer),
        ['/amount'],
      );
    });
  }

  const wrongBodies: [string, string | Uint8Array, number, string][] = [
    ['cut off', '{"amount":', 400, 'invalid-json'],
    ['a list', '[]', 400, 'invalid-request'],
    ['a text', '"abc"', 400, 'invalid-json'],
    ['a number', '5', 400, 'invalid-json'],
    ['null', 'null', 400, 'invalid-json'],
    ['with a comment', '{} // x', 400, 'invalid-json'],
    ['reaching into prototypes', '{"__proto__":{"amount":1}}', 400, 'invalid-json'],
    ['reaching into constructors', '{"constructor":{"prototype":{"amount":1}}}', 400, 'invalid-request'],
    [
      'in Shift_JIS',
      Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0x89, 0x66, 0x22, 0x7d]),
      400,
      'invalid-json',
    ],
    ['naming an amount twice', '{"amount":1,"amount":2}', 400, 'invalid-json'],
    ['naming it twice in disguise', '{"amount":1,"\\u0061mount":2}', 400, 'invalid-json'],
    ['naming a member of a member twice', '{"a":[{"b":":","b":1}]}', 400, 'invalid-json'],
    ['nested deeply', `${'['.repeat(5000)}${']'.repeat(5000)}`, 400, 'invalid-request'],
  ];
  for (const [name, text, status, code] of wrongBodies) {
    it(`refuses a body that is ${name}`, async () => {
      const reply = await refused(text);
      assert.deepEqual([reply.status, reply.body.code], [status, code]);
    });
  }

  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=shift_jis',
  ]) {
    it(`refuses a body sent as ${type}`, async () => {
      const { status, body } = await refused(JSON.stringify(charge()), { 'content-type': type });
      assert.deepEqual([status, body.code], [415, 'unsupported-media-type']);
    });
  }

  it('refuses an unknown content encoding and a broken known one', async () => {
    const unknown = await refused(JSON.stringify(charge()), { 'content-encoding': 'zstd-x' });
    assert.deepEqual([unknown.status, unknown.body.code], [415, 'unsupported-media-type']);
    const broken = await refused('{}', { 'content-encoding': 'gzip' });
    assert.deepEqual([broken.status, broken.body.code], [400, 'invalid-json']);
  });

  const padded = (bytes: number) => {
    const text = JSON.stringify(charge({ amount: 0 }));
    return text.slice(0, -1) + ' '.repeat(bytes - text.length) + '}';
  };
  it('takes a body of 64 KiB and refuses one byte more', async () => {
    const size =
      Buffer.byteLength(JSON.stringify(charge({ amount: 0 }))) - JSON.stringify(charge({ amount: 0 })).length;
    const fits = await refused(padded(64 * 1024 - size));
    assert.equal(fits.status, 400);
    const large = await refused(padded(64 * 1024 - size + 1));
    assert.deepEqual([large.status, large.body.code], [413, 'body-too-large']);
  });

  it('measures a packed body unpacked', async () => {
    const packed = gzipSync(padded(5 * 1024 * 1024));
    assert.ok(packed.length < 64 * 1024);
    const { status } = await refused(packed, { 'content-encoding': 'gzip' });
    assert.equal(status, 413);
  });

  it('refuses a request of many over 1 MiB, of 1,001 items, of none, and of another shape', async () => {
    const item = { consent: world.consent, amount: 0, tax_code: 'standard', description: 'x' };
    const send = (body: unknown) => world.api.post<Problem>('/v1/usage-charges/batch', body);
    const large = await send(`{"charges":[],"x":"${'x'.repeat(1024 * 1024)}"}`);
    assert.deepEqual([large.status, large.body.code], [413, 'body-too-large']);
    const many = await send({ charges: Array.from({ length: 1001 }, () => item) });
    assert.deepEqual([many.status, many.body.errors?.[0]?.pointer], [400, '/charges']);
    for (const body of [{ charges: [] }, {}, { charges: {} }, { charges: [item], more: 1 }]) {
      assert.equal((await send(body)).status, 400);
    }
  });

  for (const levels of [17, 5_000, 250_000]) {
    it(`refuses a request of many that is nested ${levels} levels deep`, async () => {
      const nested = `${'['.repeat(levels)}1.5${']'.repeat(levels)}`;
      const reply = await world.api.post('/v1/usage-charges/batch', `{"charges":[${nested}]}`);
      assert.deepEqual([reply.status, reply.body['code']], [400, 'invalid-request']);
    });
  }

  it('refuses unknown, doubled and wrong query parameters', async () => {
    for (const query of [
      'limit=0',
      'limit=101',
      'limit=x',
      'limit=1.5',
      'limit=1e1',
      'limit=0x10',
      'limit=%201',
      'limit=Infinity',
      'limit=',
      'limit=1&limit=2',
      'state=paid',
      'after=1',
      'x=1',
    ]) {
      const { status, body } = await world.api.get<Problem>(`/v1/charges?${query}`);
      assert.deepEqual([status, body.code], [400, 'invalid-request'], query);
    }
    const { status } = await world.api.post('/v1/charges?dry=1', charge());
    assert.equal(status, 400);
  });

  it('refuses a body where none belongs', async () => {
    const { status, body } = await world.api.post<Problem>(`/v1/consents/${world.consent}/end`, {
      now: true,
    });
    assert.deepEqual([status, body.errors?.[0]?.pointer], [400, '/now']);
  });

  it('takes an address only as the document writes it', async () => {
    for (const path of ['/V1/charges', '/v1/Charges', '/v1/charges/']) {
      const reply = await world.api.get<Problem>(path);
      assert.deepEqual([reply.status, reply.body.code], [404, 'not-found'], path);
    }
  });

  it('refuses unknown addresses and methods with a problem, naming the allowed ones', async () => {
    const missing = await world.api.get<Problem>('/v1/nothing');
    assert.deepEqual([missing.status, missing.body.code], [404, 'not-found']);
    const method = await fetch(`${world.origin}/v1/charges`, { method: 'DELETE' });
    assert.equal(method.status, 405);
    assert.equal(method.headers.get('allow'), 'GET, HEAD, POST');
    assert.equal(((await method.json()) as Problem).code, 'method-not-allowed');
    const malformed = await world.api.get<Problem>('/v1/charges/%zz');
    assert.ok(malformed.status === 404 || malformed.status === 400);
  });
});
