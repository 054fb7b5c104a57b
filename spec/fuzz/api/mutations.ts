import fc, { type Arbitrary } from 'fast-check';
import type { Draft, Pair } from './draft.ts';

/** Spoils a draft in one respect; what it spoils it with is drawn already. */
export type Mutation = (draft: Draft) => Draft;

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

const values: Arbitrary<unknown> = fc.oneof(
  texts,
  numbers,
  fc.constantFrom(true, false, null, [], {}),
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(10, 1_000, 6_000, 20_000).map((depth) => nested(depth)),
);

/** So deep that whoever walks it by calling himself falls. */
function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

const names = fc.oneof(
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

/** Bodies that are not what a JSON writer makes. */
const bodyTexts = fc.oneof(
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

const headerValues = fc.oneof(
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
const headerNames = fc.constantFrom(
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

const paths = fc.constantFrom(
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

/** Every way in which a request is spoilt; one is chosen each time. */
export const mutations: Arbitrary<Mutation> = fc.oneof(
  { arbitrary: fc.tuple(fc.nat(), values).map(([nth, value]) => onMember(nth, () => value)), weight: 8 },
  { arbitrary: fc.nat().map((nth) => onMember(nth, () => undefined)), weight: 2 },
  { arbitrary: fc.nat().map((nth) => onMember(nth, otherType)), weight: 3 },
  { arbitrary: fc.tuple(names, values).map(([name, value]) => withMember(name, value)), weight: 3 },
  {
    arbitrary: bodyTexts.map((body): Mutation => (draft) => ({ ...draft, body })),
    weight: 4,
  },
  {
    arbitrary: fc.nat().map(
      (at): Mutation =>
        (draft) =>
          cutOff(draft, at),
    ),
    weight: 1,
  },
  {
    arbitrary: fc.constantFrom('latin1', 'utf16le').map((charset): Mutation => (draft) => ({
      ...draft,
      charset,
    })),
    weight: 1,
  },
  {
    arbitrary: fc.constantFrom('gzip', 'chunked').map((packing): Mutation => (draft) => ({
      ...draft,
      packing,
    })),
    weight: 2,
  },
  { arbitrary: fc.tuple(headerNames, headerValues).map((header) => replaceHeader(header)), weight: 5 },
  { arbitrary: fc.tuple(headerNames, headerValues).map((header) => addHeader(header)), weight: 2 },
  {
    arbitrary: headerNames.map(
      (name): Mutation =>
        (draft) =>
          withoutHeader(draft, name),
    ),
    weight: 2,
  },
  {
    arbitrary: fc
      .constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE')
      .map((method): Mutation => (draft) => ({ ...draft, method })),
    weight: 2,
  },
  {
    arbitrary: paths.map((path): Mutation => (draft) => ({ ...draft, path })),
    weight: 3,
  },
  {
    arbitrary: fc.tuple(queryNames(), queryValues()).map((pair): Mutation => (draft) => ({
      ...draft,
      query: [...draft.query, pair],
    })),
    weight: 4,
  },
);

function queryNames(): Arbitrary<string> {
  return fc.oneof(
    fc.constantFrom('limit', 'after', 'state', 'reference', 'limit[]', 'limit[a]', '__proto__'),
    names,
  );
}

function queryValues(): Arbitrary<string> {
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

/** Parses a draft's body, edits it and writes it again; a body that is no JSON stays. */
function onBody(draft: Draft, edit: (body: unknown) => unknown): Draft {
  if (draft.body === undefined) return draft;
  let parsed: unknown;
  try {
    parsed = JSON.parse(draft.body);
  } catch {
    return draft;
  }
  const body = writeJson(edit(parsed));
  return body === undefined ? draft : { ...draft, body };
}

function writeJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    // Too deep for the writer of the fuzzing itself.
    return undefined;
  }
}

/** Changes one member, of the first item where the body is a list of items; undefined takes it away. */
function onMember(nth: number, change: (value: unknown) => unknown): Mutation {
  return (draft) =>
    onBody(draft, (body) => {
      const target = firstItem(body) ?? body;
      if (typeof target !== 'object' || target === null) return change(target);
      const members = Object.keys(target);
      const name = members[nth % members.length];
      if (name === undefined) return body;
      const record = target as Record<string, unknown>;
      record[name] = change(record[name]);
      return body;
    });
}

function withMember(name: string, value: unknown): Mutation {
  return (draft) =>
    onBody(draft, (body) => {
      const target = firstItem(body) ?? body;
      if (typeof target !== 'object' || target === null) return value;
      Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
      return body;
    });
}

function firstItem(body: unknown): unknown {
  const lists = Object.values(body ?? {}).filter(Array.isArray) as unknown[][];
  return lists[0]?.[0];
}

function otherType(value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'string' ? [value] : null;
}

function cutOff(draft: Draft, at: number): Draft {
  return draft.body ? { ...draft, body: draft.body.slice(0, at % draft.body.length) } : draft;
}

function replaceHeader(header: Pair): Mutation {
  return (draft) => addHeader(header)(withoutHeader(draft, header[0]));
}

function addHeader(header: Pair): Mutation {
  return (draft) => ({ ...draft, headers: [...draft.headers, header] });
}

function withoutHeader(draft: Draft, name: string): Draft {
  return { ...draft, headers: draft.headers.filter(([given]) => given !== name) };
}
