import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { isDate } from './calendar.rules.ts';
import { Problem, type FieldError } from './problem.ts';
import { READABLE } from './readable-text.rules.ts';

const ajv = new Ajv2020({ allErrors: true });
ajv.addFormat('business-date', isDate);

/** Shapes that several inputs share. */
export const fields = {
  code: { type: 'string', pattern: '^[a-z][a-z0-9-]{1,31}$' },
  name: { type: 'string', pattern: READABLE, maxLength: 120 },
  date: { type: 'string', format: 'business-date' },
  optionalDate: { type: ['string', 'null'], format: 'business-date' },
} as const;

/**
 * Compiles the check of an input: it passes the ones that match and throws Problem `invalid-request` with every
 * broken field for the others. A field that is not named in the schema is left to the caller.
 */
export function compileInputCheck<T>(properties: { readonly [K in keyof T]?: object }): (input: T) => void {
  const required = Object.entries<object | undefined>(properties).flatMap(([name, property]) =>
    isOptional(property) ? [] : [name],
  );
  const validate = ajv.compile({ type: 'object', properties, required });
  return (input) => {
    if (validate(input)) return;
    throw invalidInput((validate.errors ?? []).map(describe));
  };
}

/** The refusal of an input: the detail names every broken field, for a command line as for a form. */
export function invalidInput(errors: readonly FieldError[]): Problem {
  const detail = errors.map(({ pointer, message }) => `${pointer.slice(1)} ${message}`).join('; ');
  return new Problem('invalid-request', { detail: `${detail}.`, errors });
}

/** What may be null may be left out. */
function isOptional(property: object | undefined): boolean {
  return property !== undefined && 'type' in property && Array.isArray(property.type);
}

function describe({ instancePath, keyword, message, params }: ErrorObject): FieldError {
  const { missingProperty, additionalProperty, allowedValues } = params as Record<string, unknown>;
  if (typeof missingProperty === 'string') {
    return { pointer: `${instancePath}/${missingProperty}`, message: 'is missing' };
  }
  if (typeof additionalProperty === 'string') {
    return { pointer: `${instancePath}/${additionalProperty}`, message: 'is not known' };
  }
  if (Array.isArray(allowedValues)) {
    return { pointer: instancePath, message: `must be one of ${allowedValues.join(', ')}` };
  }
  if ((params as { pattern?: unknown }).pattern === READABLE) {
    const message = 'must be a text without a blank at either end, line breaks and marks that are not seen';
    return { pointer: instancePath, message };
  }
  if (keyword === 'format') return { pointer: instancePath, message: 'must be a date, YYYY-MM-DD' };
  return { pointer: instancePath, message: message ?? 'is wrong' };
}
