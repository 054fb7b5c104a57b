import type { StaffActor } from '../../src/access/actor.ts';
import type { Deps } from '../../src/deps.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Options, ValuesOf } from './options.ts';

/** What a command is called, takes and changes: enough for its help and for reading a command line. */
export interface CommandShape {
  /** One or two words, `company create`; empty for a program that does one thing. */
  readonly name: string;
  readonly summary: string;
  /** Whether it changes something: then `--as` names who types it, at least in production. */
  readonly changes: boolean;
  readonly options: Options;
  /** Checks the values of the options together. @throws UsageError */
  check?(options: unknown): void;
  /** The options of an example that works as it is printed. */
  readonly example: string;
  /** Prints while it runs, so it has no `--json`. */
  readonly printsItself?: boolean;
}

/** One thing that a command line on the database does. */
export interface Command extends CommandShape {
  /** Secret or personal data in its result; showing it is logged as a security event. */
  readonly reveals?: Revelation;
  run(deps: Deps, options: unknown, context: CommandContext): Promise<CommandResult>;
}

/** A program and its commands. Help, parser and checks read this table. */
export interface Program<C extends CommandShape = CommandShape> {
  /** How it is called: `npm run admin --`. */
  readonly call: string;
  /** What follows the call, for the first line of the help. */
  readonly usage: string;
  /** Lines above the table of commands. */
  readonly about?: readonly string[];
  /** What its commands are called: `job`. */
  readonly noun: string;
  readonly commands: readonly C[];
  /** Lines below the table of commands; the exit codes. */
  readonly notes: readonly string[];
}

/** Something secret or personal in a result: what it is, and the option that names whose. */
export interface Revelation {
  readonly what: 'password' | 'api_key' | 'personal_data';
  readonly of:
    | { readonly option: string; readonly kind: 'case' | 'charge' | 'issued_id' | 'line' }
    | 'result';
}

export interface CommandContext {
  /** Who acts; a command that only reads needs no name. */
  readonly actor: StaffActor;
}

interface ResultNotes {
  /** Sentences below the table, for people alone. */
  readonly notes?: readonly string[];
  /** Other than 0 if part of the request was refused; the notes name that part. */
  readonly exitCode?: ExitCode;
}

export interface ListResult extends ResultNotes {
  readonly list: readonly object[];
  /** What the table has in place of the list, row by row: fewer columns, or prose. */
  readonly shown?: readonly object[];
  /** Printed for an empty list: what there is none of, and what to do next. */
  readonly none: string;
}

export interface ItemResult extends ResultNotes {
  readonly item: object;
  /** What the table has in place of the item. */
  readonly shown?: object;
  /** Long lists beside the item, for programs alone. */
  readonly details?: Readonly<Record<string, readonly object[]>>;
}

/** Everything is printed already. */
export interface PrintedResult {
  readonly exitCode: ExitCode;
}

/** What a command found or did, as data: a table for people, JSON for programs. */
export type CommandResult = ListResult | ItemResult | PrintedResult;

/** A command whose `run` gets its options with their types. */
type Definition<O extends Options> = Omit<Command, 'options' | 'run'> & {
  readonly options: O;
  run(deps: Deps, options: ValuesOf<O>, context: CommandContext): Promise<CommandResult>;
};

/** @example defineCommand({ name: 'line show', options: { line: required(text('LINE'), 'line ID') }, run: (deps, { line }) => … }) */
export function defineCommand<const O extends Options>(definition: Definition<O>): Command {
  return definition;
}
