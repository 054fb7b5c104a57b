import { apiFields } from '../../api/field-schemas.ts';
import type { ObjectSchema, Schema } from '../../shared/schema-type.ts';
import { formatCount } from '../../shared/money.ts';
import { rangesOf } from '../../shared/value-ranges.rules.ts';
import type { Translate } from '../messages/translate.ts';
import { inlineCode } from './inline-code.rules.ts';
import type { Describe } from './reference-texts.ts';

/** A field as a row of a table. */
export interface FieldRow {
  readonly name: string;
  readonly type: string;
  /** Link to the description of a named type. */
  readonly typeHref: string | undefined;
  /** May be omitted in a request, or is not present in every response. */
  readonly isOptional: boolean;
  /** HTML. */
  readonly limits: string;
  /** HTML. */
  readonly meaning: string;
}

/** The words of the reference in the language of the page: labels, and the descriptions of the operations. */
export interface ReferenceWords {
  readonly t: Translate;
  readonly describe: Describe;
}

const MONTH_PATTERN = '^\\d{4}-\\d{2}$';
/** More values than this are shown as ranges. */
const MAX_VALUES = 10;

/** The members of an object as rows, in their order. */
export function fieldRows(
  { properties, required = [] }: ObjectSchema,
  { t, describe }: ReferenceWords,
): FieldRow[] {
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    type: typeOf(schema, t),
    typeHref: hrefOf(schema),
    isOptional: !required.includes(name) || schema.default !== undefined,
    limits: inlineCode(limitsOf(schema, t).join(t('docs.limit.separator'))),
    meaning: inlineCode(describe(schema.description ?? '')),
  }));
}

/** Anchor of an object that has a name. */
export function objectAnchor(title: string): string {
  return `object-${title}`;
}

function typeOf(schema: Schema, t: Translate): string {
  const { type, enum: values, items, title } = schema;
  if (items) return t('docs.type.list', { type: typeOf(items, t) });
  if (title !== undefined) return title;
  if (values) {
    const listed = typeof values[0] === 'number' ? 'integer' : 'string';
    return values.includes(null) ? t('docs.type.or-null', { type: listed }) : listed;
  }
  const [first = '', second] = [type].flat();
  return second === undefined ? first : t('docs.type.or-null', { type: first });
}

function hrefOf({ items, title }: Schema): string | undefined {
  const named = items?.title ?? title;
  return named === undefined ? undefined : `#${objectAnchor(named)}`;
}

function limitsOf(schema: Schema, t: Translate): string[] {
  const limits = [
    valuesOf(schema),
    rangeOf(schema, { keywords: ['minimum', 'maximum'], unit: 'value' }, t),
    rangeOf(schema, { keywords: ['minLength', 'maxLength'], unit: 'characters' }, t),
    rangeOf(schema, { keywords: ['minItems', 'maxItems'], unit: 'items' }, t),
    formatOf(schema, t),
  ];
  const byDefault = schema.default;
  if (byDefault !== undefined) limits.push(t('docs.limit.default', { value: `\`${String(byDefault)}\`` }));
  return limits.filter((limit) => limit !== undefined);
}

function valuesOf({ enum: values }: Schema): string | undefined {
  if (!values) return undefined;
  const given = values.filter((value) => value !== null);
  const areNumbers = typeof given[0] === 'number';
  const shown = areNumbers && given.length > MAX_VALUES ? rangesOf(given.map(Number)) : given.map(String);
  return shown.map((value) => `\`${value}\``).join(', ');
}

interface Range {
  readonly keywords: readonly [string, string];
  readonly unit: 'value' | 'characters' | 'items';
}

function rangeOf(schema: Schema, { keywords, unit }: Range, t: Translate): string | undefined {
  const [least, most] = keywords.map((keyword) => schema[keyword]);
  if (most === undefined)
    return least === undefined ? undefined : t(`docs.limit.least-${unit}`, { least: figure(least) });
  if (least === undefined) return t(`docs.limit.most-${unit}`, { most: figure(most) });
  return t(`docs.limit.range-${unit}`, { least: figure(least), most: figure(most) });
}

function figure(value: unknown): string {
  return formatCount(Number(value));
}

function formatOf({ format, pattern }: Schema, t: Translate): string | undefined {
  if (format === 'uri') return t('docs.limit.uri');
  if (format === 'date-time') return '`YYYY-MM-DDThh:mm:ss.sssZ`';
  if (format === 'date') return '`YYYY-MM-DD`';
  if (typeof pattern !== 'string') return undefined;
  if (pattern === MONTH_PATTERN) return '`YYYY-MM`';
  const prefix = /^\^([a-z]+_)/.exec(pattern)?.[1];
  if (prefix !== undefined) return `\`${prefix}…\``;
  // The description has what other patterns require.
  return pattern === apiFields.code.pattern ? t('docs.limit.code') : undefined;
}
