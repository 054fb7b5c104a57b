import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { apiEndpoints } from '../../../src/api-endpoints.ts';
import { createApiWorld, type ApiWorld } from '../../support/api-world.ts';

interface Operation {
  operationId: string;
  security: { apiKey: string[] }[];
  parameters: {
    $ref?: string;
    name?: string;
    in?: string;
    required?: boolean;
    schema?: object;
    example?: string;
  }[];
  requestBody?: { content: { 'application/json'?: { schema: object; example?: unknown } } };
  responses: Record<
    string,
    { description: string; content: Record<string, { schema: { $ref: string }; example?: unknown }> }
  >;
}
interface Document {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object>; parameters: object; securitySchemes: object };
}

describe('/openapi.json', () => {
  let world: ApiWorld;
  let document: Document;
  const ajv = formats.default(new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }));
  before(async () => {
    world = await createApiWorld();
    const { status, body } = await world.anonymous.get<Document>('/openapi.json');
    assert.equal(status, 200);
    document = body;
    ajv.addVocabulary(['openapi', 'info', 'servers', 'paths', 'components']);
    ajv.addSchema({ $id: 'document:', ...document });
  });
  after(() => world.close());

  const resolve = (schema: object) =>
    ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document:#/')));
  const operations = () =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    );

  it('has the members that OpenAPI 3.1 asks for, and every route', () => {
    assert.equal(document.openapi, '3.1.0');
    assert.ok(document.info.title && document.info.version);
    const described = operations().map(({ path, method }) => `${method} ${path}`);
    const routed = apiEndpoints.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
    assert.deepEqual(described.sort(), routed.sort());
    const names = operations().map(({ operation }) => operation.operationId);
    assert.equal(new Set(names).size, names.length);
  });

  it('refers only to what it has, in schemas that compile', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
      ([, path]) => path ?? '',
    );
    assert.ok(references.length > 0);
    for (const path of references) {
      const target = path
        .split('/')
        .reduce<unknown>((node, key) => (node as Record<string, unknown>)?.[key], document);
      assert.ok(target, path);
    }
    for (const schema of Object.values(document.components.schemas)) resolve(schema);
    for (const { operation } of operations()) {
      for (const { schema } of operation.parameters) if (schema) resolve(schema);
    }
  });

  it('shows requests that fit their schemas', () => {
    for (const { operation } of operations()) {
      const body = operation.requestBody?.content['application/json'];
      if (body?.example === undefined) continue;
      const validate = resolve(body.schema);
      assert.ok(validate(body.example), JSON.stringify(validate.errors));
    }
  });

  it('shows an answer of every operation, which fits its schema', () => {
    for (const { operation } of operations()) {
      const [, answer] = Object.entries(operation.responses).find(([status]) => status < '300') ?? [];
      if (answer?.content['application/pdf'] || answer?.content['text/csv']) continue;
      const { schema = {}, example } = answer?.content['application/json'] ?? {};
      assert.ok(example, operation.operationId);
      const validate = resolve(schema);
      assert.ok(validate(example), `${operation.operationId}: ${JSON.stringify(validate.errors)}`);
    }
  });

  it('shows the same identifiers in the address, the request and the answer', () => {
    for (const { operation } of operations()) {
      const [, answer] = Object.entries(operation.responses).find(([status]) => status < '300') ?? [];
      if (answer?.content['application/pdf'] || answer?.content['text/csv']) continue;
      const example = JSON.stringify(answer?.content['application/json']?.example);
      const inPath = operation.parameters.flatMap((parameter) =>
        parameter.in === 'path' ? [parameter.example] : [],
      );
      const inBody = JSON.stringify(operation.requestBody?.content['application/json']?.example ?? '');
      const sent = [...inPath, ...[...inBody.matchAll(/"consent":"(\w+)"/g)].slice(0, 1).map(([, id]) => id)];
      for (const id of sent) assert.ok(example.includes(`"${id}"`), `${operation.operationId}: ${id}`);
    }
  });

  it('names parameters of the path, the key of a POST, the scope and the refusals', () => {
    for (const { path, method, operation } of operations()) {
      const inPath = operation.parameters
        .filter((parameter) => parameter.in === 'path')
        .map(({ name }) => `{${name}}`);
      assert.deepEqual(inPath, path.match(/\{\w+\}/g) ?? []);
      const keyed = operation.parameters.some(
        ({ $ref }) => $ref === '#/components/parameters/IdempotencyKey',
      );
      assert.equal(keyed, method !== 'get');
      assert.equal(operation.security[0]?.apiKey.length, 1);
      for (const status of ['400', '401', '403', '429', '500', '503']) {
        const refusal = operation.responses[status]?.content['application/problem+json'];
        assert.equal(refusal?.schema.$ref, '#/components/schemas/Problem');
      }
    }
  });

  it('describes what the service answers', async () => {
    const validate = resolve({ $ref: '#/components/schemas/ChargeList' });
    await world.api.post('/v1/usage-charges', {
      consent: world.consent,
      amount: 1,
      tax_code: 'standard',
      description: 'x',
    });
    const list = await world.api.get('/v1/charges');
    assert.ok(validate(list.body), JSON.stringify(validate.errors));
    const refusal = await world.api.post('/v1/charges', {});
    const isProblem = resolve({ $ref: '#/components/schemas/Problem' });
    assert.ok(isProblem(refusal.body), JSON.stringify(isProblem.errors));
  });
});
