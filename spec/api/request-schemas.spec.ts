import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { apiEndpoints } from '../../src/api-endpoints.ts';
import { usageChargeSchema } from '../../src/charges/usage-charge.schema.ts';
import { compileSchema, compileTextSchema } from '../../src/shared/schema-check.ts';
import type { FieldError } from '../../src/shared/problem.ts';
import type { ObjectSchema, Schema } from '../../src/shared/schema-type.ts';

/** What no message may have in it: a regular expression, or a word of the validator. */
const RAW = /must match|pattern|\^|\$|\\|NOT|schema|keyword|undefined|\[object/;

interface Case {
  readonly name: string;
  readonly schema: ObjectSchema;
  readonly example: Readonly<Record<string, unknown>>;
  readonly check: (value: unknown) => { valid: boolean; errors?: readonly FieldError[] };
}

const bodies = apiEndpoints.flatMap(({ name, body, exampleBody = {} }): Case[] =>
  body ? [{ name, schema: body, example: exampleBody as Case['example'], check: compileSchema(body) }] : [],
);
const queries = apiEndpoints.flatMap(({ name, query, exampleQuery = {} }): Case[] =>
  query ? [{ name, schema: query, example: exampleQuery, check: compileTextSchema(query) }] : [],
);
const item: Case = {
  name: 'an item of createUsageCharges',
  schema: usageChargeSchema,
  example: apiEndpoints.find(({ name }) => name === 'createUsageCharge')?.exampleBody as Case['example'],
  check: compileSchema(usageChargeSchema),
};

/** Values that break a schema, each in another way; of a query all are text, as they arrive. */
function badValues(schema: Schema, isText: boolean): unknown[] {
  const { type, enum: values, minLength, maxLength, pattern, minimum, maximum, minItems, maxItems } = schema;
  const texts = [
    ...(values ? ['of no list'] : []),
    ...(minLength === undefined ? [] : ['']),
    ...(typeof maxLength === 'number' ? ['x'.repeat(maxLength + 1)] : []),
    ...(pattern === undefined ? [] : ['\u0000', ' x ', '']),
    ...(typeof minimum === 'number' ? [String(minimum - 1)] : []),
    ...(typeof maximum === 'number' ? [String(maximum + 1)] : []),
    ...(type === 'integer' ? ['1.5', 'many'] : []),
  ];
  if (isText) return [...texts, ['twice', 'twice']];
  const numbers = texts.filter((text) => type === 'integer' && /^-?\d+$/.test(text)).map(Number);
  const lists = [
    ...(typeof minItems === 'number' ? [[]] : []),
    ...(typeof maxItems === 'number' ? [Array.from({ length: maxItems + 1 })] : []),
  ];
  const types = [type].flat();
  const others = [1.5, true, {}, null, types.includes('array') ? 'x' : []].filter(
    (value) => !(value === true && types.includes('boolean')) && !(value === null && types.includes('null')),
  );
  return [...(type === 'integer' || type === 'boolean' ? ['x'] : texts), ...numbers, ...lists, ...others];
}

describe('a request with one bad field', () => {
  for (const { name, schema, example, check } of [...bodies, ...queries, item]) {
    const isText = queries.some((query) => query.schema === schema);
    for (const [field, fieldSchema] of Object.entries(schema.properties)) {
      it(`${name}: one entry in words for ${field}`, () => {
        assert.ok(check(example).valid, 'the example is right');
        const values = badValues(fieldSchema, isText);
        assert.ok(values.length > 0);
        for (const value of values) {
          const shown = JSON.stringify(value)?.slice(0, 60);
          const { valid, errors = [] } = check({ ...example, [field]: value });
          assert.equal(valid, false, shown);
          assert.deepEqual(
            errors.map(({ pointer }) => pointer),
            [`/${field}`],
            shown,
          );
          assert.match(errors[0]?.message ?? '', /^must be [A-Za-z0-9]/, shown);
          assert.doesNotMatch(errors[0]?.message ?? '', RAW, shown);
        }
      });
    }
  }

  it('says of a field that is missing and of one that is unknown what it is', () => {
    const [{ example, check }] = bodies as [Case, ...Case[]];
    const { service: _left, ...rest } = example;
    assert.deepEqual(check({ ...rest, 'a/b~c': 1 }).errors, [
      { pointer: '/service', message: 'is missing' },
      { pointer: '/a~1b~0c', message: 'is not a known field' },
    ]);
  });

  it('says what a pattern allows in words, wherever a request has one', () => {
    for (const { name, schema } of [...bodies, ...queries, item]) {
      for (const [field, { pattern, mustBe }] of Object.entries(schema.properties)) {
        assert.ok(pattern === undefined || mustBe !== undefined, `${name}: ${field}`);
      }
    }
  });
});

describe('a request with many bad fields', () => {
  const [{ example, check }] = bodies as [Case, ...Case[]];

  it('has an entry for each, once', () => {
    const bad = Object.fromEntries(Object.keys(example).map((name) => [name, '']));
    const pointers = check(bad).errors?.map(({ pointer }) => pointer) ?? [];
    assert.deepEqual(
      pointers.sort(),
      Object.keys(example)
        .map((name) => `/${name}`)
        .sort(),
    );
  });

  it('has at most 20 entries', () => {
    const unknown = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`x${index}`, 1]));
    assert.equal(check({ ...example, ...unknown }).errors?.length, 20);
  });
});
