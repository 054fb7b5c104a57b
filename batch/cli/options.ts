import { parseClosingGroup, type ClosingGroup } from '../../src/shared/calendar.rules.ts';
import { isDate, isMonth } from '../../src/shared/calendar-date.rules.ts';
import {
  describeOtherKind,
  parsePublicId,
  publicId,
  type PublicKind,
} from '../../src/shared/public-id.rules.ts';

/** What kind of value an option takes: how the help writes it, and how it is read. */
export interface ValueType<T> {
  /** Shown for the value in the help. */
  readonly placeholder: string;
  /** @throws WrongValue */
  read(typed: string): T;
}

/** A value that its type refuses. The message follows the option's name: `must be a date, …`. */
export class WrongValue extends Error {
  override readonly name = 'WrongValue';
  /** The message has the value; else `, not VALUE` is added. */
  readonly isWhole: boolean;

  constructor(message: string, { isWhole = false } = {}) {
    super(message);
    this.isWhole = isWhole;
  }
}

/** An option of a command, as its help and the parser know it; `T` is what the command gets. */
export interface Option<T = unknown> {
  readonly describe: string;
  /** Left out for a switch. */
  readonly type?: ValueType<unknown>;
  readonly required?: boolean;
  /** Used when the option is not given, written as it would be typed; never together with `required`. */
  readonly default?: string;
  /** What the use case calls it, where that is not its name in camel case. */
  readonly field?: string;
  /** For the compiler alone. */
  readonly got?: T;
}

export type Options = Readonly<Record<string, Option>>;

/** The values of a command's options, under their names in camel case. */
export type ValuesOf<O extends Options> = {
  readonly [Name in keyof O & string as CamelCase<Name>]: O[Name] extends Option<infer T> ? T : never;
};

type CamelCase<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name;

export function toCamelCase(name: string): string {
  return name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

interface More {
  readonly field?: string;
}

/** An option that the command cannot do without. */
export function required<T>(type: ValueType<T>, describe: string, more: More = {}): Option<T> {
  return { describe, type, required: true, ...more };
}

export function optional<T>(type: ValueType<T>, describe: string, more: More = {}): Option<T | undefined> {
  return { describe, type, ...more };
}

/** An option with the value it has when it is not given, as it would be typed. */
export function withDefault<T>(
  type: ValueType<T>,
  typed: string,
  describe: string,
  more: More = {},
): Option<T> {
  return { describe, type, default: typed, ...more };
}

/** An option without a value: given or not. */
export function flag(describe: string): Option<boolean> {
  return { describe };
}

/** Any text, or `none`, which is read as null. */
export function textOrNone(placeholder: string): ValueType<string | null> {
  return { placeholder, read: (typed) => (typed === 'none' ? null : typed) };
}

/** Any text; a use case checks it. */
export function text(placeholder: string): ValueType<string> {
  return { placeholder, read: (typed) => typed };
}

export const date = textThat('YYYY-MM-DD', isDate, 'must be a date that exists, YYYY-MM-DD');
export const month = textThat('YYYY-MM', isMonth, 'must be a month, YYYY-MM');

function textThat(
  placeholder: string,
  holds: (typed: string) => boolean,
  message: string,
): ValueType<string> {
  return {
    placeholder,
    read(typed) {
      if (!holds(typed)) throw new WrongValue(message);
      return typed;
    },
  };
}

/** An amount in minor units of the currency, as plain digits. */
export const amount: ValueType<bigint> = {
  placeholder: 'AMOUNT',
  read(typed) {
    if (!/^\d{1,12}$/.test(typed)) throw new WrongValue('must be a whole amount in digits');
    return BigInt(typed);
  },
};

/** An amount, or `none`, which is read as null. */
export const amountOrNone: ValueType<bigint | null> = {
  placeholder: 'AMOUNT',
  read(typed) {
    if (typed === 'none') return null;
    if (!/^\d{1,12}$/.test(typed)) throw new WrongValue('must be a whole amount in digits, or none');
    return BigInt(typed);
  },
};

/** A whole number, both bounds included. */
export function wholeNumber(
  placeholder: string,
  { from, to }: { readonly from: number; readonly to: number },
): ValueType<number> {
  return {
    placeholder,
    read(typed) {
      const value = /^\d{1,12}$/.test(typed) ? Number(typed) : Number.NaN;
      if (value >= from && value <= to) return value;
      throw new WrongValue(`must be a whole number from ${from} to ${to}`);
    },
  };
}

/** One of some words. */
export function oneOf<const T extends string>(placeholder: string, words: readonly T[]): ValueType<T> {
  return {
    placeholder,
    read(typed) {
      const word = words.find((candidate) => candidate === typed);
      if (word === undefined) throw new WrongValue(`must be one of ${words.join(', ')}`);
      return word;
    },
  };
}

export const closingGroup: ValueType<ClosingGroup> = {
  placeholder: 'GROUP',
  read(typed) {
    const group = parseClosingGroup(typed);
    if (group === undefined) throw new WrongValue('must be one of 5, 10, 15, 20, 25, end');
    return group;
  },
};

/** Reads a public identifier, with its prefix or without, as the stored one. */
export function publicIdOf(kind: PublicKind): ValueType<string> {
  const prefix = publicId(kind, '');
  return {
    placeholder: `${prefix}…`,
    read(typed) {
      const id = parsePublicId(kind, typed);
      if (id !== undefined) return id;
      const otherKind = describeOtherKind(kind, typed);
      throw otherKind === undefined
        ? new WrongValue(`must be ${prefix} and 26 characters`)
        : new WrongValue(otherKind, { isWhole: true });
    },
  };
}
