import { type ValidateFunction, Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { toFieldErrors } from './field-errors.rules.ts';
import type { FieldError } from './problem.ts';
import type { FromSchema, ObjectSchema, Schema } from './schema-type.ts';
import { textFormats } from './text-formats.rules.ts';

// Verbose: an error includes the schema it broke, from which its message is made.
const ajv = formats.default(
  new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true, verbose: true }),
);
ajv.addKeyword({ keyword: 'mustBe', schemaType: 'string' });
for (const [name, faultOf] of Object.entries(textFormats)) {
  ajv.addFormat(name, (text: string) => faultOf(text) === undefined);
}

/** The result of a check: the typed value, or its broken fields, one entry each. */
export type SchemaOutcome<T> =
  | { readonly valid: true; readonly value: T }
  | { readonly valid: false; readonly errors: readonly FieldError[] };

export type SchemaCheck<T> = (value: unknown) => SchemaOutcome<T>;

/** Compiles a schema for JSON values: nothing is converted, the string `"1"` is not a number. */
export function compileSchema<const S extends Schema>(schema: S): SchemaCheck<FromSchema<S>> {
  const validate: ValidateFunction<FromSchema<S>> = ajv.compile<FromSchema<S>>(schema);
  return (value) =>
    validate(value) ? { valid: true, value } : { valid: false, errors: toFieldErrors(validate.errors ?? []) };
}

/**
 * Compiles a schema for values in text form, such as query parameters and settings: converts digits to declared integers
 * and fills in defaults.
 */
export function compileTextSchema<const S extends ObjectSchema>(schema: S): SchemaCheck<FromSchema<S>> {
  const check = compileSchema(schema);
  const members = Object.entries(schema.properties);
  const integers = members.flatMap(([name, { type }]) => (type === 'integer' ? [name] : []));
  const defaults = Object.fromEntries(
    members.flatMap(([name, member]) => (member.default === undefined ? [] : [[name, member.default]])),
  );
  return (given) => {
    const texts = given as Readonly<Record<string, unknown>>;
    return check({ ...defaults, ...texts, ...readIntegers(texts, integers) });
  };
}

/** Plain digits, few enough to be exact; other conversions accept ` 1`, `0x10` and, above every maximum, `Infinity`. */
const PLAIN_INTEGER = /^-?\d{1,15}$/;

function readIntegers(
  texts: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, number> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const text = texts[name];
      return typeof text === 'string' && PLAIN_INTEGER.test(text) ? [[name, Number(text)]] : [];
    }),
  );
}
