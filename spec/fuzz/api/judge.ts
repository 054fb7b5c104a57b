import type { ApiDocument, DocumentSchema, Operation } from './api-document.ts';
import { bodyOf, queryText, type Draft } from './draft.ts';
import type { WireAnswer } from './wire.ts';

/** What is wrong with the response to a request, in one sentence; undefined for a correct one. */
export function judge(
  api: ApiDocument,
  draft: Draft,
  answer: WireAnswer,
  apiKey: string,
): string | undefined {
  const operation = api.find(draft.method, draft.path);
  if (answer.status >= 500) return 'a failure of the service';
  if (isFromParser(answer)) return undefined;
  if (draft.method === 'HEAD') return undefined;
  if (!operation) return judgeElsewhere(api, draft, answer);
  const content = operation.answers.get(answer.status);
  if (!content) return `${operation.name} does not declare ${answer.status}`;
  const mediaType = answer.headers.get('content-type')?.split(';')[0] ?? '';
  const declared = content[mediaType];
  if (!declared) return `${operation.name} does not declare ${mediaType} with ${answer.status}`;
  // A file has nothing that the document describes.
  if (!mediaType.endsWith('json')) {
    const refused = findRefusal(api, operation, { draft, apiKey, schema: undefined });
    return refused && `taken, though ${refused}`;
  }
  const body: unknown = JSON.parse(answer.text);
  const fault = api.findFault(declared.schema, body) ?? judgeStatus(answer, body);
  if (fault !== undefined) return `the answer is not as declared: ${fault}`;
  if (answer.status >= 300) {
    const isAllowed = findRefusal(api, operation, { draft, apiKey, schema: operation.body }) === undefined;
    return isAllowed && isOfForm(body) && !isStatedInWords(body)
      ? 'refused for its form, though the document allows it'
      : undefined;
  }
  const refused = findRefusal(api, operation, { draft, apiKey, schema: wholeSchema(api, operation) });
  return refused === undefined ? judgeItems(api, operation, draft, body) : `taken, though ${refused}`;
}

/** Refusals of Node's HTTP parser, before our code runs: no body, and the connection ends. */
function isFromParser({ status, text, headers }: WireAnswer): boolean {
  return [400, 417, 431].includes(status) && text === '' && headers.get('content-type') === undefined;
}

const problemSchema: DocumentSchema = { $ref: '#/components/schemas/Problem' };

/** Addresses outside the document may be pages and files, but not API operations. */
function judgeElsewhere(api: ApiDocument, { path, method }: Draft, answer: WireAnswer): string | undefined {
  if (answer.status >= 400) {
    if (!answer.headers.get('content-type')?.startsWith('application/problem+json')) return undefined;
    return api.findFault(problemSchema, JSON.parse(answer.text));
  }
  if (answer.status >= 300 && answer.status < 400) return undefined;
  return /^\/+v\d/i.test(path) ? `${method} ${path} is answered, and is not in the document` : undefined;
}

function judgeStatus({ status }: WireAnswer, body: unknown): string | undefined {
  const told = (body as { status?: unknown }).status;
  return status < 400 || told === status ? undefined : `it tells the status ${String(told)}`;
}

const codesOfForm = new Set([
  'api-key-invalid',
  'api-key-scope-missing',
  'body-too-large',
  'idempotency-key-invalid',
  'idempotency-key-missing',
  'invalid-json',
  'invalid-request',
  'unsupported-media-type',
]);

/** Fields with a rule that the document states in words alone: of two fields together, or of what an address leads to. */
const STATED_IN_WORDS = new Set(['/through', '/created_before', '/url', '/event', '/since']);

function isStatedInWords(body: unknown): boolean {
  const { errors = [] } = body as { errors?: readonly { readonly pointer: string }[] };
  return errors.length > 0 && errors.every(({ pointer }) => STATED_IN_WORDS.has(pointer));
}

function isOfForm(body: unknown): boolean {
  return codesOfForm.has(String((body as { code?: unknown }).code));
}

interface Sent {
  readonly draft: Draft;
  readonly apiKey: string;
  readonly schema: DocumentSchema | undefined;
}

/** Why the document refuses a request; undefined if it allows it. */
function findRefusal(
  api: ApiDocument,
  operation: Operation,
  { draft, apiKey, schema }: Sent,
): string | undefined {
  const header = (name: string) => headerOf(draft, name);
  if (!new RegExp(`^Bearer +${apiKey}$`, 'i').test(header('Authorization') ?? ''))
    return 'the API key is not ours';
  for (const { name, schema, required } of operation.headers) {
    const value = header(name);
    if (value === undefined || value === '') {
      if (required) return `${name} is missing`;
    } else if (name === 'Idempotency-Key' ? !isKey(value) : api.findFault(schema, value))
      return `${name} is wrong`;
  }
  return findQueryRefusal(api, operation, draft) ?? findBodyRefusal(api, operation, { draft, schema });
}

/** A rule that the document states in words: 1 to 255 visible ASCII characters, bare or in double quotes. */
function isKey(value: string): boolean {
  const quoted = /^"((?:[^"\\]|\\["\\])*)"$/.exec(value)?.[1]?.replaceAll(/\\(.)/g, '$1');
  const key = quoted ?? (value.startsWith('"') ? '' : value);
  return /^[!-~]{1,255}$/.test(key);
}

