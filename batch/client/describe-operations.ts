import { compile, type JSONSchema } from 'json-schema-to-typescript';
import type { OpenApiDocument } from '../../src/api/openapi/build-openapi.ts';
import type { Route } from '../../src/client/client.types.ts';

interface Described {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: JSONSchema;
}

type Content = Readonly<Record<string, { readonly schema: JSONSchema }>>;

/** One operation of the document, as the client needs it. */
interface OperationFacts {
  readonly name: string;
  readonly summary: string;
  readonly route: Route;
  readonly variables: readonly string[];
  readonly input: JSONSchema | 'file' | undefined;
  readonly output: JSONSchema | 'file' | undefined;
}

/**
 * The types and routes of every operation of an OpenAPI document, as the text of a TypeScript module with `Operations`, `routes`, and a
 * type for each schema of the document.
 */
export async function describeOperations(document: OpenApiDocument): Promise<string> {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => factsOf(path, method, described as Described)),
  );
  const schemas = { ...(document.components.schemas as Record<string, JSONSchema>) };
  for (const { name, input, output } of operations) {
    if (typeof input === 'object' && !input.$ref) schemas[`${capital(name)}Input`] = input;
    if (typeof output === 'object' && !output.$ref) schemas[`${capital(name)}Output`] = output;
  }
  const root = {
    $defs: schemas,
    title: 'Everything',
    type: 'object',
    properties: {},
    additionalProperties: false,
  };
  const text = JSON.stringify(root).replaceAll('#/components/schemas/', '#/$defs/');
  const types = await compile(JSON.parse(text) as JSONSchema, 'Everything', {
    additionalProperties: false,
    bannerComment: '',
    unreachableDefinitions: true,
  });
  return [tidy(types), writeOperations(operations), writeRoutes(operations)].join('\n');
}

function factsOf(path: string, method: string, described: Described): OperationFacts {
  const parameters = described.parameters ?? [];
  const query = parameters.filter((parameter) => parameter.in === 'query');
  const [sent] = Object.entries(described.requestBody?.content ?? {});
  const [status, answer] = Object.entries(described.responses).find(([code]) => code.startsWith('2')) ?? [];
  if (status === undefined) throw new Error(`${described.operationId} has no success`);
  const [returned] = Object.entries(answer?.content ?? {});
  const isRead = method === 'get';
  const isFileSent = sent !== undefined && sent[0] !== 'application/json';
  const isFile = returned !== undefined && returned[0] !== 'application/json';
  const input = isRead ? queryOf(query) : isFileSent ? 'file' : sent?.[1].schema;
  return {
    name: described.operationId,
    summary: described.summary,
    route: {
      method: method.toUpperCase() as Route['method'],
      path,
      hasInput: input !== undefined,
      isIdempotent: parameters.some(({ $ref }) => $ref?.endsWith('/IdempotencyKey')),
      ...(isFileSent ? { contentType: sent[0] } : {}),
      isFile,
    },
    variables: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!),
    input,
    output: isFile ? 'file' : returned?.[1].schema,
  };
}

function queryOf(query: readonly Parameter[]): JSONSchema | undefined {
  if (query.length === 0) return undefined;
  return {
    type: 'object',
    properties: Object.fromEntries(query.map(({ name, schema }) => [name, schema])),
    required: query.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  };
}

function writeOperations(operations: readonly OperationFacts[]): string {
  const members = operations.map(({ name, summary, variables, input, output }) => {
    const path = `readonly [${variables.map((variable) => `${variable}: string`).join(', ')}]`;
    const sent = input === 'file' ? 'Blob | ReadableStream | string' : typeOf(input, `${capital(name)}Input`);
    const returned = output === 'file' ? 'Response' : typeOf(output, `${capital(name)}Output`);
    return `  /** ${summary}. */\n  ${name}: { path: ${path}; input: ${sent}; output: ${returned} };`;
  });
  return `export interface Operations {\n${members.join('\n')}\n}\n`;
}

function writeRoutes(operations: readonly OperationFacts[]): string {
  const members = operations.map(({ name, route }) => `  ${name}: ${JSON.stringify(route)},`);
  return `export const routes: { readonly [K in keyof Operations]: Route } = {\n${members.join('\n')}\n};\n`;
}

function typeOf(schema: JSONSchema | undefined, own: string): string {
  if (schema === undefined) return 'undefined';
  return schema.$ref?.split('/').at(-1) ?? own;
}

const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** Without the root that holds the definitions together, and what is said of it. */
function tidy(types: string): string {
  return types
    .replace(/export interface Everything \{\}\n/, '')
    .replaceAll(
      /\n \*\n \* This interface was referenced by `Everything`'s JSON-Schema\n \* via the `definition` "\w+"\./g,
      '',
    )
    .replaceAll(
      /\/\*\*\n \* This \w+ was referenced by `Everything`'s JSON-Schema\n \* via the `definition` "\w+"\.\n \*\/\n/g,
      '',
    );
}
