import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { READABLE } from '../../../src/shared/readable-text.rules.ts';

/** A schema of the document, of the keywords that it uses. */
export interface DocumentSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: DocumentSchema;
  readonly properties?: Readonly<Record<string, DocumentSchema>>;
  readonly required?: readonly string[];
  readonly default?: unknown;
}

interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: DocumentSchema;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: DocumentSchema }>>;
}

interface DocumentOperation {
  readonly operationId: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: Content & { readonly required: boolean };
  readonly responses: Readonly<Record<string, Content>>;
}

export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentOperation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** One operation, with what the document says of it. */
export interface Operation {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** With `{id}` for a part that varies. */
  readonly path: string;
  readonly query: readonly Parameter[];
  readonly headers: readonly Parameter[];
  readonly body: DocumentSchema | undefined;
  /** Media type of a body that is a file. */
  readonly fileType: string | undefined;
  readonly isBodyRequired: boolean;
  /** Status → media type → schema. */
  readonly answers: ReadonlyMap<number, Readonly<Record<string, { readonly schema: DocumentSchema }>>>;
}

/** Rules for texts that the document states in words, because no pattern expresses them in every language. */
function withReadableTexts(name: string, value: unknown): unknown {
  const isText = ['description', 'reference', 'note'].includes(name) && typeof value === 'object';
  if (isText) return { ...value, pattern: READABLE };
  // A parameter contains its name.
  const parameter = value as { name?: string; schema?: object } | null;
  return parameter?.name === 'reference'
    ? { ...parameter, schema: withReadableTexts(parameter.name, parameter.schema) }
    : value;
}

/** The document, indexed: all that the fuzzing knows of the API. */
export class ApiDocument {
  readonly operations: readonly Operation[];
  readonly #document: OpenApiDocument;
  readonly #ajv = formats.default(new Ajv2020({ strict: false }));
  readonly #compiled = new Map<DocumentSchema, ValidateFunction>();

  constructor(given: OpenApiDocument) {
    const document = JSON.parse(JSON.stringify(given), withReadableTexts) as OpenApiDocument;
    this.#document = document;
    this.#ajv.addSchema({ $id: 'document:', ...document });
    this.operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => this.#read(path, method, operation)),
    );
  }

  /** Resolves the reference of a schema. */
  resolve<T extends DocumentSchema>(schema: T): T {
    if (schema.$ref === undefined) return schema;
    const steps = schema.$ref.slice(2).split('/');
    const found = steps.reduce(
      (node, step) => (node as Record<string, unknown>)[step],
      this.#document as unknown,
    );
    return this.resolve(found as T);
  }

  /** Why a value does not match a schema; undefined if it matches. */
  findFault(schema: DocumentSchema, value: unknown): string | undefined {
    let validate = this.#compiled.get(schema);
    if (!validate) {
      const text = JSON.stringify(schema).replaceAll('"#/', '"document:#/');
      this.#compiled.set(schema, (validate = this.#ajv.compile(JSON.parse(text) as object)));
    }
    return validate(value) ? undefined : this.#ajv.errorsText(validate.errors);
  }

  /** The operation at an address; the path in its exact form, as the document writes it. */
  find(method: string, path: string): Operation | undefined {
    return this.operations.find((operation) => operation.method === method && matches(operation.path, path));
  }

  #read(path: string, method: string, operation: DocumentOperation): Operation {
    const parameters = operation.parameters.map((parameter) =>
      this.resolve(parameter as DocumentSchema & Parameter),
    );
    return {
      name: operation.operationId,
      method: method.toUpperCase() as Operation['method'],
      path,
      query: parameters.filter((parameter) => parameter.in === 'query'),
      headers: parameters.filter((parameter) => parameter.in === 'header'),
      body: operation.requestBody?.content?.['application/json']?.schema,
      fileType: Object.keys(operation.requestBody?.content ?? {}).find((type) => type !== 'application/json'),
      isBodyRequired: operation.requestBody?.required ?? false,
      answers: new Map(
        Object.entries(operation.responses).map(([status, { content }]) => [Number(status), content ?? {}]),
      ),
    };
  }
}

function matches(template: string, path: string): boolean {
  const [parts, given] = [template.split('/'), path.split('/')];
  return (
    parts.length === given.length && parts.every((part, at) => part === given[at] || isOpen(part, given[at]))
  );
}

function isOpen(part: string, given: string | undefined): boolean {
  return part.startsWith('{') && given !== undefined && given !== '';
}
