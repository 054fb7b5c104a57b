import { Problem, type FieldError } from '../../src/shared/problem.ts';
import type { CommandShape } from './command.ts';
import { toCamelCase } from './options.ts';

/** What a use case calls a field → the option that was typed for it. */
type Typed = ReadonlyMap<string, string>;

/**
 * A refusal in the words of the command line, a line for each broken field: use cases name the fields of their input,
 * such as `perChargeMaxMinor`, and a person at a terminal knows `--per-charge-max` only.
 */
export function nameOptionsInErrors({ options }: Pick<CommandShape, 'options'>, refusal: Problem): Problem {
  const { code, facts, errors } = refusal;
  if (errors.length === 0) return refusal;
  const typed: Typed = new Map(
    Object.entries(options).map(([name, { field }]) => [field ?? toCamelCase(name), `--${name}`]),
  );
  const detail = errors.map((error) => `${describeError(error, typed)}.`).join('\n');
  return new Problem(code, { detail, facts, errors, cause: refusal });
}

function describeError({ pointer, message }: FieldError, typed: Typed): string {
  const [field = '', ...inside] = pointer.slice(1).split('/');
  return [describePlace(typed.get(field) ?? field, inside), describeMessage(message, typed)].join(' ');
}

/** A list is typed as one option; deeper fields are in a file that an option names. */
function describePlace(option: string, inside: readonly string[]): string {
  const [first = '', ...deeper] = inside;
  if (first === '') return option;
  const isEntry = /^\d+$/.test(first) && deeper.length === 0;
  return `${option}: ${isEntry ? `entry ${Number(first) + 1}` : inside.join('/')}`;
}

/** Only words in camel case: others, such as `name`, may be meant as words. */
function describeMessage(message: string, typed: Typed): string {
  return message.replaceAll(/\b[a-z]+(?:[A-Z][a-z]*)+\b/g, (word) => typed.get(word) ?? word);
}
