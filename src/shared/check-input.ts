import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { toBankCharacters, type BankField } from './bank-characters.rules.ts';
import { isDate } from './calendar.rules.ts';
import { Problem, type FieldError } from './problem.ts';
import { READABLE } from './readable-text.rules.ts';

/** Shapes with a name: what is wrong with a text, undefined when nothing is. */
const formats = {
  'business-date': (text) => (isDate(text) ? undefined : 'must be a date, YYYY-MM-DD'),
  'bank-code': digits(4, { butZero: true }),
  'branch-code': digits(3),
  'account-number': digits(7, { butZero: true }),
  'bank-name': (text) => bankFault(text, 'bank'),
  'payee-name': (text) => bankFault(text, 'payee'),
} as const satisfies Readonly<Record<string, (text: string) => string | undefined>>;

// The value is at hand for the message.
const ajv = new Ajv2020({ allErrors: true, verbose: true });
for (const [name, faultOf] of Object.entries(formats)) {
  ajv.addFormat(name, (text: string) => faultOf(text) === undefined);
}

const name = { type: 'string', pattern: READABLE, maxLength: 120 } as const;

/** Shapes that several inputs share. Names of banks and payees are what a bank file can carry (domain.md section 6). */
export const fields = {
  code: { type: 'string', pattern: '^[a-z][a-z0-9-]{1,31}$' },
  name,
  date: { type: 'string', format: 'business-date' },
  optionalDate: { type: ['string', 'null'], format: 'business-date' },
  bankCode: { type: 'string', format: 'bank-code' },
  branchCode: { type: 'string', format: 'branch-code' },
  accountNumber: { type: 'string', format: 'account-number' },
  bankName: { ...name, maxLength: 60, format: 'bank-name' },
  payeeName: { ...name, maxLength: 60, format: 'payee-name' },
} as const;

function digits(count: number, { butZero = false } = {}) {
  const shape = new RegExp(`^${butZero ? `(?!0{${count}})` : ''}[0-9]{${count}}$`);
  const message = `must be ${count} digits${butZero ? `, and not ${'0'.repeat(count)}` : ''}`;
  return (text: string): string | undefined => (shape.test(text) ? undefined : message);
}

function bankFault(text: string, field: BankField): string | undefined {
  const converted = toBankCharacters(text, field);
  return 'fault' in converted ? converted.fault : undefined;
}

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
    const errors = (validate.errors ?? []).map(describe);
    // Of each field the first fault, as a text that is empty breaks every rule.
    throw invalidInput(
      [...Map.groupBy(errors, ({ pointer }) => pointer).values()].flatMap(([first]) => first ?? []),
    );
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

function describe({ instancePath, data, message, params }: ErrorObject): FieldError {
  const { missingProperty, additionalProperty, allowedValues, format } = params as Record<string, unknown>;
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
  const faultOf = typeof format === 'string' ? formats[format as keyof typeof formats] : undefined;
  return { pointer: instancePath, message: faultOf?.(String(data)) ?? message ?? 'is wrong' };
}
