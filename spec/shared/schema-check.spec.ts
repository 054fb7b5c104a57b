import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { compileSchema, compileTextSchema } from '../../src/shared/schema-check.ts';
import type { Schema } from '../../src/shared/schema-type.ts';

/** The message about a value; undefined for a valid one. */
function messageOf(schema: Schema, value: unknown): string | undefined {
  const outcome = compileSchema(schema)(value);
  return outcome.valid ? undefined : outcome.errors.map(({ message }) => message).join(' | ');
}

describe('the message about a value', () => {
  const cases: [string, Schema, unknown, string | undefined][] = [
    ['a number in its range', { type: 'integer', minimum: 1, maximum: 5 }, 5, undefined],
    [
      'a number above',
      { type: 'integer', minimum: 1, maximum: 9_999 },
      10_000,
      'must be a whole number from 1 to 9,999',
    ],
    ['a number below', { type: 'integer', minimum: 10 }, 1, 'must be a whole number, 10 or more'],
    ['a number above all', { type: 'integer', maximum: 10 }, 11, 'must be a whole number, 10 or less'],
    ['a fraction', { type: 'integer' }, 1.5, 'must be a whole number'],
    ['no number', { type: 'integer' }, Number.NaN, 'must be a whole number'],
    [
      'a text too long',
      { type: 'string', minLength: 1, maxLength: 3 },
      'abcd',
      'must be a string of 1 to 3 characters',
    ],
    [
      'a text with a maximum',
      { type: 'string', maxLength: 3 },
      'abcd',
      'must be a string of at most 3 characters',
    ],
    ['a text too short', { type: 'string', minLength: 2 }, 'a', 'must be a string of at least 2 characters'],
    ['something else than a text', { type: ['string', 'null'] }, 1, 'must be a string, or null'],
    ['neither true nor false', { type: 'boolean' }, 'yes', 'must be true or false'],
    ['a word of no list', { enum: ['a', 'b'] }, 'c', 'must be one of a, b'],
    ['a number of no list', { enum: [1, 2, 3, 31] }, 4, 'must be one of 1–3, 31'],
    [
      'an empty list',
      { type: 'array', items: {}, minItems: 1, maxItems: 2 },
      [],
      'must be an array of 1 to 2 items',
    ],
    [
      'a list with a double',
      { type: 'array', items: {}, uniqueItems: true },
      [1, 1],
      'must not contain the same item twice',
    ],
    ['a list instead of an object', { type: 'object' }, [], 'must be an object'],
    [
      'a broken pattern with words',
      { type: 'string', pattern: '^a$', mustBe: 'the letter a' },
      'b',
      'must be the letter a',
    ],
    ['a date', { type: 'string', format: 'business-date' }, '2026-02-30', 'must be a date, YYYY-MM-DD'],
    [
      'none of two forms',
      { anyOf: [{ type: 'integer' }, { type: 'string' }] },
      true,
      'must be in one of the forms that the reference describes',
    ],
    [
      'several broken rules',
      { type: 'string', minLength: 2, pattern: '^a', mustBe: 'a and more' },
      '',
      'must be a and more',
    ],
  ];
  for (const [what, schema, value, message] of cases) {
    it(`${what}: ${message ?? 'nothing'}`, () => assert.equal(messageOf(schema, value), message));
  }

  it('points into what is nested', () => {
    const schema = {
      type: 'object',
      properties: { list: { type: 'array', items: { type: 'integer' } } },
    } as const;
    const outcome = compileSchema(schema)({ list: [1, 'x'] });
    assert.deepEqual(outcome.valid ? [] : outcome.errors, [
      { pointer: '/list/1', message: 'must be a whole number' },
    ]);
  });
});

describe('values that arrive as text', () => {
  const check = compileTextSchema({
    type: 'object',
    properties: { limit: { type: 'integer', minimum: 1, default: 20 }, name: { type: 'string' } },
    additionalProperties: false,
  });

  it('become integers where they are declared so, and defaults are filled in', () => {
    assert.deepEqual(check({ limit: '7', name: '7' }), { valid: true, value: { limit: 7, name: '7' } });
    assert.deepEqual(check({}), { valid: true, value: { limit: 20 } });
  });

  for (const limit of ['1.5', '0x10', ' 1', '', '1e1', '0', '9'.repeat(16)]) {
    it(`are not an integer when written ${JSON.stringify(limit)}`, () => assert.ok(!check({ limit }).valid));
  }

  it('stay as they were given', () => {
    const given = Object.freeze({ limit: '7' });
    check(given);
    assert.deepEqual(given, { limit: '7' });
  });
});

describe('the validator', () => {
  it('is imported in one place, so that all refusals are worded alike', () => {
    const root = join(import.meta.dirname, '..', '..');
    const files = globSync('{src,config,batch}/**/*.ts', { cwd: root });
    assert.ok(files.length > 300);
    const users = files.filter((file) =>
      /from 'ajv(?!-formats)/.test(readFileSync(join(root, file), 'utf8')),
    );
    assert.deepEqual(users.sort(), ['src/shared/field-errors.rules.ts', 'src/shared/schema-check.ts']);
  });
});
