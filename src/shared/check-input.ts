import { Problem, type FieldError } from './problem.ts';
import { readableText } from './readable-text.rules.ts';
import { compileSchema } from './schema-check.ts';
import type { Schema } from './schema-type.ts';

/** Schemas that the inputs of several use cases share. */
export const inputFields = {
  code: {
    type: 'string',
    pattern: '^[a-z][a-z0-9-]{1,31}$',
    mustBe: '2 to 32 lower-case letters, digits and hyphens, a letter first',
  },
  name: readableText(120),
  date: { type: 'string', format: 'business-date', mustBe: 'a date, YYYY-MM-DD' },
  optionalDate: { type: ['string', 'null'], format: 'business-date', mustBe: 'a date, YYYY-MM-DD' },
  bankCode: { type: 'string', format: 'bank-code' },
  branchCode: { type: 'string', format: 'branch-code' },
  accountNumber: { type: 'string', format: 'account-number' },
  bankName: { ...readableText(60), format: 'bank-name' },
  payeeName: { ...readableText(60), format: 'payee-name' },
  iban: { type: 'string', format: 'iban' },
  sepaName: { ...readableText(70), format: 'sepa-name' },
} as const;

/**
 * Compiles the check of an input: it accepts valid inputs and throws Problem `invalid-request` with every broken field
 * for the others. A nullable field may be missing; the caller checks fields that the schema does not name.
 */
export function compileInputCheck<T>(properties: { readonly [K in keyof T]?: Schema }): (input: T) => void {
  const members = properties as Readonly<Record<string, Schema>>;
  const required = Object.keys(members).filter((name) => !Array.isArray(members[name]?.type));
  const check = compileSchema({ type: 'object', properties: members, required });
  return (input) => {
    const outcome = check(input);
    if (!outcome.valid) throw invalidInput(outcome.errors);
  };
}

/** The refusal of an input: the detail names every broken field, for command lines and forms. */
export function invalidInput(errors: readonly FieldError[]): Problem {
  const detail = errors.map(({ pointer, message }) => `${pointer.slice(1)} ${message}`).join('; ');
  return new Problem('invalid-request', { detail: `${detail}.`, errors });
}
