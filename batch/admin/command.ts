import type { Deps } from '../../src/deps.ts';
import { isDate, isMonth } from '../../src/shared/calendar-date.rules.ts';
import { UsageError } from '../usage-error.ts';

/** An option of a command, as its help and its checks know it. */
export interface Option {
  readonly describe: string;
  /** Stands for the value in the help; an option without one is a switch. */
  readonly value?: string;
  readonly required?: boolean;
  /** Used when the option is not given; never together with `required`. */
  readonly default?: string;
  /** What the use case calls it, where that is not its name in camel case. */
  readonly field?: string;
}

/** One thing the command line can do. The table of these is the help, the parser and the checks. */
export interface Command {
  readonly noun: string;
  /** Empty where the noun alone says it. */
  readonly verb: string;
  readonly summary: string;
  /** Whether it changes something: then whoever types it says who they are, at least in production. */
  readonly changes: boolean;
  readonly options: Readonly<Record<string, Option>>;
  /** What it shows that not everybody should see; the log says so. */
  readonly reveals?: Revelation;
  /** The options of an example that works. */
  readonly example: string;
  run(deps: Deps, given: Given, context: CommandContext): Promise<Answer>;
}

/** Something secret or personal in an answer: what it is, and the option that names whose. */
export interface Revelation {
  readonly what: 'password' | 'api_key' | 'personal_data';
  readonly of: { readonly option: string; readonly kind: 'charge' | 'issued_id' | 'line' } | 'answer';
}

export interface CommandContext {
  /** Who acts, for the audit trail. */
  readonly actor: string;
}

/** What a command found or did: a table for people, the same as JSON for programs. */
export type Answer = {
  readonly notes?: readonly string[];
  /** Part of what was asked for was refused; the notes tell what. */
  readonly refusedPart?: boolean;
  /** Long lists beside an item, for programs alone. */
  readonly details?: Readonly<Record<string, readonly object[]>>;
} & ({ readonly list: readonly object[] } | { readonly item: object });

/** The options as they were given, or their defaults. */
export class Given {
  readonly #values: Readonly<Record<string, string | boolean | undefined>>;

  constructor(values: Readonly<Record<string, string | boolean | undefined>>) {
    this.#values = values;
  }

  /** A required option, or one with a default. */
  text(name: string): string {
    const value = this.optional(name);
    if (value === undefined) throw new UsageError(`--${name} is missing`);
    return value;
  }

  optional(name: string): string | undefined {
    const value = this.#values[name];
    return typeof value === 'string' ? value : undefined;
  }

  has(name: string): boolean {
    return this.#values[name] === true;
  }

  whole(name: string): number {
    return Number(this.amount(name));
  }

  /** Plain digits. */
  amount(name: string): bigint {
    const text = this.text(name);
    if (!/^\d{1,12}$/.test(text)) throw new UsageError(`--${name} must be a whole number, not ${text}`);
    return BigInt(text);
  }

  /** Plain digits, or `none`. */
  amountOrNone(name: string): bigint | null {
    return this.text(name) === 'none' ? null : this.amount(name);
  }

  date(name: string): string {
    const text = this.text(name);
    if (!isDate(text)) throw new UsageError(`--${name} must be a date, YYYY-MM-DD, not ${text}`);
    return text;
  }

  month(name: string): string {
    const text = this.text(name);
    if (!isMonth(text)) throw new UsageError(`--${name} must be a month, YYYY-MM, not ${text}`);
    return text;
  }

  /** One of some words. */
  word<T extends string>(name: string, words: readonly T[]): T {
    const text = this.text(name);
    const word = words.find((candidate) => candidate === text);
    if (word === undefined) throw new UsageError(`--${name} must be one of ${words.join(', ')}, not ${text}`);
    return word;
  }
}

export function nameOf({ noun, verb }: Pick<Command, 'noun' | 'verb'>): string {
  return `${noun} ${verb}`.trimEnd();
}