/** Several headers of one name count as the server joins them. */
function headerOf({ headers }: Draft, name: string): string | undefined {
  const found = headers
    .filter(([given]) => given.toLowerCase() === name.toLowerCase())
    .map(([, value]) => value.trim());
  if (found.length === 0) return undefined;
  return name === 'Idempotency-Key' ? found.join(', ').trim() : found[0];
}

function findQueryRefusal(api: ApiDocument, operation: Operation, draft: Draft): string | undefined {
  const sent = queryText(draft.query);
  if (!isDecodable(sent)) return 'the query is not UTF-8, escaped with %';
  const query = [...new URLSearchParams(sent)];
  for (const [name, text] of query) {
    const parameter = operation.query.find((known) => known.name === name);
    if (!parameter) return `the query has ${name}`;
    if (query.filter(([other]) => other === name).length > 1) return `the query has ${name} twice`;
    const value = parameter.schema.type === 'integer' ? readInteger(text) : text;
    if (api.findFault(parameter.schema, value) !== undefined) return `the query's ${name} is wrong`;
  }
  const missing = operation.query.find(
    ({ name, required }) => required && !query.some(([given]) => given === name),
  );
  return missing && `the query lacks ${missing.name}`;
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function readInteger(text: string): unknown {
  return /^-?\d+$/.test(text) ? Number(text) : text;
}

function findBodyRefusal(
  api: ApiDocument,
  operation: Operation,
  { draft, schema }: Pick<Sent, 'draft' | 'schema'>,
): string | undefined {
  const bytes = bodyOf(draft);
  if (operation.method === 'GET') return undefined;
  const refusalOfNone = operation.isBodyRequired ? 'the body is missing' : undefined;
  // An empty body still has a type if it is compressed or chunked.
  if (bytes === undefined || (bytes.length === 0 && draft.packing === 'none')) return refusalOfNone;
  const type = headerOf(draft, 'Content-Type') ?? '';
  if (operation.fileType) {
    if (type.split(';')[0]?.trim().toLowerCase() !== operation.fileType) return 'the content type is another';
    if (draft.packing === 'gzip') return 'a file is sent without a content encoding';
  } else if (!isJsonType(type)) return 'the content type is not JSON';
  const encoding = headerOf(draft, 'Content-Encoding');
  if (encoding && encoding !== 'identity') return 'the content encoding is another';
  if (bytes.length === 0 || operation.fileType) return bytes.length === 0 ? refusalOfNone : undefined;
  const body = readJson(bytes);
  if (body === undefined) return 'the body is not JSON';
  return schema && api.findFault(schema, body) && 'the body does not match its schema';
}

/** For a list of items only the list itself: each item has its own outcome. */
function wholeSchema(api: ApiDocument, operation: Operation): DocumentSchema | undefined {
  if (!operation.body) return undefined;
  const schema = api.resolve(operation.body);
  if (operation.name !== 'createUsageCharges') return schema;
  const { items: _, ...charges } = schema.properties?.['charges'] ?? {};
  return (wholeBatch ??= { ...schema, properties: { charges } });
}
let wholeBatch: DocumentSchema | undefined;

function isJsonType(value: string): boolean {
  const [type = '', ...parameters] = value
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  return type === 'application/json' && (charset === undefined || /^charset="?utf-?8"?$/.test(charset));
}

/**
 * The rules for bodies that the document states in words: whole numbers as plain digits only, no member named twice. A byte order mark
 * may be ignored (RFC 8259 §8.1).
 */
function readJson(bytes: Uint8Array): unknown {
  let members = 0;
  function take(this: unknown, _name: string, value: unknown, { source }: { source?: string }): unknown {
    if (!Array.isArray(this)) members += 1;
    return typeof value === 'number' && !/^-?\d+$/.test(source ?? '') ? Number.NaN : value;
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const body: unknown = JSON.parse(text, take as () => unknown);
    const texts = text.match(/"(?:[^"\\]|\\.)*"(\s*:)?/g) ?? [];
    const named = texts.filter((found) => found.endsWith(':')).length;
    // The body itself counts as a member.
    return members === named + 1 ? body : undefined;
  } catch {
    return undefined;
  }
}

/** Each charged item is valid by the document, and the others have a reason. */
function judgeItems(api: ApiDocument, operation: Operation, draft: Draft, body: unknown): string | undefined {
  if (operation.name !== 'createUsageCharges') return undefined;
  const item = api.resolve(operation.body ?? {}).properties?.['charges']?.items ?? {};
  const sent = (readJson(bodyOf(draft) ?? Buffer.alloc(0)) as { charges: unknown[] }).charges;
  const { outcomes } = body as { outcomes: { index: number; charge?: object; problem?: { code: string } }[] };
  if (outcomes.length !== sent.length) return `${outcomes.length} outcomes for ${sent.length} items`;
  for (const { index, charge, problem } of outcomes) {
    if ((charge === undefined) === (problem === undefined))
      return `item ${index} has not exactly one outcome`;
    const isAllowed = api.findFault(item, sent[index]) === undefined;
    if (charge && !isAllowed) return `item ${index} was charged, though the document refuses it`;
    if (problem && isAllowed && codesOfForm.has(problem.code))
      return `item ${index} was refused for its form`;
  }
  return undefined;
}
