import { Problem, type FieldError } from '../../src/shared/problem.ts';
import type { Command } from './command.ts';

/** What a use case calls a field → the option that was typed for it. */
type Typed = ReadonlyMap<string, string>;

/**
 * A refusal in the words of whoever typed the command: use cases name the fields of their input, such as
 * `perChargeMaxMinor`, for all who call them, and a person at a terminal knows `--per-charge-max` only.
 */
export function nameOptionsInErrors({ options }: Pick<Command, 'options'>, refusal: Problem): Problem {
  const { code, facts, errors } = refusal;
  if (errors.length === 0) return refusal;
  const typed: Typed = new Map(
    Object.entries(options).map(([name, { field }]) => [field ?? toCamelCase(name), `--${name}`]),
  );
  const detail = `${errors.map((error) => wordFault(error, typed)).join('; ')}.`;
  return new Problem(code, { detail, facts, errors, cause: refusal });
}

function wordFault({ pointer, message }: FieldError, typed: Typed): string {
  const [field = '', ...inside] = pointer.slice(1).split('/');
  return [wordPlace(typed.get(field) ?? field, inside), wordMessage(message, typed)].join(' ');
}

/** A list is typed as one option, and the rest stands in a file that an option names. */
function wordPlace(option: string, inside: readonly string[]): string {
  const [first = '', ...deeper] = inside;
  if (first === '') return option;
  const isEntry = /^\d+$/.test(first) && deeper.length === 0;
  return `${option}: ${isEntry ? `entry ${Number(first) + 1}` : inside.join('/')}`;
}

/** Only words in camel case: others, such as `name`, may be meant as words. */
function wordMessage(message: string, typed: Typed): string {
  return message.replaceAll(/\b[a-z]+(?:[A-Z][a-z]*)+\b/g, (word) => typed.get(word) ?? word);
}

function toCamelCase(name: string): string {
  return name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
