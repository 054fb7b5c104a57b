import { type ErrorObject, type ValidateFunction, Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { FieldError } from './problem.ts';
import type { FromSchema, ObjectSchema, Schema } from './schema-type.ts';

/** More would only fill the answer: who sends a thousand faults has one. */
const MAX_ERRORS = 20;

const options = { strict: true, allErrors: true, allowUnionTypes: true } as const;
const bodies = formats.default(new Ajv2020(options));
const queries = formats.default(new Ajv2020({ ...options, useDefaults: true }));

/** What a check says: the value with its type, or the broken rules. */
export type SchemaOutcome<T> =
  | { readonly valid: true; readonly value: T }
  | { readonly valid: false; readonly errors: readonly FieldError[] };

export type SchemaCheck<T> = (value: unknown) => SchemaOutcome<T>;

/** Compiles a schema for JSON values: nothing is converted, a text `"1"` is not a number. */
export function compileSchema<const S extends Schema>(schema: S): SchemaCheck<FromSchema<S>> {
  return checkWith(bodies.compile<FromSchema<S>>(schema));
}

/** Compiles a schema for query parameters: digits become declared integers, and defaults are filled in. */
export function compileQuerySchema<const S extends ObjectSchema>(schema: S): SchemaCheck<FromSchema<S>> {
  const check = checkWith(queries.compile<FromSchema<S>>(schema));
  const integers = Object.entries(schema.properties).flatMap(([name, { type }]) =>
    type === 'integer' ? [name] : [],
  );
  return (query) => check(withIntegers(query as Readonly<Record<string, unknown>>, integers));
}

/** Plain digits, few enough to be exact; Ajv's own conversion takes ` 1`, `0x10` and, past every maximum, `Infinity`. */
const PLAIN_INTEGER = /^-?\d{1,15}$/;

function withIntegers(
  query: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, unknown> {
  const read = { ...query };
  for (const name of names) {
    const text = query[name];
    if (typeof text === 'string' && PLAIN_INTEGER.test(text)) read[name] = Number(text);
  }
  return read;
}

function checkWith<T>(validate: ValidateFunction<T>): SchemaCheck<T> {
  return (value) => {
    if (validate(value)) return { valid: true, value };
    return { valid: false, errors: (validate.errors ?? []).slice(0, MAX_ERRORS).map(describe) };
  };
}

function describe({ instancePath, keyword, message, params }: ErrorObject): FieldError {
  const { additionalProperty, missingProperty, allowedValues } = params as Record<string, unknown>;
  if (typeof additionalProperty === 'string') {
    return {
      pointer: `${instancePath}/${escapePointer(additionalProperty)}`,
      message: 'is not a known field',
    };
  }
  if (typeof missingProperty === 'string') {
    return { pointer: `${instancePath}/${escapePointer(missingProperty)}`, message: 'is required' };
  }
  if (Array.isArray(allowedValues)) {
    return { pointer: instancePath, message: `must be one of ${allowedValues.join(', ')}` };
  }
  // The pattern itself tells a reader little, and the value may be personal.
  if (keyword === 'pattern')
    return { pointer: instancePath, message: 'has characters or a form not allowed here' };
  return { pointer: instancePath, message: message ?? 'is wrong' };
}

/** RFC 6901: `~` and `/` of a name are escaped. A name of any length came from outside, so it is cut. */
function escapePointer(name: string): string {
  return name.slice(0, 64).replaceAll('~', '~0').replaceAll('/', '~1');
}
