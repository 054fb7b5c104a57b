import type { ErrorObject } from 'ajv/dist/2020.js';
import { formatCount } from './money.ts';
import type { FieldError } from './problem.ts';
import { readPublicId } from './public-id.rules.ts';
import type { Schema } from './schema-type.ts';
import { textFormats } from './text-formats.rules.ts';
import { rangesOf } from './value-ranges.rules.ts';

/** More broken fields than this have one common cause, and a longer list does not help to find it. */
const MAX_ERRORS = 20;

/**
 * Describes a failed check: one entry per broken field, in the order of the schema, at most 20. An entry states the
 * complete requirement of the field, so that several broken rules of one field read as one. Values are not repeated: they
 * may be personal.
 */
export function toFieldErrors(errors: readonly ErrorObject[]): FieldError[] {
  const alternatives = errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf');
  // Errors of each alternative do not help a caller who meant one of them.
  const shown = errors.filter(
    ({ schemaPath }) => !alternatives.some((whole) => schemaPath.startsWith(`${whole.schemaPath}/`)),
  );
  const byField = Map.groupBy(shown, pointerOf);
  return [...byField].slice(0, MAX_ERRORS).map(([pointer, fieldErrors]) => {
    const [first] = fieldErrors;
    return { pointer, message: first ? wordError(first) : 'is wrong' };
  });
}

function pointerOf({ instancePath, params }: ErrorObject): string {
  const { missingProperty, additionalProperty } = params as Record<string, unknown>;
  const member = missingProperty ?? additionalProperty;
  return typeof member === 'string' ? `${instancePath}/${escapePointer(member)}` : instancePath;
}

/** RFC 6901: `~` and `/` of a name are escaped. The name is from outside and of any length, so it is cut. */
function escapePointer(name: string): string {
  return name.slice(0, 64).replaceAll('~', '~0').replaceAll('/', '~1');
}

function wordError({ keyword, params, data, parentSchema }: ErrorObject): string {
  if (keyword === 'required') return 'is missing';
  if (keyword === 'additionalProperties') return 'is not a known field';
  if (keyword === 'uniqueItems') return 'must not contain the same item twice';
  const { format } = params as { format?: string };
  const fault = format === undefined ? undefined : textFormats[format]?.(String(data));
  if (fault !== undefined) return fault;
  const expected = `must be ${describeExpected(parentSchema ?? {})}`;
  return keyword === 'pattern' ? `${expected}${describeOtherId(data)}` : expected;
}

/** An identifier of ours that is of another kind is named: it is short and not personal. */
function describeOtherId(data: unknown): string {
  const named = typeof data === 'string' ? readPublicId(data) : undefined;
  return named === undefined ? '' : `; ${data as string} is that of a ${named.kind}`;
}

/** What a value must be: `a whole number from 1 to 9,999,999`. A schema may state it in `mustBe`. */
function describeExpected(schema: Schema): string {
  const { mustBe, enum: values, type } = schema;
  if (typeof mustBe === 'string') return mustBe;
  if (values) return `one of ${listValues(values)}`;
  const [first, second] = [type].flat();
  const expected = describeType(first, schema);
  return second === 'null' ? `${expected}, or null` : expected;
}

function describeType(type: unknown, schema: Schema): string {
  switch (type) {
    case 'integer':
      return describeInteger(schema);
    case 'string':
      return `a string${describeCount({ least: schema['minLength'], most: schema['maxLength'], unit: 'characters' })}`;
    case 'array':
      return `an array${describeCount({ least: schema['minItems'], most: schema['maxItems'], unit: 'items' })}`;
    case 'boolean':
      return 'true or false';
    case 'object':
      return 'an object';
    default:
      return 'in one of the forms that the reference describes';
  }
}

function describeInteger({ minimum, maximum }: Schema): string {
  const [least, most] = [minimum, maximum].map((bound) =>
    typeof bound === 'number' ? formatCount(bound) : undefined,
  );
  if (least !== undefined && most !== undefined) return `a whole number from ${least} to ${most}`;
  if (least !== undefined) return `a whole number, ${least} or more`;
  return most === undefined ? 'a whole number' : `a whole number, ${most} or less`;
}

function describeCount({ least, most, unit }: { least: unknown; most: unknown; unit: string }): string {
  if (typeof most === 'number') {
    const from = typeof least === 'number' && least > 0 ? `${formatCount(least)} to` : 'at most';
    return ` of ${from} ${formatCount(most)} ${unit}`;
  }
  return typeof least === 'number' ? ` of at least ${formatCount(least)} ${unit}` : '';
}

function listValues(values: readonly unknown[]): string {
  const numbers = values.filter((value) => typeof value === 'number');
  return (numbers.length === values.length ? rangesOf(numbers) : values).map(String).join(', ');
}
