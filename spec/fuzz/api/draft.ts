import { Buffer } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import fc, { type Arbitrary } from 'fast-check';
import type { ApiDocument, Operation } from './api-document.ts';
import { valuesOf, type Vocabulary } from './schema-values.ts';
import type { WireRequest } from './wire.ts';

export type Pair = readonly [name: string, value: string];

/** A request in parts, which mutations can change. */
export interface Draft {
  readonly method: string;
  readonly path: string;
  readonly query: readonly Pair[];
  readonly headers: readonly Pair[];
  /** JSON text, mostly. */
  readonly body: string | undefined;
  /** How the text becomes bytes. */
  readonly charset: 'utf8' | 'latin1' | 'utf16le';
  readonly packing: 'none' | 'gzip' | 'chunked';
}

/** Valid requests of one operation, as a company of this world sends them. */
export function draftsOf(api: ApiDocument, operation: Operation, words: Vocabulary): Arbitrary<Draft> {
  const { fileType = 'application/json' } = operation;
  const files = operation.fileType && fc.constantFrom(...(words[`file of ${operation.name}`] ?? ['none']));
  const body = files ?? (operation.body && valuesOf(api, operation.body, words));
  const takesKey = operation.headers.some(({ name }) => name === 'Idempotency-Key');
  return fc
    .record({
      id: fc.constantFrom(...(words[`path of ${operation.name}`] ?? ['none'])),
      query: queries(api, operation, words),
      // An optional body is sometimes omitted, with its content type.
      body: body
        ? operation.isBodyRequired
          ? body
          : fc.option(body, { nil: undefined, freq: 2 })
        : fc.constant(undefined),
      key: fc.oneof({ arbitrary: fc.uuid(), weight: 20 }, { arbitrary: fc.constant('one-key'), weight: 1 }),
    })
    .map(({ id, query, body, key }) => ({
      method: operation.method,
      path: operation.path.replaceAll(/\{\w+\}/g, String(id)),
      query,
      headers: [
        ['Authorization', `Bearer ${String(words['api key']?.[0])}`],
        ...(body === undefined ? [] : [['Content-Type', fileType] as const]),
        ...(takesKey ? [['Idempotency-Key', key] as const] : []),
      ] satisfies Pair[],
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
      charset: 'utf8' as const,
      packing: 'none' as const,
    }));
}

function queries(api: ApiDocument, operation: Operation, words: Vocabulary): Arbitrary<Pair[]> {
  const members = operation.query.map(({ name, schema }) => [
    name,
    valuesOf(api, schema, words, name).map(String),
  ]);
  const requiredKeys = operation.query.filter(({ required }) => required).map(({ name }) => name);
  return fc
    .record(Object.fromEntries(members) as Record<string, Arbitrary<string>>, { requiredKeys })
    .map((query) => Object.entries(query));
}

/** The bytes of a draft's body before packing. */
export function bodyOf({ body, charset }: Draft): Buffer | undefined {
  return body === undefined ? undefined : Buffer.from(body, charset);
}

/** The query string after the question mark. */
export function queryText(query: readonly Pair[]): string {
  return query.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
}

/** Lone surrogates cannot be encoded; percent signs of broken escapes stay as they are. */
function encode(text: string): string {
  return text.startsWith('%') ? text : encodeURIComponent(text.toWellFormed());
}

/** The request of a draft. */
export function requestOf(draft: Draft): WireRequest {
  const { method, path, query, headers, packing } = draft;
  const bytes = bodyOf(draft);
  const isPacked = packing === 'gzip' && bytes !== undefined;
  return {
    method,
    target: query.length === 0 ? path : `${path}?${queryText(query)}`,
    headers: isPacked ? [...headers, ['Content-Encoding', 'gzip']] : headers,
    body: isPacked ? gzipSync(bytes) : bytes,
    ...(packing === 'chunked' ? { chunkBytes: 100 } : {}),
  };
}
