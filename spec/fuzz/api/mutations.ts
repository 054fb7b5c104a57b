import fc, { type Arbitrary } from 'fast-check';
import type { Draft, Pair } from './draft.ts';
import {
  bodyTexts,
  headerNames,
  headerValues,
  names,
  paths,
  queryNames,
  queryValues,
  values,
} from './odd-values.ts';

/** Mutates a draft in one respect, with a value that is already drawn. */
export type Mutation = (draft: Draft) => Draft;

/** All mutations of a request; one is chosen each time. */
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

/** Parses a draft's body, edits it and writes it again; a body that is not JSON is not changed. */
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
    // Too deep for the serializer of the fuzzing itself.
    return undefined;
  }
}

/** Changes one member, of the first item where the body is a list of items; undefined removes it. */
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
