import fc, { type Arbitrary } from 'fast-check';

/** Values for mutations that parsers, checks and databases often mishandle. */
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '',
    ' ',
    '\0',
    'a\u0000b',
    '\u202egnp',
    '\ud800',
    '\u2028',
    '\ufffd',
    '\u3164',
    '\ue000',
    '🏴\u{e0041}',
    "' OR 1=1 -- ",
    '../../etc/passwd',
    '{{7*7}}',
  ),
  fc.constantFrom(121, 65, 33, 2_049, 70_000).map((length) => 'x'.repeat(length)),
  fc.webUrl(),
  fc.constantFrom(
    'javascript:alert(1)',
    'https://shop.example.evil.example/',
    'https://shop.example@evil.example/',
    'https://shop.example\\@evil.example',
    'https://[::1',
    'https://shop.example:99999/',
  ),
);

const numbers = fc.oneof(
  fc.constantFrom(
    0,
    -0,
    -1,
    1,
    0.5,
    10_000_000,
    9_999_999,
    2 ** 31,
    2 ** 32,
    2 ** 53,
    2 ** 63,
    2 ** 64,
    1e308,
    -1e308,
    1e-7,
  ),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

export const values: Arbitrary<unknown> = fc.oneof(
  texts,
  numbers,
  fc.constantFrom(true, false, null, [], {}),
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(10, 1_000, 6_000, 20_000).map((depth) => nested(depth)),
);

/** Deep enough to overflow the stack of a recursive reader. */
function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

export const names = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'id',
    'amount',
    'Amount',
    'company_id',
    'state',
    '',
    'a/b',
    'a~b',
  ),
  fc.string({ maxLength: 8 }),
);

/** Bodies that no JSON serializer produces. */
export const bodyTexts = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '{',
    '}',
    '[]',
    'null',
    '0',
    '"text"',
    'NaN',
    '{"a":1,}',
    "{'a':1}",
    '\ufeff{}',
    '{}{}',
    '//\n{}',
    '{"amount":1.0}',
    '{"amount":1e3}',
    '{"amount":-0}',
    '{"amount":9007199254740993}',
    '{"amount":1,"amount":2}',
    '{"charges":[1.5]}',
    '{"__proto__":{"admin":true}}',
    '{"constructor":{"prototype":{"admin":true}}}',
    '{"description":"\\ud800"}',
    'a=1&b=2',
    '<xml/>',
  ),
  fc.constantFrom(100, 7_000, 30_000).map((depth) => `${'['.repeat(depth)}1.5${']'.repeat(depth)}`),
  fc.constantFrom(100, 7_000).map((depth) => `${'{"a":'.repeat(depth)}1e1${'}'.repeat(depth)}`),
  fc
    .constantFrom(100, 7_000, 30_000)
    .map((depth) => `{"charges":[${'['.repeat(depth)}${']'.repeat(depth)}]}`),
  fc
    .constantFrom(65_000, 65_536, 65_537, 1_048_577)
    .map((bytes) => `{"description":"${'x'.repeat(bytes - 18)}"}`),
  fc.string({ unit: 'binary', maxLength: 50 }),
);

export const headerValues = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'Bearer',
    'Bearer ',
    'Basic dXNlcjpwYXNz',
    'Bearer tbn_',
    'bearer x',
    'Bearer a b',
    '"',
    '""',
    '"a',
    'a b',
    'a"b',
    '\u00e9',
    'x'.repeat(255),
    'x'.repeat(256),
    `"${'x'.repeat(255)}"`,
    'x'.repeat(15_000),
    'application/json; charset=utf-16',
    'application/json;charset=Shift_JIS',
    'application/JSON ; Charset="utf-8"',
    'application/problem+json',
    'application/vnd.api+json',
    'text/json',
    'text/plain',
    'multipart/form-data',
    'application/x-www-form-urlencoded',
    'json',
    ';',
    'a/b/c',
    'text/html',
    '*/*;q=0',
    'gzip',
    'br',
    'deflate',
    'identity',
    'chunked',
    '100-continue',
    'close',
    'ja;q=x,,;',
  ),
  fc.stringMatching(/^[ -~]{0,20}$/),
);
export const headerNames = fc.constantFrom(
  'Authorization',
  'Idempotency-Key',
  'Content-Type',
  'Content-Encoding',
  'Accept',
  'Accept-Language',
  'Accept-Encoding',
  'Cookie',
  'X-Request-Id',
  'X-Forwarded-For',
  'X-Forwarded-Proto',
  'X-HTTP-Method-Override',
  'Origin',
  'Referer',
  'Range',
  'If-None-Match',
  'Expect',
  'User-Agent',
);

export const paths = fc.constantFrom(
  '/',
  '//',
  '/v1',
  '/v1/',
  '/v1/charges/',
  '/V1/charges',
  '/v1//charges',
  '/v1/charges/%',
  '/v1/charges/%zz',
  '/v1/charges/%ff',
  '/v1/charges/%00',
  '/v1/charges/..%2f..',
  '/v1/charges/../charges',
  '/v1/charges/ch_',
  '/v1/charges/cs_01JV4P2X7B9CGDN4RE6KSWHTZM',
  '/v1/charges/x/y',
  '/v1/unknown',
  '/v1/charges;a=b',
  '/checkout/x/y',
  '/checkout/ch_01JV4Q8Z3M6T2RXK9WBD5HNCE7/q7Xw2mVJc0aTzR5nLk8sPd',
  '/openapi.json',
  '/health/live',
  '/health/ready',
  '/assets/x',
  '/problems/x',
  '/docs',
  '/favicon.ico',
  'http://elsewhere.example/v1/charges',
  `/v1/charges/${'x'.repeat(9_000)}`,
  '/v1/usage-charges/batch/',
  '/v1/charges/capture',
  '/v1/charges//capture',
);

export function queryNames(): Arbitrary<string> {
  return fc.oneof(
    fc.constantFrom('limit', 'after', 'state', 'reference', 'limit[]', 'limit[a]', '__proto__'),
    names,
  );
}

export function queryValues(): Arbitrary<string> {
  const odd = fc.constantFrom(
    '%',
    '%zz',
    '%ff%fe',
    '%00',
    '0',
    '101',
    '1.5',
    '1e1',
    ' 1',
    '+1',
    '-1',
    '0x10',
    'Infinity',
    'null',
  );
  return fc.oneof(
    odd,
    texts.map((text) => text.slice(0, 4_000)),
  );
}
